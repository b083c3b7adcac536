#!/usr/bin/env python3
"""Measures the packaged app: the time from JVM start to the first answer of `alerts`, in the stand-in for Azure's worker
that PackagedAppIT has and in the local host, and the heap after a hundred incidents. Needs `./mvnw -DskipTests package`,
Linux, and a JDK 17 on the path. Run it from the checkout.

    python3 src/test/tools/benchmark-host.py [CASE_DIR]
    python3 src/test/tools/benchmark-host.py --pairs RUNS OTHER_CHECKOUT   only the stand-in, of both checkouts in turn
"""
import json, os, re, statistics, subprocess, sys, tempfile, time, urllib.request

APP = "target/azure-functions/triage502"
CP = f"{APP}/triage502.jar:{APP}/lib/*:target/cli-lib/*"
CASE = "src/test/resources/cases/two-web-vms-patch-night"
KEY = "benchmark-key-0000000000000000"


def start(arguments, environment, one_core=False):
    command = (["taskset", "-c", "0"] if one_core else []) + [
        "java", "-XX:TieredStopAtLevel=1", "-cp", CP, "dev.triage502.cli.Main"] + arguments
    return subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def alert(gateway, fired, number):
    return json.dumps({"schemaId": "azureMonitorCommonAlertSchema", "data": {
        "essentials": {"alertId": f"/subscriptions/s/providers/Microsoft.AlertsManagement/alerts/{number}",
                       "alertRule": "r", "severity": "Sev1", "signalType": "Metric", "monitorCondition": "Fired",
                       "monitoringService": "Platform", "alertTargetIDs": [gateway], "firedDateTime": fired},
        "alertContext": {"conditionType": "SingleResourceMultipleMetricCriteria", "condition": {"allOf": []}}}}).encode()


def post(port, body):
    request = urllib.request.Request(f"http://127.0.0.1:{port}/api/alerts", body,
                                     {"Content-Type": "application/json", "x-functions-key": KEY})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.status


def first_answer(port, gateway, azure):
    with tempfile.TemporaryDirectory() as store:
        began = time.monotonic()
        host = start(["serve", "--port", str(port)],
                     {"TRIAGE502_STORE": store, "TRIAGE502_HOST_KEY": KEY, "TRIAGE502_AZURE_ENDPOINT": azure}, True)
        try:
            while True:
                try:
                    assert post(port, alert(gateway, "2024-03-12T04:20:00Z", 1)) == 202
                    return time.monotonic() - began
                except OSError:
                    time.sleep(0.005)
        finally:
            host.kill()
            host.wait()


def first_answer_in_worker(checkout, gateway, azure):
    """Seconds until all functions are loaded and `alerts` has answered, on one core: by the clock, and of processor time."""
    core = next(os.path.join("target/cli-lib", name) for name in os.listdir("target/cli-lib"))
    with tempfile.TemporaryDirectory() as store:
        body = os.path.join(store, "alert.json")
        with open(body, "wb") as file:
            file.write(alert(gateway, "2024-03-12T04:20:00Z", 1))
        began = time.monotonic()
        worker = subprocess.Popen(
            ["taskset", "-c", "0", "java", "-XX:TieredStopAtLevel=1", "-cp", "target/test-classes",
             "dev.triage502.packaged.Worker", f"{checkout}/{APP}", core, "1", f"{store}/store", body, gateway],
            env={**os.environ, "TRIAGE502_AZURE_ENDPOINT": azure, "TRIAGE502_STORE": f"{store}/store",
                 "TRIAGE502_DIRECT_PROBES": "off"},
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            for line in worker.stdout:
                if line.startswith("alerts 202"):
                    with open(f"/proc/{worker.pid}/stat") as stat:
                        ticks = sum(int(each) for each in stat.read().rpartition(")")[2].split()[11:13])
                    return time.monotonic() - began, ticks / os.sysconf("SC_CLK_TCK")
            raise RuntimeError("the worker ended without an answer of alerts")
        finally:
            worker.kill()
            worker.wait()


def spread(times):
    return f"median {statistics.median(times):.2f}, {min(times):.2f} to {max(times):.2f}, {len(times)} runs"


def tell(checkout, runs):
    print(f"stand-in for the worker, one core, {checkout}: s {spread([each[0] for each in runs])};",
          f"processor s {spread([each[1] for each in runs])}")


def pairs(runs, other, gateway, azure):
    times = {other: [], ".": []}
    for n in range(runs + 1):
        for checkout, all_times in times.items():
            took = first_answer_in_worker(checkout, gateway, azure)
            if n > 0:
                all_times.append(took)
    for checkout, all_times in times.items():
        tell(checkout, all_times)


def kept(store):
    """How many incidents have a diagnosis in the store's folder: documents with a root cause, each incident once."""
    found = set()
    for root, _, files in os.walk(store):
        for name in files:
            try:
                with open(os.path.join(root, name), encoding="utf-8") as file:
                    text = file.read()
            except (OSError, UnicodeDecodeError):
                continue
            if '"rootCause"' in text:
                found.update(re.findall(r'"incident":"([^"]+)"', text)[:1])
    return len(found)


def heap(port, gateway, azure):
    with tempfile.TemporaryDirectory() as store:
        host = start(["serve", "--port", str(port)],
                     {"TRIAGE502_STORE": store, "TRIAGE502_HOST_KEY": KEY, "TRIAGE502_AZURE_ENDPOINT": azure})
        try:
            sent = 0
            while sent < 100:
                try:
                    post(port, alert(gateway, f"20{10 + sent // 10}-0{1 + sent % 9}-{10 + sent % 10}T04:20:00Z", sent))
                    sent += 1
                except OSError:
                    time.sleep(0.05)
            until = time.monotonic() + 240
            done = 0
            while done < 100 and time.monotonic() < until:
                time.sleep(1)
                done = kept(store)
            subprocess.run(["jcmd", str(host.pid), "GC.run"], capture_output=True)
            info = subprocess.run(["jcmd", str(host.pid), "GC.heap_info"], capture_output=True, text=True).stdout
            return done, info
        finally:
            host.kill()
            host.wait()


def main():
    compare = sys.argv[1:2] == ["--pairs"]
    case = sys.argv[1] if len(sys.argv) > 1 and not compare else CASE
    gateway = json.load(open(f"{case}/gateway.json"))["id"]
    pretend = start(["pretend-azure", "--case", case, "--port", "18502"], {})
    time.sleep(3)
    try:
        azure = "http://127.0.0.1:18502"
        if compare:
            pairs(int(sys.argv[2]), sys.argv[3], gateway, azure)
            return
        tell("here", [first_answer_in_worker(".", gateway, azure) for _ in range(7)])
        times = [first_answer(18600 + n, gateway, azure) for n in range(7)]
        print("JVM start to the first answer of alerts, one core, s:",
              " ".join(f"{t:.2f}" for t in times), "median", f"{statistics.median(times):.2f}")
        done, info = heap(18700, gateway, azure)
        print("diagnoses kept:", done)
        print(info)
    finally:
        pretend.kill()


main()

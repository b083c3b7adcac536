#!/usr/bin/env python3
"""Measures the packaged app in the local host: the time from JVM start to the first answer of `alerts`, and the heap
after a hundred incidents. Needs `./mvnw -DskipTests package`, Linux, and a JDK 17 on the path. Run it from the checkout.

    python3 src/test/tools/benchmark-host.py [CASE_DIR]
"""
import json, os, re, statistics, subprocess, sys, tempfile, time, urllib.request

APP = "target/azure-functions/triage502"
CP = f"{APP}/triage502.jar:{APP}/lib/*:target/cli-lib/*"
CASE = sys.argv[1] if len(sys.argv) > 1 else "src/test/resources/cases/two-web-vms-patch-night"
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
    gateway = json.load(open(f"{CASE}/gateway.json"))["id"]
    pretend = start(["pretend-azure", "--case", CASE, "--port", "18502"], {})
    time.sleep(3)
    try:
        azure = "http://127.0.0.1:18502"
        times = [first_answer(18600 + n, gateway, azure) for n in range(7)]
        print("JVM start to the first answer of alerts, one core, s:",
              " ".join(f"{t:.2f}" for t in times), "median", f"{statistics.median(times):.2f}")
        done, info = heap(18700, gateway, azure)
        print("diagnoses kept:", done)
        print(info)
    finally:
        pretend.kill()


main()

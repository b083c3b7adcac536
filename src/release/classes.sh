#!/usr/bin/env bash
# Writes the list of classes for an archive that makes a start quicker: those that a demo, a sign-in, a connection over TLS and the
# diagnoses of some cases use.
#   classes.sh JAVA CLASSPATH LIST [JDK]
#   then: JAVA -Xshare:dump -XX:SharedClassListFile=LIST -XX:SharedArchiveFile=… -cp CLASSPATH
# JDK is the folder of one; with it the classes of TLS are in the list too.
# The JVM leaves some classes out of an archive, such as those of a signed jar, and crashes over a lambda that needs one of them
# (17.0.15, adjust_lambda_proxy_class_dictionary). So a first archive without lambdas shows which it leaves out.
set -euo pipefail
java=$1 classpath=$2 list=$3 jdk=${4:-}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gateway=/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw

# Runs the program and keeps which classes it loaded. What it says, and whether it can do it, does not matter here.
loaded() {
  local name=$1
  shift
  "$java" -XX:TieredStopAtLevel=1 -XX:DumpLoadedClassList="$work/$name.loaded" -cp "$classpath" dev.triage502.cli.Main "$@" \
    </dev/null >/dev/null 2>&1 || true
}

# A sign-in: an az that gives no token.
sign_in() {
  mkdir "$work/bin"
  printf '#!/bin/sh\nexit 1\n' >"$work/bin/az"
  chmod +x "$work/bin/az"
  PATH=$work/bin:$PATH loaded sign-in diagnose --gateway "$gateway"
}

# A connection: a server of its own with a certificate that nobody else trusts.
tls() {
  local port
  "$jdk/bin/keytool" -genkeypair -alias tls -keyalg EC -dname CN=localhost -ext san=dns:localhost,ip:127.0.0.1 \
    -storetype PKCS12 -keystore "$work/keys" -storepass of-no-use >/dev/null 2>&1 || return 0
  "$jdk/bin/keytool" -exportcert -rfc -alias tls -keystore "$work/keys" -storepass of-no-use >"$work/authority.pem" 2>/dev/null
  coproc server { exec "$jdk/bin/java" "$here/TlsServer.java" "$work/keys" of-no-use 2>/dev/null; }
  if read -r port <&"${server[0]}"; then
    TRIAGE502_AZURE_ENDPOINT=https://localhost:$port TRIAGE502_CA_FILE=$work/authority.pem \
      loaded tls diagnose --gateway "$gateway"
    kill "$server_PID" 2>/dev/null || true
  fi
}

loaded demo demo
loaded cases evaluate "$here"/../test/resources/cases/[a-c]*
sign_in
[ -z "$jdk" ] || tls

awk '!seen[$0]++' "$work"/*.loaded >"$work/all"
grep -v '^@lambda-proxy' "$work/all" >"$work/classes"
"$java" -Xshare:dump -XX:+UseSerialGC -XX:SharedClassListFile="$work/classes" -XX:SharedArchiveFile="$work/archive" \
  -cp "$classpath" >"$work/said" 2>&1
sed -n 's/.*Skipping \([^ :+]*\):.*/\1/p' "$work/said" | sort -u >"$work/left-out"

awk 'NR == FNR { left_out[$1]; next }
  /^@lambda-proxy/ {
    words = $0
    gsub(/[();[]/, " ", words)
    count = split(words, word, " ")
    for (i = 2; i <= count; i++) {
      name = word[i]
      type = name
      sub(/^L/, "", type)
      if (name in left_out || type in left_out) next
    }
  }
  { print }' "$work/left-out" "$work/all" >"$list"

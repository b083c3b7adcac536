#!/usr/bin/env bash
# Writes the list of classes for an archive that makes a start quicker: those that a demo uses.
#   classes.sh JAVA CLASSPATH LIST    then: JAVA -Xshare:dump -XX:SharedClassListFile=LIST -XX:SharedArchiveFile=… -cp CLASSPATH
# The JVM leaves some classes out of an archive, such as those of a signed jar, and crashes over a lambda that needs one of them
# (17.0.15, adjust_lambda_proxy_class_dictionary). So a first archive without lambdas shows which it leaves out.
set -euo pipefail
java=$1 classpath=$2 list=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$java" -XX:TieredStopAtLevel=1 -XX:DumpLoadedClassList="$work/all" -cp "$classpath" dev.triage502.cli.Main demo >/dev/null
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

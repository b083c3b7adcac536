#!/usr/bin/env bash
# Makes target/release/triage502-VERSION-PLATFORM.zip, which runs without a Java of one's own, and its checksum.
# For the platform that it runs on: Linux, macOS, or Windows with Git Bash. Needs a JDK 17 and a built app (./mvnw package).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

jdk=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
app=target/azure-functions/triage502
say() { printf 'zip.sh: %s\n' "$*" >&2; }
[ -x "$jdk/bin/jlink" ] || [ -x "$jdk/bin/jlink.exe" ] || { say "there is no jlink in $jdk/bin. Set JAVA_HOME to a JDK 17."; exit 1; }
[ -e "$app/triage502.jar" ] || { say "there is no $app/triage502.jar. Run ./mvnw package first."; exit 1; }

case $(uname -s) in
  Linux) os=linux ;;
  Darwin) os=macos ;;
  *) os=windows ;;
esac
case $(uname -m) in
  arm64 | aarch64) cpu=arm64 ;;
  *) cpu=x64 ;;
esac
version=$(cd target && "$jdk/bin/jar" -xf triage502.jar META-INF/MANIFEST.MF &&
  sed -n 's/^Implementation-Version: *//p' META-INF/MANIFEST.MF | tr -d '\r' && rm -r META-INF)
name=triage502-$version-$os-$cpu
home=target/release/$name

rm -rf "$home" "$home.zip"
mkdir -p "$home/bin" "$home/lib" "$home/share"

# What the command line and its libraries use. jdk.crypto.ec: TLS with elliptic curves; jdk.httpserver: demo and serve.
"$jdk/bin/jlink" --output "$home/runtime" --strip-debug --no-man-pages --no-header-files --compress=2 --generate-cds-archive \
  --add-modules java.base,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.sql,java.xml,jdk.crypto.ec,jdk.httpserver,jdk.localedata,jdk.unsupported,jdk.zipfs \
  --include-locales=en

cp "$app/triage502.jar" "$home/lib"
"$jdk/bin/java" src/release/Unsigned.java "$app/lib" target/cli-lib "$home/lib"
cp LICENSE README.md CHANGELOG.md "$home"
cp target/bom.json "$home/sbom.json" 2>/dev/null || say "no target/bom.json: the zip goes without a list of its libraries"
if [ -d target/man ]; then
  mkdir -p "$home/share/man/man1"
  cp target/man/*.1 "$home/share/man/man1"
else
  say "no target/man: the zip goes without manual pages (./mvnw -P man -DskipTests package makes them)"
fi
if [ "$os" = windows ]; then
  cp src/release/triage502.cmd "$home/bin"
else
  install -m 755 src/release/triage502 "$home/bin/triage502"
  src/release/classes.sh "$home/runtime/bin/java" "$home/lib/*" "$home/lib/classes" "$jdk"
fi

[ "$os" = windows ] || "$home/bin/triage502" completion >"$home/share/completion.bash"

cd target/release
if command -v zip >/dev/null; then zip -q -r -y "$name.zip" "$name"; else tar -a -c -f "$name.zip" "$name"; fi
if command -v sha256sum >/dev/null; then sha256sum "$name.zip"; else shasum -a 256 "$name.zip"; fi >"$name.zip.sha256"
printf '%s\n' "target/release/$name.zip"

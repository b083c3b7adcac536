#!/bin/sh
# Installs triage502 @VERSION@ for one user: nothing outside the two folders below, and no root.
#   ~/.local/share/triage502   the program with its own Java
#   ~/.local/bin/triage502     a link to it
# To remove it: rm -r ~/.local/share/triage502 ~/.local/bin/triage502
set -eu

from=${TRIAGE502_FROM:-@RELEASES@} # where the zips and their checksums are
version=@VERSION@
into=${XDG_DATA_HOME:-$HOME/.local/share}/triage502
bin=$HOME/.local/bin

say() { printf 'install.sh: %s\n' "$*"; }
fail() { printf 'install.sh: %s\n' "$*" >&2; exit 1; }

case $(uname -s) in
  Linux) os=linux ;;
  Darwin) os=macos ;;
  *) fail "there is no zip for $(uname -s). On Windows: unpack triage502-$version-windows-x64.zip and run bin\\triage502.cmd." ;;
esac
case $(uname -m) in
  x86_64 | amd64) cpu=x64 ;;
  arm64 | aarch64) cpu=arm64 ;;
  *) fail "there is no zip for $(uname -m); build it from source instead." ;;
esac
for tool in curl unzip; do
  command -v "$tool" >/dev/null || fail "needs $tool, which is not installed."
done

name=triage502-$version-$os-$cpu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
say "downloading $name.zip"
curl -fsSL -o "$work/$name.zip" "$from/$name.zip" || fail "could not download $from/$name.zip"
curl -fsSL -o "$work/$name.zip.sha256" "$from/$name.zip.sha256" || fail "could not download its checksum"

wanted=$(cut -d ' ' -f 1 "$work/$name.zip.sha256")
if command -v sha256sum >/dev/null; then found=$(sha256sum "$work/$name.zip"); else found=$(shasum -a 256 "$work/$name.zip"); fi
found=${found%% *}
[ "$wanted" = "$found" ] || fail "the checksum of $name.zip is $found, and it should be $wanted. Nothing was installed."
say "its checksum is right"

mkdir -p "$into" "$bin"
rm -rf "${into:?}/$name"
unzip -q "$work/$name.zip" -d "$into"
ln -sf "$into/$name/bin/triage502" "$bin/triage502"

# So that it starts faster. It works without.
lib=$into/$name/lib
"$into/$name/runtime/bin/java" -Xshare:dump -XX:SharedClassListFile="$lib/classes" -XX:SharedArchiveFile="$lib/triage502.jsa" \
  -cp "$lib/*" >/dev/null 2>&1 || rm -f "$lib/triage502.jsa"

say "installed $("$bin/triage502" --version) in $into/$name, linked from $bin/triage502"
case :$PATH: in
  *":$bin:"*) say "try it: triage502 demo" ;;
  *) say "$bin is not on your PATH. Add it, or try: $bin/triage502 demo" ;;
esac

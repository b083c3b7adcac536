#!/usr/bin/env bash
# Fills install.sh, the Homebrew formula and the Scoop manifest for one release.
#   fill.sh VERSION HOMEPAGE RELEASES FOLDER   FOLDER has the *.zip.sha256 of all platforms, and gets the files
set -euo pipefail
version=$1 homepage=$2 releases=$3 folder=$4
here=$(dirname "${BASH_SOURCE[0]}")

rules=(-e "s|@VERSION@|$version|g" -e "s|@HOMEPAGE@|$homepage|g" -e "s|@RELEASES@|$releases|g")
for file in "$folder"/triage502-"$version"-*.zip.sha256; do
  platform=${file##*/triage502-"$version"-}
  platform=$(printf '%s' "${platform%.zip.sha256}" | tr 'a-z-' 'A-Z_')
  rules+=(-e "s|@SHA256_${platform}@|$(cut -d ' ' -f 1 "$file")|g")
done
for file in install.sh triage502.rb triage502.json; do
  sed "${rules[@]}" "$here/$file" >"$folder/$file"
done
if grep -n '@[A-Z0-9_]*@' "$folder"/{install.sh,triage502.rb,triage502.json}; then
  echo "fill.sh: these are not filled in: the checksum of a platform is missing from $folder" >&2
  exit 1
fi

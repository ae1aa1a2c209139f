#!/bin/bash
# Fetches the archives named in sources.txt into a folder and verifies them. usage: fetch-sources.sh FOLDER
#
# Uses the Debian mirror this machine's own apt is configured for, with source lists of several releases in a
# temporary apt configuration; nothing of the system's configuration is changed. Archives that are already in the
# folder are only verified, so the script also works offline.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
releases='bookworm trixie sid'
apt_folder=$(mktemp -d)
trap 'rm -rf "$apt_folder"' EXIT

pins() { grep -v '^#' "$here/sources.txt"; }

verify() { # archive sha256
  [ "$(sha256sum "$folder/$1" | cut -d' ' -f1)" = "$2" ]
}

configure_apt() {
  local mirror keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  mirror=$(apt-get indextargets --format '$(LABEL) $(REPO_URI)' 'Identifier: Packages' | awk '$1 == "Debian" {print $2; exit}')
  [ -n "$mirror" ] || { echo 'No Debian mirror in the configuration of apt: put the archives of sources.txt into the folder by hand.' >&2; exit 1; }
  mkdir -p "$apt_folder"/{lists/partial,cache/archives/partial}
  for release in $releases; do echo "deb-src [signed-by=$keyring] $mirror $release main"; done > "$apt_folder/sources.list"
  cat > "$apt_folder/apt.conf" <<CONF
Dir::Etc::sourcelist "$apt_folder/sources.list";
Dir::Etc::sourceparts "-";
Dir::State::lists "$apt_folder/lists";
Dir::Cache "$apt_folder/cache";
APT::Sandbox::User "";
CONF
  export APT_CONFIG="$apt_folder/apt.conf"
  apt-get update -qq
}

fetch() { # package upstream archive
  local version
  for version in $(apt-cache showsrc --only-source "$1" | awk '/^Version: /{print $2}' | grep -F -- "$2-" | sort -uV); do
    (cd "$folder" && apt-get source -qq --download-only --tar-only "$1=$version" > /dev/null 2>&1) || true
    [ -f "$folder/$3" ] && return
  done
  echo "The mirror has no $3 any more: put it into $folder by hand (SHA-256 in sources.txt)." >&2
  exit 1
}

while read -r package upstream archive sum _; do
  if [ ! -f "$folder/$archive" ]; then
    [ -n "${APT_CONFIG:-}" ] || configure_apt
    fetch "$package" "$upstream" "$archive"
  fi
  verify "$archive" "$sum" || { echo "$folder/$archive does not have the SHA-256 of sources.txt." >&2; exit 1; }
  echo "verified $archive"
done < <(pins)

#!/bin/sh
# Puts "Open with Zarrscope" into the menus of Dolphin, Nemo and GNOME Files, for the present user only; with
# --remove it takes it out again. The program must be on PATH as "zarrscope".
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}

place() { # source, target
  if [ "${remove:-}" ]; then
    rm -f "$2"
  else
    mkdir -p "$(dirname "$2")"
    cp "$here/$1" "$2"
    chmod 755 "$2"
  fi
}

[ "${1:-}" = --remove ] && remove=1
place zarrscope-servicemenu.desktop "$data/kio/servicemenus/zarrscope.desktop"
place zarrscope.nemo_action "$data/nemo/actions/zarrscope.nemo_action"
place nautilus-open-with-zarrscope.sh "$data/nautilus/scripts/Open with Zarrscope"

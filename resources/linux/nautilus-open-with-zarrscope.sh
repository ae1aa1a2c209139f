#!/bin/sh
# Script of GNOME Files: opens every selected folder or file in Zarrscope.
printf '%s\n' "$NAUTILUS_SCRIPT_SELECTED_FILE_PATHS" | while IFS= read -r path; do
  [ -n "$path" ] && zarrscope "$path" &
done

#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs a program under an X server, a session bus and home folders of its own.
# (G_TEST_OPTION_ISOLATE_DIRS hides /usr/share, and with it the settings' schemas and the icons that
# a widget needs.)
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM
for name in home run config cache data state; do mkdir -m 700 "$folder/$name"; done
mkdir "$folder/config/gtk-4.0"
printf '[Settings]\ngtk-font-name=Cantarell 11\ngtk-decoration-layout=appmenu:close\ngtk-enable-animations=0\n' \
  >"$folder/config/gtk-4.0/settings.ini"
export HOME="$folder/home" XDG_RUNTIME_DIR="$folder/run" XDG_CONFIG_HOME="$folder/config" \
  XDG_CACHE_HOME="$folder/cache" XDG_DATA_HOME="$folder/data" XDG_STATE_HOME="$folder/state" \
  XDG_DATA_DIRS="${POSTURE_DATA_DIRS:+$POSTURE_DATA_DIRS:}${XDG_DATA_DIRS:-/usr/local/share:/usr/share}" \
  GDK_BACKEND=x11 GSK_RENDERER="${GSK_RENDERER:-cairo}" GDK_DEBUG="${GDK_DEBUG:-gl-disable}" GDK_DISABLE="${GDK_DISABLE:-gl}" \
  GSETTINGS_BACKEND=memory GIO_USE_VFS=local ADW_DISABLE_PORTAL=1 GTK_USE_PORTAL=0
# What the session's own programs say is no part of what the test says: they have no standard output.
{
  dbus-run-session -- sh -c 'exec "$@" >&3 3>&-' sh \
    xvfb-run -a -s '-screen 0 1280x1024x24 -nolisten tcp' "$@" 3>&1 >/dev/null
} 2>"$folder/errors" && status=0 || status=$?
# What the session's own programs say on their way is of no interest. (From GTK 4.16 on GDK_DISABLE is what
# turns GL off, and GDK_DEBUG does not know it any more.)
grep -v -e '^dbus-daemon\[' -e 'SpiRegistry daemon' -e '^Unrecognized value "gl-disable"' "$folder/errors" >&2 || true
exit "$status"

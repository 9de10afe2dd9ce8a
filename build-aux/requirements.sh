# shellcheck shell=bash
# What building and testing need, and how to get it. Sourced by ./run and ./check, which differ only
# in the lists they hand in.

# A requirement is "command:NAME:PACKAGE", "library:PKG-CONFIG MODULE:VERSION:PACKAGE",
# "module:PYTHON MODULE:PACKAGE" or "file:PATH:PACKAGE"; PACKAGE is Debian's name for it.
build_requirements=(
  command:meson:meson
  command:ninja:ninja-build
  command:cc:gcc
  command:pkg-config:pkg-config
  command:python3:python3
  library:glib-2.0:2.74:libglib2.0-dev
  library:gio-unix-2.0:2.74:libglib2.0-dev
  library:sqlite3:3.40:libsqlite3-dev
  library:libsodium:1.0.18:libsodium-dev
  library:libsoup-3.0:3.2:libsoup-3.0-dev
  library:libsecret-1:0.20:libsecret-1-dev
  # TLS for libsoup, and whom it trusts
  file:/usr/share/doc/glib-networking:glib-networking
  file:/usr/share/doc/ca-certificates:ca-certificates
  library:pangocairo:1.50:libpango1.0-dev
  command:glib-compile-resources:libglib2.0-dev-bin
  command:glib-compile-schemas:libglib2.0-bin
  command:msgfmt:gettext
  command:xgettext:gettext
  # translates the metainfo: gettext has its rules from there
  command:appstreamcli:appstream
  command:gtk4-update-icon-cache:libgtk-4-bin
  command:update-desktop-database:desktop-file-utils
  library:gtk4:4.8:libgtk-4-dev
  library:libadwaita-1:1.2:libadwaita-1-dev
  file:/usr/share/icons/Adwaita/index.theme:adwaita-icon-theme
  file:/usr/share/doc/librsvg2-common:librsvg2-common
)
test_requirements=(
  command:desktop-file-validate:desktop-file-utils
  file:/usr/share/i18n/locales/de_DE:locales
  command:mandoc:mandoc
  command:sqlite3:sqlite3
  module:jsonschema:python3-jsonschema
  module:gi:python3-gi
  file:/usr/share/doc/gir1.2-atspi-2.0:gir1.2-atspi-2.0
  file:/usr/share/doc/at-spi2-core:at-spi2-core
  file:/usr/share/doc/fonts-cantarell:fonts-cantarell
  command:xvfb-run:xvfb
  command:xdotool:xdotool
  command:xauth:xauth
  command:dbus-run-session:dbus
)

have_requirement ()
{
  local kind name rest
  IFS=: read -r kind name rest <<<"$1"
  case $kind in
    file) [ -e "$name" ] ;;
    command) command -v "$name" >/dev/null 2>&1 ;;
    library) command -v pkg-config >/dev/null 2>&1 &&
             pkg-config --exists "$name >= ${rest%%:*}" ;;
    # meson takes the system's python, which need not be the first one of PATH
    module) /usr/bin/python3 -c "import $name" >/dev/null 2>&1 ;;
  esac
}

missing_packages ()
{
  local requirement
  for requirement in "$@"; do
    have_requirement "$requirement" || printf '%s\n' "${requirement##*:}"
  done | sort -u
}

# Installs what is missing where apt-get can do it, else names it and ends the program.
provide ()
{
  local missing as_root=()
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -eq 0 ] && return 0

  if [ ! -f /etc/debian_version ] || ! command -v apt-get >/dev/null 2>&1; then
    printf 'Posture needs these packages (Debian'\''s names), please install them first:\n  %s\n' \
      "${missing[*]}" >&2
    exit 1
  fi
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
      printf 'Posture needs some packages. As root, run:\n  apt-get install %s\n' "${missing[*]}" >&2
      exit 1
    fi
    as_root=(sudo)
  fi
  printf 'Installing what is missing: %s\n' "${missing[*]}" >&2
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq)
  # An old list of packages is no reason to stop: installing says what is really wrong.
  "${apt[@]}" update >&2 || true
  if ! "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >&2; then
    printf 'The packages could not be installed. Without a network, install them by other means:\n  %s\n' \
      "${missing[*]}" >&2
    exit 1
  fi
  mapfile -t missing < <(missing_packages "$@")
  if [ ${#missing[@]} -ne 0 ]; then
    printf 'Still missing after installing (an older release than Debian 12?): %s\n' "${missing[*]}" >&2
    exit 1
  fi
}

# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps what stands around the programs in step: the ids, the version, the icons, the permissions.

Usage: check-package.py ROOT BUILD ID VERSION
Prints TAP.
"""

import configparser
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

ROOT, BUILD = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
ID, VERSION = sys.argv[3:5]
RELEASE_ID = ID.removesuffix(".Devel")
# a window needs these; the first one that is more has to be argued here
PERMISSIONS = {"--socket=wayland", "--socket=fallback-x11", "--share=ipc", "--share=network", "--device=dri"}


def read_keys(name):
    keys = configparser.ConfigParser(interpolation=None)
    keys.optionxform = str
    assert keys.read(BUILD / "data" / name), f"{name} was not made"
    return keys


def desktop_file():
    keys = read_keys(f"{ID}.desktop")
    entry = keys["Desktop Entry"]
    assert entry["Icon"] == ID and entry["DBusActivatable"] == "true"
    assert entry["Exec"].endswith("/posture")
    actions = entry["Actions"].strip(";").split(";")
    assert [f"Desktop Action {action}" for action in actions] == keys.sections()[1:]
    for action in actions:
        assert keys[f"Desktop Action {action}"]["Exec"] == f"gapplication action {ID} {action}"
    for section in keys.sections():
        names = [key for key in keys[section] if f"{key}[de]" in keys[section]]
        assert "Name" in names, f"[{section}] is not translated"


def service_file():
    service = read_keys(f"{ID}.service")["D-BUS Service"]
    assert service["Name"] == ID
    assert service["Exec"].endswith("/posture --gapplication-service")


def metainfo():
    tree = ElementTree.parse(BUILD / "data" / f"{ID}.metainfo.xml").getroot()
    assert tree.findtext("id") == ID
    assert tree.findtext("launchable") == f"{ID}.desktop"
    newest = tree.find("releases/release").get("version")
    assert newest == VERSION, f"the newest release is {newest}, the program {VERSION}"


def schema():
    tree = ElementTree.parse(BUILD / "data" / f"{ID}.gschema.xml").getroot()
    assert tree.find("schema").get("id") == ID
    assert tree.find("schema").get("path") == "/" + ID.replace(".", "/") + "/"


def icons():
    folder = ROOT / "data" / "icons" / "hicolor"
    sizes = {folder / "scalable" / "apps" / f"{RELEASE_ID}.svg": "128",
             folder / "scalable" / "apps" / f"{RELEASE_ID}.Devel.svg": "128",
             folder / "symbolic" / "apps" / f"{RELEASE_ID}-symbolic.svg": "16"}
    assert set(folder.rglob("*.svg")) == set(sizes)
    for path, size in sizes.items():
        picture = ElementTree.parse(path).getroot()
        assert (picture.get("width"), picture.get("height")) == (size, size), path
        text = path.read_text(encoding="utf-8")
        # the kind of a picture is told by its first bytes; a comment before them hides it
        assert "<svg " in text[:128], path
        # a sandbox draws icons without what they name elsewhere
        assert "href" not in text, path


def manifests():
    for name in (RELEASE_ID, f"{RELEASE_ID}.Devel"):
        text = (ROOT / "flatpak" / f"{name}.yml").read_text(encoding="utf-8")
        assert re.search(r"^id: (\S+)$", text, re.M).group(1) == name
        assert re.search(r"^command: posture$", text, re.M)
        assert ("-Dprofile=development" in text) == name.endswith(".Devel")
        arguments = text[text.index("finish-args:"):text.index("cleanup:")]
        assert set(re.findall(r"^  - (\S+)$", arguments, re.M)) == PERMISSIONS, name
        addresses = re.findall(r"^ +url: (\S+)$", text, re.M)
        assert addresses and all(address.startswith("https://") for address in addresses), name
        assert len(re.findall(r"^ +sha256: [0-9a-f]{64}$", text, re.M)) == len(addresses), name


def main():
    cases = (desktop_file, service_file, metainfo, schema, icons, manifests)
    failed = False
    print(f"1..{len(cases)}")
    for number, case in enumerate(cases, 1):
        reason = None
        try:
            case()
        except Exception as error:  # a case fails, whatever went wrong in it
            reason = f"{type(error).__name__}: {error}"
        failed = failed or reason is not None
        print(f"{'not ok' if reason else 'ok'} {number} /package/{case.__name__.replace('_', '-')}")
        if reason is not None:
            print(f"# {reason}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

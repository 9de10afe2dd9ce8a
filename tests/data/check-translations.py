# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps the translations whole: every file with words is named, every message is translated, and the
translations fit the messages.

Usage: check-translations.py ROOT
Prints TAP. Needs the programs of gettext.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(sys.argv[1])
PO = ROOT / "po"
KEYWORDS = ("_", "N_", "C_:1c,2", "NC_:1c,2", "ngettext:1,2", "g_dngettext:2,3", "g_dpgettext2:2c,3")
CALL = re.compile(r"\b(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2)\s*\(")
# a message of C that ends inside a directive was cut by a macro, and is never found at run time
CUT = re.compile(r"%[-+ #0-9.]*$")


def without_comments(text):
    return re.sub(r"/\*.*?\*/", "", text, flags=re.S)


def has_words(path):
    """Whether a person reads something out of this file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".c":
        return bool(CALL.search(without_comments(text)))
    if path.suffix == ".ui":
        return bool(re.search(r'translatable="(?:yes|true)"', text))
    return path.name.endswith((".desktop.in.in", ".metainfo.xml.in.in", ".gschema.xml.in"))


def find_files():
    for folder in ("app", "core", "data", "ui"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix in (".c", ".ui", ".in") and has_words(path):
                yield path.relative_to(ROOT).as_posix()


def listed():
    lines = (PO / "POTFILES.in").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def languages():
    return (line for line in (PO / "LINGUAS").read_text().splitlines() if line and line[0] != "#")


def call(*arguments):
    """What a program has to complain about: its lines if it failed or warned."""
    done = subprocess.run([str(argument) for argument in arguments], cwd=ROOT, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    lines = done.stdout.splitlines()
    return lines if done.returncode or any("warning" in line for line in lines) else []


def read_messages(path):
    """Yields (message, translation) as they stand in a PO file, plural forms one by one."""
    done = subprocess.run(["msgcat", "--no-wrap", "--no-location", path], check=True,
                          stdout=subprocess.PIPE, text=True)
    for block in done.stdout.split("\n\n"):
        fields = {}
        for name, text in re.findall(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?) ((?:".*"\n?)+)', block, re.M):
            fields[name] = "".join(re.findall(r'"(.*)"', text))
        message = fields.pop("msgid", "")
        plural = fields.pop("msgid_plural", message)
        for name, text in fields.items():
            if message:
                yield (message if name in ("msgstr", "msgstr[0]") else plural), text


def edges(text):
    """What must be alike at the ends of a message and its translation."""
    end = re.search(r"(?:\\n|\s|:|…)*$", text)
    return re.match(r"(?:\\n|\s)*", text).group(0), end.group(0)


def check_files():
    found, named = list(find_files()), listed()
    yield from (f"po/POTFILES.in lacks {path}" for path in found if path not in named)
    yield from (f"po/POTFILES.in names {path}, which has no words" for path in named if path not in found)
    if named != sorted(named):
        yield "po/POTFILES.in is not in the order of the alphabet"


def check_template(template):
    yield from call("xgettext", "--from-code=UTF-8", "--package-name=posture", f"--files-from={PO / 'POTFILES.in'}",
                    *(f"--keyword={keyword}" for keyword in KEYWORDS), f"--output={template}")
    yield from (f"cut off by a macro: {message}" for message, _ in read_messages(template) if CUT.search(message))


def check_valid(catalogue):
    return call("msgfmt", "--check", "--output-file=/dev/null", catalogue)


def check_complete(catalogue, template):
    yield from call("msgcmp", catalogue, template)
    for kind in ("fuzzy", "obsolete"):
        done = subprocess.run(["msgattrib", f"--only-{kind}", catalogue], check=True,
                              stdout=subprocess.PIPE, text=True)
        yield from (f"{kind}: {line}" for line in done.stdout.splitlines() if re.match(r'(#~ )?msgid ".', line))


def check_edges(catalogue):
    for message, text in read_messages(catalogue):
        if edges(message) != edges(text):
            yield f"begins or ends differently: {message!r}, {text!r}"
        if "..." in text or re.search(r'(?<![=\\])\\"', text):
            yield f"has typewriter marks: {text!r}"


def main():
    with tempfile.TemporaryDirectory() as folder:
        template = pathlib.Path(folder) / "posture.pot"
        cases = [("files", check_files()), ("template", check_template(template))]
        for language in languages():
            catalogue = PO / f"{language}.po"
            cases += [(f"{language}/valid", check_valid(catalogue)),
                      (f"{language}/complete", check_complete(catalogue, template)),
                      (f"{language}/edges", check_edges(catalogue))]
        failed = False
        print(f"1..{len(cases)}")
        for number, (name, complaints) in enumerate(cases, 1):
            faults = list(complaints)
            failed = failed or bool(faults)
            print(f"{'not ok' if faults else 'ok'} {number} /translations/{name}")
            for fault in faults:
                print(f"# {fault}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

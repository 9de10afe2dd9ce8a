# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps the house rules that a compiler does not know: the arrows between modules, what no file may
call, and what every file must have.

Usage: check-source.py ROOT
Prints TAP, one case a rule.
"""

import pathlib
import re
import sys

# What each module may include, besides itself and the libraries of the baseline. The arrows are not
# followed on: what a module uses it names.
ARROWS = {
    "core/json": set(),
    "core/pattern": {"json"},
    "core/store": set(),
    "core/backup": {"store", "json"},
    "core/chart": set(),
    "core/model": {"pattern", "json"},
    "core/rating": {"model", "pattern", "json"},
    "core/bus": {"pattern", "store", "json"},
    "core/targets": {"bus", "store", "json"},
    "core/user": {"bus", "store", "model", "json"},
    "core/security": {"bus", "rating", "model", "store", "json"},
    "core/export": {"user", "rating", "model", "bus", "store", "json", "chart"},
    "core/sync": {"user", "rating", "model", "bus", "store", "json"},
    "core/server": {"user", "rating", "model", "bus", "store", "json"},
    # the wiring, directly in core/
    "core": {"json", "pattern", "store", "model", "rating", "bus", "targets", "user", "security",
             "export", "sync", "backup"},
    # what leaves the window, a report or everything as a backup, is written by core: in threads, whole or not
    "ui": {"user", "rating", "model", "chart", "json", "export", "backup"},
    "app": {"json", "model", "rating", "user", "store", "bus", "targets", "export", "sync", "server", "ui", "pattern",
            "backup"},
}
# Which libraries a module may include at all.
LIBRARIES = {
    "sqlite3": {"core/store"},
    "sodium": {"core/backup"},
    "libsoup": {"core/targets", "core/sync", "core/server"},
    "libsecret": {"core/targets", "core/sync"},
    "gtk/": {"ui", "app"},
    "adwaita": {"ui", "app"},
    "cairo": {"core/chart", "core/export", "ui"},
}
BANNED = re.compile(
    r"\b(sprintf|vsprintf|strcpy|strcat|strncpy|atoi|atol|atof|strtok|system|gets|alloca|g_error|"
    r"usleep|g_usleep|sleep)\s*\(|\bgoto\b")
# A test may wait for a process, a benchmark may sleep: the rule is for the product.
PRODUCT = ("core", "app", "ui")
# The binding words: a person's own text in the engine's language would be an injection.
SQL_FROM_TEXT = re.compile(r"g_strdup_printf\s*\([^;]*\b(SELECT|INSERT|UPDATE|DELETE)\b")
MAX_LINES = 800


def module_of(path):
    parts = path.parts
    if parts[0] == "core":
        return "/".join(parts[:2]) if len(parts) > 2 else "core"
    return parts[0]


def without_comments(text):
    """Comments and strings blanked out, lines kept."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group(0))
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', blank, text, flags=re.S)


def check_arrows(path, text):
    module = module_of(path)
    allowed = ARROWS.get(module)
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r'\s*#\s*include\s+"([a-z]+)/', line)
        if match and allowed is not None:
            target = match.group(1)
            if target not in allowed and not module.endswith(target):
                yield f"{path}:{number}: {module} must not include {target}/"
        match = re.match(r"\s*#\s*include\s+[<\"](\S+?)[>\"]", line)
        for name, modules in LIBRARIES.items():
            if match and name in match.group(1) and module not in modules and path.parts[0] != "tests":
                yield f"{path}:{number}: {module} must not include {match.group(1)}"


def check_banned(path, text):
    if path.parts[0] not in PRODUCT:
        return
    for number, line in enumerate(without_comments(text).splitlines(), 1):
        match = BANNED.search(line)
        if match:
            yield f"{path}:{number}: {match.group(0).strip()} is not used here"
        if re.match(r"\s*#\s*if.*\b(GTK|ADW|GLIB)_CHECK_VERSION", line) and "compat" not in path.name:
            yield f"{path}:{number}: version conditions stand in the compat file only"


def check_sql(path, text):
    if path.parts[0] in PRODUCT and SQL_FROM_TEXT.search(text):
        yield f"{path}: SQL is written out and bound, never put together"
    if path.parts[0] in PRODUCT and module_of(path) != "core/store":
        for number, line in enumerate(text.splitlines(), 1):
            if re.search(r'"\s*PRAGMA\b', line):
                yield f"{path}:{number}: PRAGMA belongs into core/store"


def check_licence(path, text):
    if "SPDX-License-Identifier: GPL-3.0-or-later" not in text[:400]:
        yield f"{path}: no SPDX line at the top"


def check_length(path, text):
    lines = text.count("\n")
    if lines > MAX_LINES:
        yield f"{path}: {lines} lines are a drawer; split it by concern"


RULES = {
    "arrows": check_arrows,
    "banned calls": check_banned,
    "sql": check_sql,
    "licence": check_licence,
    "length": check_length,
}


def main():
    root = pathlib.Path(sys.argv[1])
    files = sorted(
        path.relative_to(root)
        for folder in ("core", "app", "ui", "tests")
        for path in (root / folder).rglob("*.[ch]"))
    texts = {path: (root / path).read_text(encoding="utf-8") for path in files}
    failed = False
    print(f"1..{len(RULES) + 1}")
    for number, (name, rule) in enumerate(RULES.items(), 1):
        faults = [fault for path in files for fault in rule(path, texts[path])]
        failed = failed or bool(faults)
        print(f"{'not ok' if faults else 'ok'} {number} /house/{name.replace(' ', '-')}")
        for fault in faults:
            print(f"# {fault}")
    bare = [folder for folder in sorted((root / "core").iterdir())
            if folder.is_dir() and not (folder / "README.md").is_file()]
    print(f"{'not ok' if bare else 'ok'} {len(RULES) + 1} /house/contracts")
    for folder in bare:
        print(f"# {folder.relative_to(root)} has no README.md")
    sys.exit(1 if failed or bare else 0)


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""Breaks the code of core/ in many places, one at a time, and counts what the tests notice.

Usage: mutations.py [--places N] [--at-least N] [--seed N] [--only SUBSTRING]
Places are drawn with the seed, spread over the modules by their size. A place that does not compile,
or from which the compiler makes the same code as before, is drawn again. Ends with 1 if fewer than --at-least were noticed; what was not noticed is printed.
"""

import argparse
import concurrent.futures
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]

# (name, what is looked for, what stands there afterwards)
FLIPS = [
    ("equal", re.compile(r"(?<=[\w)\]] )==(?= )"), "!="),
    ("not equal", re.compile(r"(?<=[\w)\]] )!=(?= )"), "=="),
    ("below", re.compile(r"(?<=[\w)\]] )<(?= [\w(-])"), "<="),
    ("at most", re.compile(r"(?<=[\w)\]] )<=(?= )"), "<"),
    ("above", re.compile(r"(?<=[\w)\]] )>(?= [\w(-])"), ">="),
    ("at least", re.compile(r"(?<=[\w)\]] )>=(?= )"), ">"),
    ("and", re.compile(r"(?<= )&&(?= )"), "||"),
    ("or", re.compile(r"(?<= )\|\|(?= )"), "&&"),
    ("plus", re.compile(r"(?<=[\w)] )\+(?= \w)"), "-"),
    ("true", re.compile(r"\breturn TRUE;"), "return FALSE;"),
    ("false", re.compile(r"\breturn FALSE;"), "return TRUE;"),
    ("not", re.compile(r"(?<=if \()!(?=\w)"), ""),
]
# A whole statement on one line: a call or an assignment.
STATEMENT = re.compile(r"^  +(?:[a-z_]\w* \(.*\)|[\w>.\-\[\]]+ [-+|]?= .*|\w[\w>.\-]*(?:\+\+|--));$")
# Lines whose loss changes nothing that a test could or should see.
HARMLESS = re.compile(
    r"g_return_|g_assert|g_debug|g_clear|g_free|_unref|_free|g_autoptr|g_autofree|g_task_set_source_tag|"
    r"g_task_set_name|G_DEFINE|va_end|va_start|#|static |typedef|sizeof|G_LIKELY|G_UNLIKELY|"
    r"g_type_|_reserve|_set_priority|POSTURE_FAILPOINT|g_once|pthread_setname|g_thread_unref")


def places(path):
    """Yields (file, line number, description, new line) for each way to break one file."""
    comment = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if "/*" in line:
            comment = "*/" not in line
            continue
        if comment:
            comment = "*/" not in line
            continue
        if HARMLESS.search(line):
            continue
        for name, pattern, other in FLIPS:
            for match in pattern.finditer(line):
                yield path, number, name, line[:match.start()] + other + line[match.end():]
        if STATEMENT.match(line):
            yield path, number, "dropped", re.sub(r"\S.*", ";", line)


def sample(args):
    """An endless, seeded order of places: files in turn by their share of the code."""
    files = sorted(ROOT.glob("core/**/*.c"))
    found = [place for path in files for place in places(path)]
    if args.only:
        found = [place for place in found if args.only in str(place[0])]
    random.Random(args.seed).shuffle(found)
    return found


def waves(path):
    """Which tests to run over a broken file, as arguments of meson test, until one fails: those that
    use the header of its own name, then those that use its module, then all others."""
    module = path.parent.name
    sources = {test.stem.removeprefix("test-"): test.read_text(encoding="utf-8")
               for test in sorted((ROOT / "tests" / "core").glob("test-*.c"))}
    sources = {name: text for name, text in sources.items() if "main (" in text}
    near = [name for name, text in sources.items() if f'"{module}/{path.stem}.h"' in text]
    own = [name for name, text in sources.items()
           if name not in near and (name.startswith(module) or f'"{module}/' in text or
                                    f'"{module}-fixture.h"' in text)]
    rest = [name for name in sources if name not in near and name not in own]
    return [wave for wave in (near, own, rest) if wave] + [
        [word for suite in ("app", "crash", "data") for word in ("--suite", suite)]]


class Bench:
    """A copy of the tree with a build of its own, in which places are broken one after another."""

    def __init__(self, folder):
        self.tree = folder / "tree"
        shutil.copytree(ROOT, self.tree, symlinks=True,
                        ignore=shutil.ignore_patterns("_build*", "build", ".git", "__pycache__"))
        self.build = folder / "build"
        # without debug information each of the many programs is linked in no time
        self.run("meson", "setup", self.build, self.tree, "-Dfailpoints=true", "-Ddebug=false",
                 "-Doptimization=0", check=True)

    def run(self, *command, check=False, timeout=900):
        # a group of its own, so that what a broken test leaves behind can be ended with it
        process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, text=True, start_new_session=True)
        try:
            output, _ = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.communicate()
            return 1
        if check and process.returncode:
            sys.exit(output)
        return process.returncode

    def compile(self, path):
        """What the compiler makes of a file of core/; None if it refuses it. The name of the file it
        writes is meson's: the path below core/, with underscores."""
        name = str(path.relative_to(ROOT / "core")).replace("/", "_") + ".o"
        if self.run("ninja", "-C", self.build, "-j2", "core/libposture-core.a"):
            return None
        return (self.build / "core" / "libposture-core.a.p" / name).read_bytes()

    def tests_notice(self, place):
        """None if the broken code is none or means the same, else whether a test failed."""
        path, number, _, new_line = place
        target = self.tree / path.relative_to(ROOT)
        original = target.read_text(encoding="utf-8")
        lines = original.split("\n")
        sound = self.compile(path)
        lines[number - 1] = new_line
        target.write_text("\n".join(lines), encoding="utf-8")
        try:
            if self.compile(path) in (None, sound):
                return None
            # meson builds what the chosen tests need, and no more
            return any(self.run("meson", "test", "-C", self.build, "--num-processes", "2",
                                "--maxfail", "1", *wave) != 0 for wave in waves(path))
        finally:
            target.write_text(original, encoding="utf-8")

    def is_sound(self):
        """Whether the tests pass over the code as it is; else what they notice means nothing."""
        return not self.run("ninja", "-C", self.build, "-j2", timeout=1800) and \
            not self.run("meson", "test", "-C", self.build, "--no-rebuild", "--num-processes", "2",
                         "--suite", "core", "--suite", "app", "--suite", "crash", "--suite", "data",
                         timeout=1800)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--places", type=int, default=50)
    parser.add_argument("--at-least", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    args = parser.parse_args()

    queue = sample(args)
    noticed, missed = 0, []
    with tempfile.TemporaryDirectory(prefix="posture-mutations-") as folder:
        workers = [Bench(pathlib.Path(folder) / str(i)) for i in range(max(1, os.cpu_count() // 2))]
        if not workers[0].is_sound():
            sys.exit("The tests fail over the code as it is.")

        def work(bench):
            nonlocal noticed
            while queue and noticed + len(missed) < args.places:
                place = queue.pop(0)
                result = bench.tests_notice(place)
                if result is None:
                    continue
                path, number, name, line = place
                what = f"{path.relative_to(ROOT)}:{number}: {name}: {line.strip()}"
                noticed += result
                if not result:
                    missed.append(what)
                print(f"{'noticed' if result else 'MISSED '} {what}", flush=True)

        with concurrent.futures.ThreadPoolExecutor(len(workers)) as pool:
            list(pool.map(work, workers))
    print(f"{noticed} of {noticed + len(missed)} broken places noticed (seed {args.seed})")
    sys.exit(1 if noticed < args.at_least else 0)


if __name__ == "__main__":
    main()

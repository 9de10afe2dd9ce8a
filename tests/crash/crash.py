# SPDX-License-Identifier: GPL-3.0-or-later
"""Crashes the program at every failpoint between the first answer and the stored report, starts it
again, and looks whether anything that it had acknowledged is gone or doubled.

Usage: crash.py DRIVER [--seeds N] [--every N] [--hits N] [--every-write N]
Prints TAP; what each case checks and the histogram of failpoints stand in comments. --every N takes each N-th hit
only, --hits N at most N hits of each failpoint, --every-write N each N-th write to the full disk.
"""

import argparse
import collections
import json
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import tempfile

QUESTIONS = {"q1": True, "q2": True, "q3": {"note": "to be seen to", "value": False}}


# where a profile is opened or made
OPENING = ("store.migrate.step", "store.migrate.commit", "sql.insert.schema")


class Broken(Exception):
    """An invariant does not hold."""


def run(driver, folder, timeout=60, **environment):
    """Runs the driver; returns its exit code and what it said, as (word, rest)."""
    process = subprocess.run([driver, folder], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                             timeout=timeout, check=False,
                             env={**os.environ, **{key: str(value) for key, value in environment.items()}})
    said = [tuple(line.split(" ", 1)) for line in process.stdout.splitlines()]
    return process.returncode, said, process.stderr


INVARIANTS = {
    "I1": "the file is sound",
    "I2": "each acknowledged answer is there",
    "I3": "each acknowledged submission is there",
    "I4": "each revision has exactly one report",
    "I5": "nothing waits, nothing was given up",
    "I6": "each change of an answer is in the history once",
}


def check(folder, said):
    """What must hold after everything was done, whatever happened on the way."""
    database = sqlite3.connect(pathlib.Path(folder) / "posture.db")
    faults = [row[0] for row in database.execute("PRAGMA integrity_check")]
    if faults != ["ok"]:
        raise Broken(f"I1: {faults}")
    stored = {question: json.loads(answer) for question, answer in
              database.execute("SELECT question, answer FROM user_answer")}
    for word, question in said:
        if word == "answered" and stored.get(question) != QUESTIONS[question]:
            raise Broken(f"I2: {question} is {stored.get(question)}")
    revisions = [row[0] for row in database.execute("SELECT id FROM user_revision ORDER BY number")]
    for word, revision in said:
        if word == "submitted" and revision not in revisions:
            raise Broken(f"I3: {revision} is gone")
    if len(revisions) != 2:
        raise Broken(f"I3: {len(revisions)} revisions")
    reports = collections.Counter(row[0] for row in database.execute("SELECT revision FROM user_report"))
    if reports != {revision: 1 for revision in revisions}:
        raise Broken(f"I4: {reports}")
    for table in ("bus_delivery", "bus_dead_letter"):
        if database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]:
            raise Broken(f"I5: {table} holds something")
    kinds = [row[0] for row in database.execute("SELECT detail_type FROM ("
                                                "SELECT json_extract(envelope, '$.\"detail-type\"') AS detail_type"
                                                " FROM bus_event ORDER BY sequence)")]
    if sorted(kinds) != ["AnswerEvent"] * 2 + ["ReportEvent"] * 2:
        raise Broken(f"I4: events {kinds}")
    twice = database.execute("SELECT count(*) - count(DISTINCT op_id) FROM user_operation").fetchone()[0]
    if twice:
        raise Broken(f"I6: {twice} operations twice")
    database.close()


def crash_once(driver, check_all, name, hit, action, seed):
    """Crashes at one place, goes on, checks. True if the place was reached."""
    with tempfile.TemporaryDirectory(prefix="posture-crash-") as folder:
        code, before, errors = run(driver, folder, POSTURE_FAILPOINT=f"{name}:{hit}={action}", CRASH_SEED=seed)
        if code == 0:
            return False
        if code != -signal.SIGKILL:
            raise Broken(f"ended with {code}: {before} {errors}")
        code, after, errors = run(driver, folder)
        if code != 0:
            raise Broken(f"did not go on: {code} {after} {errors}")
        check_all(folder, before + after)
        return True


def fill_once(driver, check_all, name, hit):
    """Refuses one write as a full disk does; the same process goes on. Where the profile cannot even be opened, the
    program says so, and is started again."""
    with tempfile.TemporaryDirectory(prefix="posture-crash-") as folder:
        code, said, errors = run(driver, folder, POSTURE_FAILPOINT=f"{name}:{hit}=full")
        if code != 0 and name in OPENING and f"full at {name}" in errors:
            code, said, errors = run(driver, folder)
        if code != 0:
            raise Broken(f"ended with {code}: {said} {errors}")
        check_all(folder, said)
        return True


def hits(driver, check_all):
    """Every failpoint with how often it is hit, in the order of the first hits."""
    with tempfile.TemporaryDirectory(prefix="posture-crash-") as folder:
        log = pathlib.Path(folder) / "hits"
        code, said, errors = run(driver, str(pathlib.Path(folder) / "data"), POSTURE_FAILPOINT_LOG=log)
        if code != 0:
            sys.exit(f"Bail out! The program does not even work without a crash: {said} {errors}")
        check_all(pathlib.Path(folder) / "data", said)
        return collections.Counter(log.read_text(encoding="utf-8").split()), said


def choose(count, args):
    """The hits of a failpoint to crash at: each N-th, or at most N that stand far apart."""
    every = max(args.every, -(-count // args.hits)) if args.hits else args.every
    return range(1, count + 1, every)


class Tap:
    """Counts and prints cases."""

    def __init__(self, invariants):
        self.number = 0
        self.failed = False
        self.checks = "; ".join(f"{name} {text}" for name, text in invariants.items())

    def case(self, name, faults):
        self.number += 1
        self.failed = self.failed or bool(faults)
        print(f"{'not ok' if faults else 'ok'} {self.number} {name}")
        print(f"#   checks: {self.checks}")
        for fault in faults:
            print(f"# {fault}")
        sys.stdout.flush()


def crash_each(driver, check_all, counts, args, tap):
    """Crashes at each failpoint in each way; gives how often that was, by (failpoint, way)."""
    crashed = collections.Counter()
    for action in ("kill", "power-loss", "full"):
        for name in counts:
            faults = []
            for hit in choose(counts[name], args):
                for seed in range(1, 1 + (args.seeds if action == "power-loss" else 1)):
                    try:
                        crashed[name, action] += (fill_once(driver, check_all, name, hit) if action == "full" else
                                                  crash_once(driver, check_all, name, hit, action, hit * 1000 + seed))
                    except (Broken, subprocess.TimeoutExpired) as broken:
                        faults.append(f"{name}:{hit} seed {seed}: {broken}")
            if not crashed[name, action] and not faults:
                faults.append("never reached")
            tap.case(f"/crash/{action}/{name}", faults)
    return crashed


# The bus prunes once when it starts, and whether it gets to that before the report is there is chance; these
# statements have cases of their own in crash-retention.py.
BESIDE = {"sql.delete.bus_dead_letter", "sql.delete.bus_key", "sql.delete.bus_replay", "sql.update.bus_archive"}


def main(check_all, invariants, beside=frozenset()):
    parser = argparse.ArgumentParser()
    parser.add_argument("driver")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--hits", type=int, default=0)
    parser.add_argument("--every-write", type=int, default=1)
    args = parser.parse_args()
    tap = Tap(invariants)
    counts, said = hits(args.driver, check_all)
    counts = {name: count for name, count in counts.items() if name not in beside}
    crashed = crash_each(args.driver, check_all, counts, args, tap)

    print("# failpoint: hits, crashes by kill, crashes by loss of power, refused as on a full disk")
    for name, count in counts.items():
        print(f"#   {name}: {count}, {crashed[name, 'kill']}, {crashed[name, 'power-loss']}, {crashed[name, 'full']}")

    writes = int(dict(said)["done"].split()[0])
    faults, told, reached = [], 0, 0
    for write in range(0, writes, args.every_write):
        with tempfile.TemporaryDirectory(prefix="posture-crash-") as folder:
            try:
                code, said, errors = run(args.driver, folder, CRASH_FULL=write)
                if code != 0:
                    raise Broken(f"ended with {code}: {said} {errors}")
                told += any(word == "full" for word, _ in said)
                done, _, refused = map(int, dict(said)["done"].split()[:3])
                reached += refused > 0
                # how works share transactions, and so how many writes there are, differs a little between runs
                if not refused and write < done:
                    raise Broken(f"it was not refused, of {done} writes")
                check_all(folder, said)
            except (Broken, subprocess.TimeoutExpired) as broken:
                faults.append(f"write {write}: {broken}")
    if reached * args.every_write < writes * 0.8:
        faults.append(f"only {reached} of {writes} writes were refused")
    tap.case("/crash/full-disk", faults)
    print(f"# full disk at {reached} of {writes} writes: told in {told}, in the others the program tried again itself")
    print(f"1..{tap.number}")
    sys.exit(1 if tap.failed else 0)


if __name__ == "__main__":
    main(check, INVARIANTS, BESIDE)

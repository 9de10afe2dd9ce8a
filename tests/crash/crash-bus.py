# SPDX-License-Identifier: GPL-3.0-or-later
"""Crashes an event bus at every failpoint of puts, deliveries, retries, schedules, archive and replay, starts it
again, and looks whether anything that it had acknowledged is gone, or anything was done twice.

Usage: crash-bus.py DRIVER [--seeds N] [--every N] [--hits N] [--every-write N]
Prints TAP.
"""

import collections
import json
import pathlib
import sqlite3

from crash import Broken, main

EVENTS = {"child": 6, "bad": 1, "plain": 3}
# what is replayed has its effect once more
ARCHIVED = {"child", "bad"}


INVARIANTS = {
    "B1": "the file is sound",
    "B2": "each acknowledged event is there",
    "B3": "no event was put twice, nor a time of the schedule",
    "B4": "the program's own target had its effect once for each of its events, and in no replay",
    "B5": "each other target had its effect once for each event and once for each replay of it",
    "B6": "there is no effect without its event",
    "B7": "nothing waits, nothing was given up",
    "B8": "the replay took each archived event once, and one that was cancelled is",
    "B9": "a target is set up as was acknowledged last",
    "B10": "a rule, a target and an event that were removed are gone, with all that hung on them",
    "B11": "nothing left the program that was not put; what was put did, and once more for its replay",
}


def read_log(folder):
    """What has left the program: ids of events, each with the replay that it comes from. A line that a kill has cut is
    none."""
    for line in (pathlib.Path(folder) / "log.jsonl").read_text().splitlines():
        try:
            event = json.loads(line)
        except json.JSONDecodeError:
            continue
        yield event["id"], event.get("replay-name")


def check(folder, said):
    """What must hold after everything was done, whatever happened on the way."""
    database = sqlite3.connect(pathlib.Path(folder) / "posture.db")
    ask = lambda sql: database.execute(sql).fetchall()  # noqa: E731
    faults = [row[0] for row in ask("PRAGMA integrity_check")]
    if faults != ["ok"]:
        raise Broken(f"B1: {faults}")
    events = {event: json.loads(envelope) for event, envelope in ask("SELECT id, envelope FROM bus_event")}
    for word, event in said:
        if word == "put" and event not in events:
            raise Broken(f"B2: {event} is gone")
    sources = collections.Counter(envelope["source"] for envelope in events.values())
    ticks = [envelope["time"] for envelope in events.values() if envelope["source"] == "aws.events"]
    if {**EVENTS, "aws.events": len(ticks)} != sources or not ticks or len(set(ticks)) != len(ticks):
        raise Broken(f"B3: {sources} {ticks}")
    expected = collections.Counter()
    for event, envelope in events.items():
        if envelope["source"] != "bad":
            expected["own", event] = 1
        expected["dead" if envelope["source"] == "bad" else "flaky", event] = 2 if envelope["source"] in ARCHIVED else 1
    effects = collections.Counter((target, event) for target, event in ask("SELECT target, event FROM bus_test_effect"))
    if effects != expected:
        wrong = {key: (effects[key], expected[key]) for key in effects | expected if effects[key] != expected[key]}
        raise Broken(f"B4 to B6: (target, event): (effects, expected): {wrong}")
    for table in ("bus_delivery", "bus_dead_letter"):
        if ask(f"SELECT count(*) FROM {table}")[0][0]:
            raise Broken(f"B7: {table} holds something")
    if (ask("SELECT state, events, deliveries FROM bus_replay WHERE name = 'again'") != [("completed", 7, 13)] or
            ask("SELECT name, state FROM bus_replay WHERE name <> 'again'") != [("dropped", "cancelled")]):
        raise Broken(f"B8: {ask('SELECT * FROM bus_replay')}")
    settings = [text for word, text in said if word == "target"][-1]
    if ask("SELECT name, settings FROM bus_target") != [("chat", settings)]:
        raise Broken(f"B9: {ask('SELECT * FROM bus_target')}")
    rules = [row[0] for row in ask("SELECT name FROM bus_rule ORDER BY name")]
    if rules != ["dead", "flaky", "log", "own", "tick"] or "gone" in sources or ask("SELECT * FROM bus_resource"
                                                                             " WHERE resource = 'somebody'"):
        raise Broken(f"B10: {rules} {sources}")
    matched = {event: envelope["source"] for event, envelope in events.items() if envelope["source"] in ("child", "plain")}
    if set(read_log(folder)) != ({(event, None) for event in matched} |
                                 {(event, "again") for event, source in matched.items() if source in ARCHIVED}):
        raise Broken(f"B11: {sorted(read_log(folder), key=str)}, {matched}")
    database.close()


if __name__ == "__main__":
    main(check, INVARIANTS)

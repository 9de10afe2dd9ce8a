# SPDX-License-Identifier: GPL-3.0-or-later
"""Crashes an event bus at every failpoint of deleting what is beyond its bounds, starts it again, and looks whether
more is gone than should be, or less.

Usage: crash-retention.py DRIVER [--seeds N] [--every N] [--hits N] [--every-write N]
Prints TAP.
"""

import pathlib
import sqlite3

from crash import Broken, main

KEPT = 4

INVARIANTS = {
    "R1": "the file is sound",
    "R2": "each event within the bounds is there, and had its effect once",
    "R3": "nothing hangs on an event that is gone",
    "R4": "no place in the journal was given twice",
    "R5": "what is beyond the bounds is gone",
}


def check(folder, said):
    """What must hold after everything was done, whatever happened on the way."""
    database = sqlite3.connect(pathlib.Path(folder) / "posture.db")
    ask = lambda sql: database.execute(sql).fetchall()  # noqa: E731
    faults = [row[0] for row in ask("PRAGMA integrity_check")]
    if faults != ["ok"]:
        raise Broken(f"R1: {faults}")
    events = dict(ask("SELECT id, sequence FROM bus_event WHERE envelope LIKE '%\"kept-%'"))
    if len(events) != KEPT or any(event not in events for word, event in said if word == "kept"):
        raise Broken(f"R2: {events}")
    effects = ask("SELECT event, count(*) FROM bus_test_effect WHERE target = 'kept' GROUP BY event")
    if dict(effects) != dict.fromkeys(events, 1):
        raise Broken(f"R2: effects {effects}")
    for table in ("bus_detail", "bus_resource", "bus_key", "bus_delivery", "bus_dead_letter"):
        if ask(f"SELECT count(*) FROM {table} WHERE event NOT IN (SELECT sequence FROM bus_event)")[0][0]:
            raise Broken(f"R3: {table}")
    if ask("SELECT count(*) FROM bus_detail")[0][0] != 1:
        raise Broken("R3: details")
    numbers = {}
    for word, number in said:
        sequence, event = number.split() if word == "number" else (None, None)
        if numbers.setdefault(sequence, event) != event:
            raise Broken(f"R4: {sequence} is {event} and {numbers[sequence]}")
    for event, sequence in events.items():
        if numbers.get(str(sequence), event) != event:
            raise Broken(f"R4: {sequence} is {event} and {numbers[str(sequence)]}")
    for table, number in (("bus_event", KEPT), ("bus_dead_letter", 0), ("bus_replay", 0), ("bus_key", 0)):
        if ask(f"SELECT count(*) FROM {table}")[0][0] != number:
            raise Broken(f"R5: {table} holds {ask(f'SELECT * FROM {table}')}")
    database.close()


if __name__ == "__main__":
    main(check, INVARIANTS)

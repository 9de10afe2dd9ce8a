# SPDX-License-Identifier: GPL-3.0-or-later
"""posturectl patterns: what it says of pairs on standard input, and of rules and events in files."""

import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import Profile, case, run  # noqa: E402

RULES = [
    {"name": "one", "pattern": {"a": [1]}},
    {"name": "twice", "pattern": {"a": [{"numeric": [">", 0]}]}},
    {"name": "as text", "pattern": '{"a": [9], "a": [{"exists": false}]}'},
    {"name": "one", "pattern": {"b": {"c": ["x"]}}},
]
EVENTS = [{"a": 1}, {"a": 2, "b": {"c": "x"}}, {"b.c": "x"}, {}]


def lines(values):
    return "".join(json.dumps(value) + "\n" for value in values)


def pair(name, event, pattern):
    return {"name": name, "event": event, "pattern": pattern}


@case
def check_says_each():
    pairs = [
        pair("yes", '{"a": 1}', '{"a": [1]}'),
        pair("no", '{"a": 2}', '{"a": [1]}'),
        pair("no pattern", '{"a": 2}', '{"a": 1}'),
        pair("no event", '{"a": 2} x', '{"a": [1]}'),
        pair("all are seen", '{"a": 2, "a": 1}', '{"a": [1]}'),
        pair("a\ttab", "{}", '{"a": [{"exists": false}]}'),
    ]
    with Profile() as profile:
        found = profile.run("patterns", "check", text=lines(pairs))
        found.expect(code=0)
        rows = found.out.splitlines()
        assert [row.split("\t")[-1] for row in rows] == ["match", "no-match", "error", "error", "match", "match"], found
        assert [row.count("\t") for row in rows] == [1] * 6, found
        assert rows[0] == "yes\tmatch", found
        profile.assert_empty()


@case
def check_needs_no_last_line_break():
    with Profile() as profile:
        text = "\n" + lines([pair("a", "{}", '{"a": [1]}')]).rstrip("\n")
        found = profile.run("patterns", "check", text=text)
        found.expect(code=0)
        assert found.out == "a\tno-match\n", found
        assert profile.run("patterns", "check", text="").expect(code=0) or True


@case
def check_refuses_other_lines():
    good = lines([pair("a", "{}", '{"a": [1]}')])
    for bad, message in (("[]\n", "line 2: an object"), ("{\n", "line 2: line "),
                         ('{"name": "a", "event": {}, "pattern": "{}"}\n', "line 2: an object")):
        with Profile() as profile:
            found = profile.run("patterns", "check", text=good + bad + good)
            found.expect(code=3, err=[message])
            assert found.out == "a\tno-match\n" * 2, found


@case
def check_passes_over_blank_lines():
    with Profile() as profile:
        text = "\r\n" + lines([pair("a", "{}", '{"a": [1]}')]).replace("\n", "\r\n") + "   \n\r\n"
        found = profile.run("patterns", "check", text=text)
        found.expect(code=0)
        assert found.out == "a\tno-match\n", found


@case
def match_counts():
    with Profile() as profile:
        rules = profile.path("rules.jsonl", lines(RULES))
        events = profile.path("events.jsonl", lines(EVENTS))
        for more in ((), ("--passes", "3")):
            found = profile.run("patterns", "match", "--rules", rules, "--events", events, *more)
            found.expect(code=0)
            rows = [json.loads(row) for row in found.out.splitlines()]
            assert rows[:-1] == [{"name": "one", "count": 1}, {"name": "twice", "count": 2},
                                 {"name": "as text", "count": 2}, {"name": "one", "count": 2}], found
            assert set(rows[-1]) == {"events", "seconds", "events_per_second"}, found
            assert rows[-1]["events"] == 4 and rows[-1]["seconds"] > 0, found
        profile.assert_empty()


@case
def match_sees_what_stands_twice():
    with Profile() as profile:
        rules = profile.path("rules.jsonl", lines(RULES))
        events = profile.path("events.jsonl", '{"a": 5, "z": 0, "a": 1}\n{"b": {"c": 1}, "b.c": "x", "a": 0}')
        found = profile.run("patterns", "match", "--rules", rules, "--events", events)
        found.expect(code=0)
        assert [json.loads(row)["count"] for row in found.out.splitlines()[:-1]] == [1, 1, 0, 1], found


@case
def match_refuses():
    rule = lines(RULES[:1])
    cases = (
        (rule + '{"name": "x", "pattern": {"a": 1}}', "{}", "rules.jsonl: line 2: a: a list or an object"),
        (rule + '{"pattern": {"a": [1]}}', "{}", "rules.jsonl: line 2: an object"),
        (rule, '{}\n\n{"a": 1} {}\n', "events.jsonl: line 3"),
        (rule, "[1]", "events.jsonl: line 1"),
    )
    for rules_text, events_text, message in cases:
        with Profile() as profile:
            rules = profile.path("rules.jsonl", rules_text)
            events = profile.path("events.jsonl", events_text)
            found = profile.run("patterns", "match", "--rules", rules, "--events", events)
            found.expect(code=3, err=[message])
            assert found.out == "", found


@case
def match_needs_its_files():
    with Profile() as profile:
        rules = profile.path("rules.jsonl", lines(RULES))
        profile.run("patterns", "match", "--rules", rules).expect(code=2, err=["--events"])
        profile.run("patterns", "match", "--rules", rules, "--events", f"{rules}x").expect(code=3, err=["rules.jsonlx"])
        profile.run("patterns", "match", "--rules", rules, "--events", os.path.dirname(rules)).expect(
            code=3, err=["not a regular file"])
        profile.run("patterns", "match", "--rules", rules, "--events", rules, "--passes", "0").expect(
            code=2, err=["--passes"])
        profile.run("patterns", "check", "--limit", "3").expect(code=2, err=["--limit"])


run()

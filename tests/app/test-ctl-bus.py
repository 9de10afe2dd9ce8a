# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules, dead letters and putting events."""

import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import Profile, case, run  # noqa: E402

PATTERN = '{"source": ["shop"], "detail": {"total": [{"numeric": [">", 100]}]}}'


def entry(**more):
    return {"Source": "shop", "DetailType": "Order", "Detail": {"total": 120}, **more}


@case
def put_events():
    with Profile() as profile:
        first = profile.path("one.json", json.dumps(entry(Key="k", Resources=["r"], Time="2026-01-02T03:04:05Z")))
        result = profile.json("events", "put", first)
        assert profile.json("events", "put", first) == result  # the same key
        event = profile.json("events", "show", result[0]["EventId"])
        assert (event["source"], event["detail"], event["resources"]) == ("shop", {"total": 120}, ["r"]), event
        assert event["time"] == "2026-01-02T03:04:05.000Z"
        several = profile.path("list.json", json.dumps([entry(Detail='{"a":1}'), entry(Detail="["), {"Source": "x"}]))
        found = profile.run("events", "put", several, "--json").expect(code=3).json
        assert [result.get("ErrorCode") for result in found] == [None, "MalformedDetail", "InvalidArgument"]
        assert len(profile.json("events", "list")) == 2
        profile.run("events", "put", "-", text="[]").expect(code=3, err="Between 1 and 10")
        profile.run("events", "put", "-", text="1").expect(code=3, err="no event")
        profile.run("events", "put", "-", text="{").expect(code=3)
        profile.run("events", "put", "-", text=json.dumps(entry(Time="yesterday"))).expect(code=3, err="Time")
        # what was refused is named, and a guarantee that was asked for is not passed over
        profile.run("events", "put", several).expect(code=3, err=["Event 2 was not put. MalformedDetail",
                                                                  "Event 3 was not put. InvalidArgument"])
        events = len(profile.json("events", "list"))
        for wrong in ({"Key": 5}, {"Group": ["g"]}, {"Time": 1700000000}, {"Resources": "r"}, {"Resources": [1]}):
            profile.run("events", "put", "-", text=json.dumps([entry(), entry(**wrong)])).expect(
                code=3, err=f"event 2: “{next(iter(wrong))}”")
        for unknown in ("key", "group", "Foo"):
            profile.run("events", "put", "-", text=json.dumps(entry(**{unknown: "k"}))).expect(code=3, err=f"“{unknown}”")
        assert len(profile.json("events", "list")) == events
        profile.run("events", "put", "-", text=json.dumps(entry(EventBusName="default", TraceHeader="t"))).expect()
        profile.run("events", "put", "-", text=json.dumps(entry(Source="aws.events"))).expect(
            code=3, err="NotAuthorizedForSourceException")
        profile.run("events", "put", "-", text=json.dumps(entry(Key=None, Resources=None))).expect()


@case
def once():
    """A run sends what is due before it ends, and notes that: the next one does not send it again."""
    with Profile() as profile:
        target = profile.folder.parent / "once.jsonl"
        profile.run("targets", "put", "log", "-", text=json.dumps({"file": str(target)})).expect()
        profile.run("rules", "put", "all", "log", "--pattern", profile.path("p.json", '{"source": ["shop"]}')).expect()
        profile.run("events", "put", "-", text=json.dumps([entry(Detail={"n": n}) for n in range(8)])).expect()
        for _ in range(4):
            lines = [json.loads(line)["detail"]["n"] for line in target.read_text().splitlines()]
            assert lines == list(range(8)), lines
            assert profile.json("doctor")["pending"] == 0


@case
def rules():
    with Profile() as profile:
        managed = [rule["name"] for rule in profile.json("rules", "list")]
        assert managed == ["answer-rule", "report-rule", "review-schedule"]
        profile.run("rules", "disable", "answer-rule").expect(code=1, err="itself needs")
        pattern = profile.path("pattern.json", PATTERN)
        profile.run("rules", "put", "large", "chat", "--pattern", pattern).expect()
        profile.run("rules", "put", "daily", "chat", "--schedule", "cron(0 8 ? * MON-FRI *)").expect()
        profile.run("rules", "list").expect(out=["large  enabled", "→ chat", "cron(0 8 ? * MON-FRI *)", "Next:"])
        assert profile.json("rules", "show", "large")["pattern"] == PATTERN
        for command, state in (("disable", "disabled"), ("enable", "enabled"), ("pause", "paused"),
                               ("resume", "enabled")):
            profile.run("rules", command, "large").expect()
            assert profile.json("rules", "show", "large")["state"] == state
        event = profile.path("event.json", '{"source": "shop", "detail": {"total": 101}}')
        profile.run("rules", "test", "large", event).expect(out="matches")
        assert profile.json("rules", "test", "answer-rule", event) == {"matches": False}
        profile.run("rules", "test", "daily", event).expect(code=3, err="schedule")
        entry = profile.path("entry.json", '{"Source": "shop", "DetailType": "Sale", "Detail": "{}"}')
        profile.run("rules", "test", "large", entry).expect(out="does not match", err="“source”")
        profile.run("rules", "put", "twice", "chat", "bell", "chat", "--pattern", pattern).expect()
        assert profile.json("rules", "show", "twice")["targets"] == ["chat", "bell"]
        profile.run("rules", "remove", "twice").expect()
        profile.run("rules", "put", "bad", "chat", "--pattern", event).expect(code=3)
        profile.run("rules", "put", "bad", "chat", "--schedule", "daily").expect(code=3, err="is no schedule")
        profile.run("rules", "put", "bad name", "chat", "--schedule", "rate(1 day)").expect(code=3, err="is no name")
        profile.run("rules", "put", "bad", "chat").expect(code=2, err="--schedule")
        profile.run("rules", "remove", "large").expect()
        profile.run("rules", "remove", "large").expect(code=4, err="no rule")
        profile.run("rules", "pause", "large").expect(code=4, err="no rule")


@case
def paused_events_wait():
    with Profile() as profile:
        profile.run("rules", "pause", "answer-rule").expect()
        profile.run("rules", "put", "all", "nobody", "--pattern",
                    profile.path("all.json", '{"source": ["shop"]}')).expect()
        profile.run("rules", "pause", "all").expect()
        profile.run("events", "put", profile.path("e.json", json.dumps(entry()))).expect()
        assert profile.json("doctor")["pending"] == 1
        assert profile.json("doctor")["retrying"] == 0
        assert profile.json("doctor")["put"] == profile.json("doctor")["matched"] == 1


@case
def a_rule_and_a_file():
    with Profile() as profile:
        target = profile.path("events.jsonl")
        settings = {"file": str(target), "input": {"InputTransformer": {
            "InputPathsMap": {"total": "$.detail.total"}, "InputTemplate": '{"say": "<total> by <aws.events.rule-name>"}'}}}
        given = profile.path("target.json", json.dumps(settings))
        profile.run("targets", "list").expect(out="No target")
        profile.run("targets", "put", "log", given).expect()
        assert [entry["name"] for entry in profile.json("targets", "list")] == ["log"]
        profile.run("rules", "put", "large", "log", "--pattern", profile.path("pattern.json", PATTERN)).expect()
        put = profile.path("e.json", json.dumps([entry(), entry(Detail={"total": 99})]))
        profile.run("events", "put", put).expect()
        profile.assess()  # runs until its report is there, and so delivers what waits
        assert target.read_text() == '{"say": "120 by large"}\n'
        profile.run("targets", "put", "user-reports", given).expect(code=1, err="itself needs")
        profile.run("targets", "put", "a b", given).expect(code=3, err="is no name")
        for bad in ("[]", "{}", '{"webhook": "http://example.org/"}', '{"file": "relative"}',
                    '{"file": "/x", "input": {"Input": "{"}}'):
            profile.run("targets", "put", "bad", "-", text=bad).expect(code=3)
        # what is spelled otherwise, or of no use, would send more than was meant
        for bad, name in (('{"webhook": "https://x.example/", "secret_header": "A"}', "secret_header"),
                          ('{"webhook": "https://x.example/", "secret-header": 1}', "secret-header"),
                          ('{"webhook": "https://x.example/", "file": "/x"}', "file"),
                          ('{"file": "/x", "secret-header": "A"}', "secret-header"),
                          ('{"file": "/x", "retry": 5}', "retry"),
                          ('{"file": "/x", "retry": {"attempt": 1}}', "attempts")):
            profile.run("targets", "put", "bad", "-", text=bad).expect(code=3, err=f"“{name}”")
        hook = profile.path("hook.json", '{"webhook": "https://x.example/"}')
        profile.run("targets", "put", "bad", hook, profile.path("secret", "s")).expect(code=3, err="secret-header")
        # the desktop program has it
        for name, settings in (("notification", '{"file": "/x"}'), ("bell", '{"notification": {}}'),
                               ("bell", '{"type": "notification"}')):
            profile.run("targets", "put", name, "-", text=settings).expect(code=3, err="desktop program")
        assert [entry["name"] for entry in profile.json("targets", "list")] == ["log"]
        profile.run("targets", "put", "bad", "-", text='{"webhook": "https://x.example/", "secret-header": "Host"}'
                    ).expect(code=3, err="“Host”")
        profile.run("rules", "put", "logged", "log", "--pattern", profile.path("all.json", PATTERN)).expect()
        profile.run("targets", "remove", "log").expect(err="“logged”")
        profile.run("targets", "remove", "log").expect(code=4, err="no target")


@case
def dead_letters():
    with Profile() as profile:
        assert profile.json("dead-letters", "list") == []
        profile.run("dead-letters", "list").expect(out="Nothing was given up")
        bad = entry(Source="posture.security-service.rating", DetailType="ReportEvent", Detail={"report": 1})
        profile.run("events", "put", "-", text=json.dumps(bad)).expect()
        letter, = profile.json("dead-letters", "list")
        assert (letter["rule"], letter["target"], letter["attempts"]) == ("report-rule", "user-reports", 1)
        assert letter["reason"] and letter["event"]["detail"] == {"report": 1}
        number = str(letter["id"])
        assert profile.json("dead-letters", "show", number) == letter
        profile.run("dead-letters", "show", number).expect(out=["tried 1 time", letter["event"]["id"]])
        profile.run("dead-letters", "retry", number).expect()
        again, = profile.json("dead-letters", "list")
        assert again["id"] > letter["id"]
        profile.run("dead-letters", "purge", number).expect(code=4, err="no dead letter")
        profile.run("dead-letters", "show", "x").expect(code=2, err="no number")
        profile.run("dead-letters", "purge").expect()
        assert profile.json("dead-letters", "list") == []


@case
def archive():
    with Profile() as profile:
        assert profile.json("archive", "show") == {"enabled": False, "events": 0, "maxAgeDays": 0, "maxSize": 64 << 20,
                                                   "size": 0}
        profile.run("archive", "show").expect(out=["is off", "0 events", "64.0", "no room"])
        pattern = profile.path("pattern.json", PATTERN)
        profile.run("archive", "set", "matching", "--pattern", pattern, "--max-age", "90", "--max-size", "1").expect()
        profile.run("events", "put", "-", text=json.dumps([entry(), entry(Detail={"total": 1})])).expect()
        shown = profile.json("archive", "show")
        assert (shown["enabled"], shown["events"], shown["maxAgeDays"], shown["maxSize"]) == (True, 1, 90, 1 << 20)
        assert shown["pattern"] == PATTERN and shown["size"] > 100 and shown["oldest"].endswith("Z")
        profile.run("archive", "show").expect(out=["match", "1 event,", "oldest", "90 days"])
        profile.run("archive", "set", "all").expect()
        assert profile.json("archive", "show")["maxAgeDays"] == 90  # what is not given stays
        profile.run("archive", "show").expect(out="Every event")
        profile.run("archive", "set", "off").expect()
        assert profile.json("archive", "show")["events"] == 1
        profile.run("archive", "set", "some").expect(code=2, err="matching")
        profile.run("archive", "set", "matching").expect(code=2, err="--pattern")
        profile.run("archive", "set", "all", "--pattern", pattern).expect(code=2, err="--pattern")
        profile.run("archive", "set", "all", "--max-age", "-1").expect(code=2, err="--max-age")
        profile.run("archive", "set", "all", "--max-size", "1025").expect(code=2, err="--max-size")
        profile.run("archive", "set", "matching", "--pattern", profile.path("bad.json", "{")).expect(code=3)


@case
def replay():
    with Profile() as profile:
        profile.run("replay", "list").expect(out="Nothing was replayed")
        profile.run("archive", "set", "all").expect()
        report = profile.assess()
        put = profile.path("e.json", json.dumps(entry()))
        profile.run("events", "put", put).expect()
        lines = profile.path("lines.jsonl")
        profile.run("targets", "put", "log", "-", text=json.dumps({"file": str(lines)})).expect()
        profile.run("rules", "put", "large", "log", "--pattern", profile.path("pattern.json", PATTERN)).expect()
        # also a rule that names a target of the program
        profile.run("rules", "put", "rate", "security-rating", "--pattern", "-",
                    text='{"detail-type": ["AnswerEvent"]}').expect()
        profile.run("replay", "start", "again", "--from", "2020-01-01", "--until", "2999-01-01T00:00:00Z").expect(
            out="replay list")
        profile.run("rules", "remove", "rate").expect()
        before = len(profile.json("events", "list"))
        profile.assess()  # runs until its report is there, and so delivers what waits
        state, = profile.json("replay", "list")
        assert (state["name"], state["events"], state["deliveries"], state["rules"]) == ("again", 3, 1, []), state
        assert [json.loads(line)["replay-name"] for line in lines.read_text().splitlines()] == ["again"]
        assert len(profile.json("events", "list")) == before + 2
        reports = profile.json("reports", "list")
        assert len({entry["revision"] for entry in reports}) == len(reports) == 2, (report, reports)
        profile.run("replay", "list").expect(out=["again", "all rules", "3 of 3 events", "1 delivery"])
        profile.run("replay", "start", "again").expect(code=3, err="another name")
        profile.run("replay", "start", "more", "none").expect(code=4, err="no rule")
        profile.run("replay", "start", "more", "answer-rule").expect(code=1, err="itself needs")
        profile.run("replay", "start", "more", "--from", "yesterday").expect(code=2, err="--from")
        profile.run("replay", "start", "more", "--from", "2026-01-01", "--until", "2026-01-01").expect(code=3)
        profile.run("replay", "cancel", "none").expect(code=4, err="is running")


run()

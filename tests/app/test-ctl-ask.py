# SPDX-License-Identifier: GPL-3.0-or-later
"""Answering in the terminal."""

import json
import os
import signal
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import ANSWERS, Profile, Terminal, case, run  # noqa: E402

# what a person types for each kind of question of the trial questionnaire
ALL = "y\n2 3\n4\n12.5\nMimi\n2020-02-29\n"
FULL = {"pets": True, "which": ["cat", "dog"], "care": 4, "count": 12.5, "words": "Mimi", "day": "2020-02-29"}


def stored(profile, index=0):
    ids = [item["id"] for item in profile.json("assessments", "list")]
    return profile.json("assessments", "show", ids[index])["answers"]


@case
def whole_job_on_a_terminal():
    with Profile(trial=True) as profile:
        terminal = Terminal(profile, "assess", "trial", "--subject", "Farm")
        assert "Question 1 of 5 · First part" in terminal.wait_for("> ")
        assert "Why it matters: Pets are good." in terminal.say("?")
        assert "Please type y for yes" in terminal.say("maybe")
        assert "Question 2 of 6" in terminal.say("y"), "the hidden question does not show up"
        found = terminal.say("1,2")
        assert "cannot be chosen beside another" in found, found
        assert "from 1 to 3" in terminal.say("4")
        assert "Question 3 of 6" in terminal.say("2,3")
        terminal.say("6")
        assert "Question 4 of 6 · Second part" in terminal.say("u")
        assert "such as 12 or 2.5" in terminal.say("12,5")
        assert "101" not in terminal.say("101").split("\n")[-2]
        terminal.say("n/a", then="Why does it not apply? ")
        assert "Question 5 of 6" in terminal.say("nobody counts")
        assert "Question 4 of 6" in terminal.say("b")
        assert "So far: not applicable: nobody counts" in terminal.text
        terminal.say("note counted by hand")
        terminal.say("13")
        assert "Question 6 of 6" in terminal.say("= q")
        assert "YYYY-MM-DD" in terminal.say("2021-02-29")
        assert "Every question is answered." in terminal.say("2020-02-29", then="leave) ")
        # without pets the question about them is hidden, and its answer kept
        os.write(terminal.fd, b"b\n")
        for _ in range(5):
            terminal.wait_for("> ")
            os.write(terminal.fd, b"b\n")
        assert "Question 1 of 6" in terminal.wait_for("> ")
        terminal.say("n", then="leave) ")
        assert len(stored(profile)) == 6
        report = terminal.say("y", then="What to fix first") + terminal.finish()
        assert "Farm" in report and "Score:" in report and "Get one." in report, report
        answers = stored(profile)
        assert answers["count"] == {"value": 13, "note": "counted by hand"}, answers
        assert answers["care"] == {"unknown": True} and answers["words"] == "q"
        [report] = profile.json("reports", "list")
        shown = profile.json("reports", "show", report["id"])
        assert shown["coverage"] == {"answered": 4, "unknown": 1, "not_applicable": 0, "unanswered": 0}
        assert "which" not in [entry["question"] for entry in shown["explanation"]]
        assert shown["score"]["value"] is None and shown["score"]["worst"] < shown["score"]["best"]


@case
def repeated_sections():
    with Profile(trial=True) as profile:
        terminal = Terminal(profile, "assess", "shops")
        assert "Which shops do you have?" in terminal.wait_for("> ")
        assert "must be answered" in terminal.say("s")
        assert "names with commas" in terminal.say(" , ")
        found = terminal.say("At the harbour, Main station")
        assert "Question 2 of 5 · Shop · At the harbour" in found, found
        terminal.say("3")
        found = terminal.say("y")
        assert "Inside · At the harbour" in found and "Please add a note: When was the last one" in found, found
        assert "Shop · Main station" in terminal.say("2")
        terminal.say("1")
        assert "Tip: Begin by counting the keys." in terminal.say("b")
        terminal.say("")
        found = terminal.say("n", then="leave) ")
        assert "Without the note that is asked for" in found and "backup  At the harbour: Is the server" in found, found
        for _ in range(5):
            os.write(terminal.fd, b"b\n")
            terminal.wait_for("> ")
        found = terminal.say("b")
        assert "So far: At the harbour, Main station" in found, found
        # another name keeps the answers, another shop is asked about
        found = terminal.say("main-station = The station, At the harbour, Airport")
        assert "Shop · Airport" in found, found
        terminal.say("0")
        terminal.say("n", then="leave) ")
        report = terminal.say("y", then="Nothing is left to fix") + terminal.finish()
        assert "Shop · The station" in report and "no score" in report, report
        answers = stored(profile)
        assert answers["shops"] == {"value": ["at-the-harbour", "main-station", "airport"], "names": {
            "at-the-harbour": "At the harbour", "main-station": "The station", "airport": "Airport"}}, answers
        assert answers["doors@airport"] == 0 and answers["doors@main-station"] == 1, answers
        [report] = profile.json("reports", "list")
        shown = profile.json("reports", "show", report["id"])
        section = shown["sections"][1]
        assert [part["instance"] for part in section["sections"]] == ["at-the-harbour", "main-station", "airport"]
        # names are in no event, and so in no report
        assert "The station" not in json.dumps(shown)
        assert "The station" not in json.dumps(profile.json("events", "list"))


@case
def repeated_from_a_file():
    with Profile(trial=True) as profile:
        answers = {"shops": {"value": ["a", "b"], "names": {"a": "Able"}}, "doors@a": {"value": 1, "target": 3},
                   "doors@b": {"value": 0, "target": 3}, "doors@c": 4, "server@a": False, "server@b": False}
        path = profile.path("shops.json", json.dumps({"questionnaire": "shops", "answers": answers}))
        rated = profile.json("rate", "shops", "--answers", path)
        assert [(it["instance"], it["recommendation"], it["effort"], it["impact"]) for it in rated["findings"]] == [
            ("b", "lock", "low", "high"), ("a", "list", "low", "medium")], rated["findings"]
        assert rated["sections"][1]["profile"]["current"]["value"] == 0.5
        shown = profile.run("rate", "shops", "--answers", path).expect(
            out=["Shop · Able", "Have a lock fitted this week.", "doors · Able"])
        assert "doors · b" in shown.out
        profile.run("assess", "shops", "--answers", path).expect(out="Write down who locks up when.")
        assert stored(profile) == answers


@case
def leave_and_resume():
    with Profile(trial=True) as profile:
        profile.run("assess", "trial", text="y\n2\nq\n").expect(out=["Question 3 of 6", "Your answers are stored",
                                                                       "posturectl assess trial"])
        assert stored(profile) == {"pets": True, "which": ["cat"]}
        found = profile.run("assess", "trial", text="").expect(out=["Going on with “Trial”, where 2 answers",
                                                                     "Question 3 of 6"])
        assert "Question 1 of" not in found.out
        # another subject is another assessment; the same one goes on
        profile.run("assess", "trial", "--subject", "Barn", text="n\nq\n").expect(
            out=["Question 1 of 5", "--subject 'Barn'"])
        assert len(profile.json("assessments", "list")) == 2
        profile.run("assess", "trial", "--subject", "Barn", text="q\n").expect(out="Question 2 of 5")
        # the end of the input at the very end leaves, too
        profile.run("assess", "trial", "--subject", "Trial", text="4\n12.5\nMimi\n2020-02-29").expect(
            out=["Submit now?", "Your answers are stored"])
        assert profile.json("reports", "list") == []
        profile.run("assess", "trial", "--subject", "Trial", text="y\n").expect(out=["Every question is answered",
                                                                                      "Score: "])
        assert len(profile.json("reports", "list")) == 1
        # a submitted one is not a draft, until it is changed
        profile.run("assess", "trial", "--subject", "Trial", text="q\n").expect(
            out=["Question 1 of 5", "nothing is stored"])
        assert len(profile.json("assessments", "list")) == 2


@case
def changed_after_submission():
    with Profile(trial=True) as profile:
        profile.run("assess", "trial", text=ALL + "q\n").expect(out="Submit now?")
        assert stored(profile) == FULL
        [item] = profile.json("assessments", "list")
        for revision in (1, 2, 3):
            # somebody submits while the answers are still open elsewhere, where one is changed
            terminal = Terminal(profile, "assess", "trial")
            assert "Going on with" in terminal.wait_for("leave) ")
            profile.run("assessments", "submit", item["id"]).expect(out="Score: ")
            shown = profile.json("assessments", "show", item["id"])
            assert shown["revision_number"] == revision, shown
            # what is submitted as it is, is no draft: a new one would begin
            profile.run("assess", "trial", text="").expect(out=["Question 1 of 5", "nothing is stored"])
            terminal.say("b")
            terminal.say("b")
            terminal.say(f"Name {revision}", then="leave) ")
            terminal.say("q", then="Your answers are stored")
            terminal.finish()
            # a note alone makes no draft, another answer does
            profile.run("assess", "trial", text="").expect(out="Going on with")
        # a copy is a draft, too, and the newest
        copy = profile.json("assessments", "duplicate", item["id"])
        profile.run("assess", "trial", text="y\n").expect(out=["Going on with “Trial (copy)”", "Score: "])
        assert profile.json("assessments", "show", copy["id"])["revision_number"] == 1


@case
def open_questions_at_the_end():
    with Profile(trial=True) as profile:
        found = profile.run("assess", "trial", text="y\ns\nu\ns\ns\ns\no\n2\nq\n").expect(
            out=["Still open", "which  Which pets?", "count  How many?", "the report then shows a range"])
        assert found.out.rindex("Question 4 of 6") > found.out.index("Still open")
        found = profile.run("assess", "trial", text="s\ns\ns\ny\n").expect(
            out=["Score: ", "It is a range", "not answered", "answered “I don’t"])
        assert stored(profile) == {"pets": True, "which": ["cat"], "care": {"unknown": True}}
        # nothing but skipping stores nothing
        profile.run("assess", "trial", "--subject", "Other", text="s\ns\ns\ns\ns\n").expect(out="nothing is stored")
        assert len(profile.json("assessments", "list")) == 1


@case
def odd_lines():
    with Profile(trial=True) as profile:
        lines = b"\n" + b"x" * 50000 + b"\n" + b"\xff\xfe\n" + b"y\0\n" + b"note " + b"n" * 9000 + b"\n" \
            + b"note \x1b[31mred\n" + b"Y\r\n" + b"b\n" + b"b\n" + b"note\n" + b"\n" + b"s\n1 dog\nq\n"
        found = profile.run("assess", "trial", text=lines).expect(
            out=["longer than can be used", "no text in UTF-8", "at most 8192 bytes", "stored with the answer",
                 "Note: \N{REPLACEMENT CHARACTER}[31mred", "This is the first question", "The note is gone",
                 "Return keeps that"])
        assert "\x1b" not in found.out and found.out.count("no text in UTF-8") == 2
        assert stored(profile) == {"pets": True}, stored(profile)
        assert profile.run("assess", "trial", text=b"x" * 40000).expect().out.count("longer than") == 1


@case
def marks_that_name_no_option():
    with Profile() as profile:
        found = profile.run("assess", "essentials", text=",\n;\nq\n").expect()
        assert found.out.count("Please type one number from 1 to") == 2, found


@case
def notes():
    with Profile(trial=True) as profile:
        profile.run("assess", "trial", text="note before\nyes\nb\n\nb\nno\nb\nnote after\n\nn/a none here\nq\n").expect(
            out=["Note: before", "The note is stored"])
        assert stored(profile) == {"pets": {"value": False, "note": "after"},
                                   "care": {"not_applicable": "none here"}}, stored(profile)


@case
def json_while_asking():
    with Profile(trial=True) as profile:
        found = profile.run("assess", "trial", "--json", text="y\nq\n").expect(err="Question 2 of 6")
        assert found.json["submitted"] is False
        assert found.json["assessment"] == profile.json("assessments", "list")[0]["id"]
        found = profile.run("assess", "trial", "--json", text="s\ns\ns\ns\ns\ny\n").expect(err="Still open")
        assert found.json["questionnaire"]["id"] == "trial"
        assert found.json == profile.json("reports", "show", found.json["id"])


@case
def languages():
    with Profile(trial=True, LANGUAGE="de_AT:en") as profile:
        profile.run("assess", "trial", text="y\nq\n").expect(out=["Gibt es Haustiere?", "Which pets?", "Probe"])
        profile.run("assess", "trial", "--language", "en", text="q\n").expect(out="Which pets?")
        profile.run("questionnaires", "show", "trial", "--language", "en").expect(out="Are there pets?")
    with Profile(trial=True) as profile:
        found = profile.run("questionnaires", "show", "trial", "--language", "fr").expect(
            out="Are there pets?", err="shown in English")
        assert found.err.count("shown in English") == 1
    with Profile(LANGUAGE="de") as profile:
        found = profile.run("rate", "essentials", "--answers", ANSWERS).expect(out="Das Wichtigste zur Sicherheit")
        # the same report in any language
        german = profile.run("rate", "essentials", "--answers", ANSWERS, "--json").expect().out
        english = profile.run("rate", "essentials", "--answers", ANSWERS, "--json", "--language", "en").expect().out
        assert german == english


@case
def interrupted():
    with Profile(trial=True) as profile:
        terminal = Terminal(profile, "assess", "trial")
        terminal.wait_for("> ")
        terminal.say("y")
        os.write(terminal.fd, b"\x03")  # Ctrl-C
        assert "Your answers are stored" in terminal.finish(130)
        assert stored(profile) == {"pets": True}
        assert profile.json("doctor")["unclean_stop"] is False
        # killed outright: what was acknowledged is there
        terminal = Terminal(profile, "assess", "trial")
        terminal.wait_for("> ")
        terminal.say("1 2")
        terminal.say("2 3")
        os.kill(terminal.pid, signal.SIGKILL)
        terminal.finish(-signal.SIGKILL)
        assert stored(profile) == {"pets": True, "which": ["cat", "dog"]}


@case
def terminal_width_and_bold():
    with Profile() as profile:
        terminal = Terminal(profile, "assess", "essentials")
        assert "\x1b[1m" in terminal.wait_for("> ")
        os.write(terminal.fd, b"\x04")  # the end of the input
        terminal.finish()
        profile.environment["NO_COLOR"] = "1"
        terminal = Terminal(profile, "reports", "list")
        assert "\x1b" not in terminal.finish()
        found = profile.run("questionnaires", "show", "essentials").expect()
        assert max(len(line) for line in found.out.splitlines()) <= 80
        assert json.loads(profile.run("reports", "list", "--json").expect().out) == []


run()

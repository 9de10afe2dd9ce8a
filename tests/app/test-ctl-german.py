# SPDX-License-Identifier: GPL-3.0-or-later
"""The program in German, from the build folder."""

import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import ANSWERS, Profile, Terminal, case, run  # noqa: E402


def german(**more):
    return Profile(LANGUAGE="de", LC_ALL="de_DE.UTF-8", **more)


@case
def helps_in_german():
    with german() as profile:
        profile.run("--help").expect(out=["Aufruf: posturectl BEFEHL", "Die Fragebögen auflisten"])
        profile.run("nothing").expect(2, err="Es gibt keinen Befehl „nothing“")


@case
def counts_in_german():
    with german() as profile:
        one = profile.path("one.json", json.dumps(
            {"questionnaire": "essentials", "answers": {"1.A": "nobody"}}))
        profile.run("assess", "essentials", "--answers", one, "--subject", "Eins").expect(out="Ergebnis: ")
        profile.run("assess", "essentials", "--answers", ANSWERS, "--subject", "Alle").expect(
            out=["Was zuerst zu tun ist", "Nach Abschnitten", "Frage"])
        out = profile.run("assessments", "list").expect().out
        assert "1 Antwort ·" in out and " Antworten ·" in out and "einmal abgegeben" in out, out


@case
def what_programs_read_is_not_translated():
    with german() as profile, Profile() as english:
        reports = [one.assess("--subject", "X") for one in (profile, english)]
        for report in reports:
            for name in ("id", "assessment", "revision", "submitted"):
                del report[name]
        assert reports[0] == reports[1]


@case
def understands_ja():
    with german(trial=True) as profile:
        terminal = Terminal(profile, "assess", "trial", "--subject", "Hof")
        terminal.wait_for("> ")
        assert "Bitte geben Sie j für ja oder n für nein ein." in terminal.say("vielleicht")
        assert "Frage 2 von 6" in terminal.say("j")
        assert "Frage 1 von 6" in terminal.say("b")
        assert "Frage 2 von 6" in terminal.say("Ja")
        terminal.say("b")
        for _ in range(3):
            terminal.say("nein" if "Frage 1 von" in terminal.text[-400:] else "s", then="")
        terminal.say("q", then="")
        terminal.finish()


@case
def quotes_sections_in_german():
    with german() as profile:
        nested = profile.path("nested.json", json.dumps(
            {"format": 1, "id": "nested", "version": "1.0.0", "method": {"id": "profile"},
             "sections": [{"id": "us"}, {"id": "shop", "for_each": "shops"}],
             "questions": [{"id": "shops", "section": "us", "kind": "instances"}]}))
        profile.run("questionnaires", "check", nested).expect(
            3, err="sections: „shop“ wird wiederholt und hat keine Fragen")


run()

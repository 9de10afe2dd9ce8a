# SPDX-License-Identifier: GPL-3.0-or-later
"""What a report is made of, what changed, what would be, and how to get on."""

import hashlib
import json
import os
import re
import sqlite3
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import ANSWERS, ROOT, Profile, Terminal, case, run  # noqa: E402

UNKNOWN = ROOT / "data" / "examples" / "essentials-unknown.json"


@case
def what_if_is_what_is():
    """What is foretold comes true once the answers are changed."""
    with Profile() as profile:
        report = profile.assess()
        changed = json.loads(ANSWERS.read_text(encoding="utf-8"))
        changed["answers"]["1.A"] = "nobody"
        changed["answers"]["1.B"] = {"unknown": True}
        told = profile.json("what-if", report["assessment"], "--set", "1.A=nobody", "--set", "1.B=?")
        after = told["report"]
        assert told["change"]["before"]["score"] == report["score"] and after["score"]["value"] is None
        assert {item["question"] for item in told["change"]["answers"]} == {"1.A", "1.B"}
        assert len(profile.json("reports", "list")) == 1, "nothing is stored"
        assert profile.json("assessments", "show", report["assessment"])["answers"]["1.A"] != "nobody"
        path = profile.path("changed.json", json.dumps(changed))
        real = profile.json("assess", "essentials", "--answers", path)
        for name in ("score", "level", "sections", "findings", "explanation", "coverage"):
            assert real[name] == after[name], name
        profile.run("what-if", report["assessment"], "--set", "1.A=nobody").expect(
            out=["Before: ", "Now: ", "Sections", "Answers", "1.A", "→"])


@case
def what_if_refuses():
    with Profile() as profile:
        report = profile.assess()
        profile.run("what-if", report["assessment"]).expect(code=2, err="--set")
        profile.run("what-if", report["assessment"], "--set", "1.A").expect(code=2, err="KEY=VALUE")
        profile.run("what-if", report["assessment"], "--set", "9.Z=1").expect(code=3, err="9.Z")
        profile.run("what-if", report["assessment"], "--set", "1.A=sometimes").expect(code=3, err="1.A")
        for nothing in ("1.A=", "1.A=,", "2.A=;"):
            profile.run("what-if", report["assessment"], "--set", nothing).expect(code=3, err="Please type")
        profile.run("what-if", "0000", "--set", "1.A=nobody").expect(code=4, err="no assessment")


@case
def compare():
    with Profile() as profile:
        first = profile.assess("--subject", "Office")
        profile.run("reports", "compare", first["id"]).expect(code=4, err="no report before")
        second = profile.json("assess", "essentials", "--answers", UNKNOWN, "--subject", "Office")
        found = profile.json("reports", "compare", second["id"], first["id"])
        assert found["before"]["id"] == first["id"] and found["after"]["id"] == second["id"]
        assert found["same_scale"] and found["same_questionnaire"] and found["answers"] and found["sections"]
        keys = {item["question"] for item in first["findings"]}, {item["question"] for item in second["findings"]}
        assert {item["question"] for item in found["findings_new"]} == keys[1] - keys[0]
        assert {item["question"] for item in found["findings_gone"]} == keys[0] - keys[1]
        profile.run("reports", "compare", second["id"], first["id"]).expect(out=["Before: ", "New findings"])
        profile.run("reports", "compare", first["id"], first["id"]).expect(out="Nothing changed.")


@case
def explain():
    with Profile() as profile:
        report = profile.assess()
        found = profile.json("reports", "explain", report["id"])

        def leaves(node):
            return [node] if "explanation" in node else [leaf for child in node["children"] for leaf in leaves(child)]
        questions = leaves(found["whole"])
        assert [leaf["explanation"] for leaf in questions] and len(questions) == len(report["explanation"])
        assert sum(leaf["worst"] for leaf in questions) == found["whole"]["worst"]
        assert round(1000 * found["whole"]["worst"] / found["whole"]["reachable"]) == 10 * report["score"]["value"]
        assert all(leaf["answered"] <= report["submitted"] and leaf["references"] for leaf in questions)
        profile.run("reports", "explain", report["id"]).expect(out=["Score: ", "points", "Rule: what the"])
        unknown = profile.json("assess", "essentials", "--answers", UNKNOWN)
        told = profile.run("reports", "explain", unknown["id"]).expect(out=["answered “I don’t know”", "not answered"]).out
        assert "unanswered" not in told and "not-applicable" not in told
        # a level is told with its words
        assert "of 9 points · 2: " in told, told


@case
def next_level():
    with Profile() as profile:
        report = profile.json("assess", "essentials", "--answers", UNKNOWN)
        found = profile.json("reports", "next-level", report["id"])
        assert found["found"] and found["exact"] and found["steps"] and found["score"]["worst"] >= found["goal"]
        # doing so is enough, and leaving the first step out is not
        sets = [f"{step['question']}={json.dumps(step['answer'])}" for step in found["steps"]]
        arguments = [word for item in sets for word in ("--set", item)]
        told = profile.json("what-if", report["assessment"], *arguments)
        assert told["report"]["score"] == found["score"]
        told = profile.json("what-if", report["assessment"], *arguments[2:], "--set", "1.A=?")
        assert told["report"]["score"]["worst"] < found["goal"]
        profile.run("reports", "next-level", report["id"]).expect(out=["Next: ", "cheapest way", "Then: "])
        profile.run("reports", "next-level", report["id"], "--goal", "0").expect(out="It is reached.")
        profile.run("reports", "next-level", report["id"], "--goal", "101").expect(code=2, err="--goal")
        assert profile.json("reports", "next-level", report["id"], "--goal", "100")["found"]


@case
def verify():
    with Profile() as profile:
        assert profile.json("reports", "verify") == []
        report = profile.assess()
        profile.assess("--subject", "Another")
        assert [item["same"] for item in profile.json("reports", "verify")] == [True, True]
        assert profile.json("reports", "verify", report["id"])[0]["id"] == report["id"]
        path = profile.path("report.json")
        profile.run("reports", "bundle", report["id"], "-o", path).expect(out="verifies it")
        with Profile() as other:
            assert other.json("reports", "verify", "--file", path) == report
            assert not other.folder.exists(), "no profile is needed"
        for old, new in ((b'"submitted":"2', b'"submitted":"3'), (b'"in-place"', b'"in-plane"'), (b'"format"', b'"form"')):
            changed = profile.path("changed.json", path.read_bytes().replace(old, new, 1))
            profile.run("reports", "verify", "--file", changed).expect(code=3, err="changed.json")
        # neither a file that was sealed by somebody who means harm nor its name says what a terminal obeys
        bundle = json.loads(path.read_bytes())
        bundle["revision"]["submitted"] = bundle["report"]["submitted"] = "\x1b]0;x\x07\u202e2026"
        del bundle["digest"]
        sealed = json.dumps(bundle, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        digest = hashlib.sha256(sealed.encode()).hexdigest()
        evil = profile.path("evil\x1b[31m.json", sealed.replace("{", f'{{"digest":"{digest}",', 1))
        told = [profile.run("reports", "verify", "--file", evil).expect(code=3, err="must be a time").err]
        evil.write_bytes(path.read_bytes())
        told.append(profile.run("reports", "verify", "--file", evil).expect(out="byte for byte").out)
        told.append(profile.run("reports", "bundle", report["id"], "-o", evil).expect(out="verifies it").out)
        assert not any(sign in "".join(told) for sign in "\x1b\x07\u202e"), told
        profile.run("reports", "bundle", report["id"]).expect(code=2, err="--output")
        # what is no plain file is left alone
        pipe = profile.path("pipe")
        os.mkfifo(pipe)
        profile.run("reports", "bundle", report["id"], "-o", pipe).expect(code=1, err="no file that could be replaced")
        assert pipe.is_fifo()
        # nor is anything written over the profile
        own = profile.folder / "posture.db"
        for command in (("bundle",), ("export", "--format", "csv")):
            profile.run("reports", command[0], report["id"], *command[1:], "-o", own).expect(code=2, err="own data")
        assert profile.json("reports", "list")
        with sqlite3.connect(profile.folder / "posture.db") as database:
            database.execute("UPDATE user_report SET report = replace(report, '\"rank\":1,', '\"rank\":7,') WHERE id = ?",
                             (report["id"],))
        found = profile.run("reports", "verify", "--json").expect(code=1).json
        assert sorted(item["same"] for item in found) == [False, True]
        profile.run("reports", "verify").expect(code=1, out=[report["id"][:12], "was changed"])


@case
def plan():
    with Profile() as profile:
        report = profile.json("assess", "essentials", "--answers", UNKNOWN)
        assessment = report["assessment"]
        assert profile.json("plan", "list") == []
        [item] = profile.json("plan", "set", assessment, "3.A", "--owner", "Jo", "--due", "2026-12-24")
        assert item == {"assessment": assessment, "question": "3.A", "owner": "Jo", "due": "2026-12-24", "done": False}
        [item] = profile.json("plan", "set", assessment, "3.A", "--due", "-")
        assert item["owner"] == "Jo" and item["due"] is None
        profile.run("plan", "done", assessment, "3.A").expect(out=["done", "--answer", "submit"])
        before = profile.json("assessments", "show", assessment)["answers"]["3.A"]
        assert before != "in-place"
        [item] = profile.json("plan", "done", assessment, "3.A", "--answer")
        assert item["done"] and profile.json("assessments", "show", assessment)["answers"]["3.A"] == "in-place"
        assert not profile.json("plan", "set", assessment, "3.A", "--undo")[0]["done"]
        profile.run("plan", "set", assessment, "3.A", "--due", "soon").expect(code=3, err="2026-11-23")
        profile.run("plan", "set", assessment, "9.Z", "--owner", "Jo").expect(code=3, err="9.Z")
        assert profile.json("plan", "set", assessment, "3.A", "--owner", "-") == []
        profile.run("plan", "list").expect(out="Nothing is planned")


@case
def backup():
    with Profile() as profile:
        report = profile.assess()
        plain, secret = profile.path("plain"), profile.path("secret")
        words = profile.path("words", "correct horse\n")
        assert profile.json("backup", "create", plain)["passphrase"] is False
        assert profile.json("backup", "create", secret, "--passphrase-file", words)["passphrase"] is True
        profile.run("assessments", "delete", report["assessment"]).expect()
        profile.run("backup", "check", plain).expect(out="whole")
        profile.run("backup", "check", secret).expect(code=3, err="passphrase")
        profile.run("backup", "check", secret, "--passphrase-file", "-", text="wrong\n").expect(code=3, err="another one")
        profile.run("backup", "check", words).expect(code=3, err="no backup")
        profile.run("backup", "check", profile.path("missing")).expect(code=1, err="missing")
        cut = profile.path("cut", plain.read_bytes()[:-1])
        profile.run("backup", "restore", cut).expect(code=3, err="cut off")
        assert profile.json("reports", "list") == []
        follower = profile.start("events", "follow")
        try:
            while not (profile.folder / "posture.db-wal").exists():
                pass
            profile.run("backup", "restore", plain).expect(code=5, err="open")
        finally:
            follower.kill()
            follower.communicate()
        profile.run("backup", "restore", secret, "--passphrase-file", words).expect(out="in the place")
        assert profile.json("reports", "show", report["id"]) == report
        profile.run("doctor").expect()
        with Profile() as other:
            other.run("backup", "create", other.path("none")).expect(code=5, err="no data")
            other.run("backup", "restore", plain).expect()
            assert other.json("reports", "show", report["id"]) == report


@case
def long_work_is_shown_on_a_terminal():
    with Profile() as profile:
        report = profile.assess()["id"]
        plain, page = str(profile.path("plain")), str(profile.path("page"))
        for arguments, end in ((("backup", "create", plain), "read back"), (("backup", "check", plain), "whole"),
                               (("backup", "restore", plain), "in the place"),
                               (("reports", "export", report, "--format", "pdf", "-o", page), "report is in")):
            found = Terminal(profile, *arguments).finish()
            told = [int(part) for part in re.findall(r"\r *(\d+) %", found)]
            assert told and told == sorted(told) and told[-1] == 100, found
            assert "\r     \r" in found and end in found.rsplit("\r", 1)[1], found
            # nothing of it in what a program reads
            assert profile.run(*arguments).expect().err == ""


if __name__ == "__main__":
    run()

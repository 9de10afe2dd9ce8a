# SPDX-License-Identifier: GPL-3.0-or-later
"""What a report is made of, what changed, what would be, and how to get on."""

import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import ANSWERS, ROOT, Profile, case, run  # noqa: E402

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


if __name__ == "__main__":
    run()

# SPDX-License-Identifier: GPL-3.0-or-later
"""Every command and option with its exit codes and its JSON."""

import json
import os
import re
import sqlite3
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import ANSWERS, ROOT, TRIAL, Profile, case, run  # noqa: E402

UNKNOWN = ROOT / "data" / "examples" / "essentials-unknown.json"
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
DIGEST = re.compile(r"[0-9a-f]{64}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
REPORT = {"id", "assessment", "revision", "questionnaire", "method", "submitted", "score", "level", "sections",
          "coverage", "findings", "explanation"}
SCORE = {"value", "worst", "best", "min", "max", "reason"}


def canonical(text):
    """RFC 8785 for what reports hold: sorted names, no white space, no escapes that are not needed."""
    value = json.loads(text)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"


@case
def whole_job_by_file():
    with Profile() as profile:
        found = profile.run("assess", "essentials", "--answers", ANSWERS, "--subject", "Head office").expect(
            out=["Head office", "Score: ", "of 100", "Level: ", "By section", "What to fix first", "→ ",
                 "Questions: 33 answered, 0 “I don’t know”, 1 not applicable, 0 not answered."])
        report_id = re.search(r"Report ([0-9a-f]{12})", found.out).group(1)
        [listed] = profile.json("reports", "list")
        assert set(listed) >= {"id", "assessment", "questionnaire", "submitted", "score"}
        assert set(listed["score"]) == SCORE and DIGEST.fullmatch(listed["id"]) and listed["name"] == "Head office"
        assert UUID.fullmatch(listed["assessment"]) and MOMENT.fullmatch(listed["submitted"])
        assert listed["questionnaire"] == "essentials" and listed["id"].startswith(report_id)

        shown = profile.json("reports", "show", report_id)
        assert set(shown) == REPORT and shown["id"] == listed["id"] and shown["score"] == listed["score"]
        assert shown["submitted"] == listed["submitted"] and shown["assessment"] == listed["assessment"]
        assert [finding["rank"] for finding in shown["findings"]] == list(range(1, len(shown["findings"]) + 1))
        found = profile.run("reports", "show", report_id).expect(out="Head office")
        assert found.out.count("→ ") == len(shown["findings"]), "all findings are told"

        rated = profile.run("rate", "essentials", "--answers", ANSWERS, "--json").expect()
        assert rated.out == canonical(rated.out)
        rated = rated.json
        for name in REPORT - {"id", "assessment", "revision", "submitted"}:
            assert rated[name] == shown[name], name
        assert rated["assessment"] == "00000000-0000-0000-0000-000000000000"
        assert rated["submitted"] == "1970-01-01T00:00:00.000Z"
        assert len(profile.json("reports", "list")) == 1, "rating stores nothing"


@case
def rating_is_pure():
    with Profile() as profile:
        found = profile.run("rate", "essentials", "--answers", UNKNOWN, "--json").expect()
        assert not profile.folder.exists()
        again = profile.run("rate", "--json", "--answers", UNKNOWN, "essentials", ).expect()
        assert again.out == found.out
        score = found.json["score"]
        assert score["value"] is None and score["worst"] < score["best"]
        profile.run("rate", "essentials", "--answers", UNKNOWN).expect(
            out=["It is a range", f"{score['worst']} to {score['best']} of 100".replace(".0 ", " ")])
        stored = profile.json("assess", "essentials", "--answers", UNKNOWN)
        assert stored["score"] == score
        with Profile(TZ="Pacific/Auckland", LANGUAGE="de", LC_ALL="C") as other:
            assert other.run("rate", "essentials", "--answers", UNKNOWN, "--json").expect().out == found.out


@case
def questionnaires():
    with Profile(trial=True) as profile:
        listed = profile.json("questionnaires", "list")
        assert [item["id"] for item in listed] == ["essentials", "nist-800-171", "nist-csf-2", "owasp-samm", "shops", "trial"]
        assert listed[0]["questions"] == 34 and listed[0]["languages"] == ["de", "en"]
        assert DIGEST.fullmatch(listed[0]["digest"]) and listed[0]["title"] == "Security essentials"
        profile.run("questionnaires", "list").expect(out=["essentials · Security essentials", "34 questions"])
        shown = profile.json("questionnaires", "show", "trial", "--language", "de")
        assert shown["structure"]["id"] == "trial" and shown["words"]["language"] == "de"
        assert shown["title"] == "Probe" and shown["digest"] == listed[-1]["digest"]
        profile.run("questionnaires", "show", "trial").expect(out=["Are there pets?", "cat: A cat", "(date)"])
        checked = profile.json("questionnaires", "check", ROOT / "data" / "questionnaires" / "essentials.json")
        assert checked[0]["faults"] == [] and checked[0]["digest"] == listed[0]["digest"]
        broken = profile.path("broken.json", "{}")
        found = profile.run("questionnaires", "check", broken, "--json").expect(code=3, err="id: is missing")
        assert {"file": str(broken), "place": "id", "reason": "is missing"} in found.json[0]["faults"]
        assert not profile.folder.exists()


@case
def questionnaires_check_tells_what_is_idle():
    with Profile() as profile:
        structure = json.loads((TRIAL / "trial.json").read_text(encoding="utf-8"))
        structure["questions"][1]["condition"] = {"pattern": {"pets": ["perhaps"]}}
        path = profile.path("trial.json", json.dumps(structure))
        profile.path("trial.en.json", (TRIAL / "trial.en.json").read_bytes())
        profile.path("trial.de.json", (TRIAL / "trial.de.json").read_bytes())
        found = profile.run("questionnaires", "check", path).expect(
            code=3, err=[f"{path}: questions[1].condition: can never hold",
                         "questions[1].condition.pattern: matches no answer that there can be"],
            out="not translated yet")
        assert "No faults" not in found.out
        # a gap in another language is told, and is no fault
        path = profile.path("trial.json", (TRIAL / "trial.json").read_bytes())
        found = profile.run("questionnaires", "check", path).expect(out=["No faults", "not translated yet"])
        [checked] = profile.json("questionnaires", "check", path)
        assert checked["faults"] == [] and checked["missing"], checked
        assert all(hint["reason"] == "is missing" and hint["file"].endswith("trial.de.json")
                   for hint in checked["missing"])


@case
def questionnaires_visible():
    with Profile(trial=True) as profile:
        path = profile.path("a.json", json.dumps({"questionnaire": "trial", "answers": {"pets": False}}))
        visible = {item["key"]: item["visible"] for item in
                   profile.json("questionnaires", "visible", "trial", "--answers", path)}
        assert visible == {"pets": True, "which": False, "care": True, "count": True, "words": True, "day": True}
        found = profile.run("questionnaires", "visible", "trial", "--answers", path).expect(
            out=["5 of 6 questions are asked", "  pets  "])
        assert "which" not in found.out
        # a repeated section once for each instance, with its name
        answers = {"shops": {"value": ["a", "b"], "names": {"a": "Able"}}, "server@a": True}
        path = profile.path("b.json", json.dumps({"questionnaire": "shops", "answers": answers}))
        listed = profile.json("questionnaires", "visible", "shops", "--answers", path)
        assert [item["key"] for item in listed if item["visible"]] == [
            "shops", "doors@a", "server@a", "backup@a", "doors@b", "server@b"], listed
        assert listed[1]["question"] == "doors" and listed[1]["instance"] == "a"
        profile.run("questionnaires", "visible", "shops", "--answers", path).expect(
            out=["6 of 7", "doors@a  Able: Are the doors"])
        profile.run("questionnaires", "visible", "shops").expect(code=2, err="--answers")
        profile.run("questionnaires", "visible", "nothing", "--answers", path).expect(code=4, err="nothing")
        broken = profile.path("c.json", json.dumps({"questionnaire": "shops", "answers": {"doors": 1}}))
        profile.run("questionnaires", "visible", "shops", "--answers", broken).expect(
            code=3, err="is asked for each instance: “doors@”")
        assert not profile.folder.exists()


@case
def targets_and_gaps():
    with Profile() as profile:
        csf = profile.path("csf.json", json.dumps({"questionnaire": "nist-csf-2", "answers": {
            "GV.OC-01": {"value": 2, "target": 3}, "GV.OC-02": 1}}))
        profile.run("rate", "nist-csf-2", "--answers", csf).expect(
            out=["Organizational context: current 0.6 to 3, target 3, gap 1\n", "Policy: current 0 to 4, no target\n",
                 "effort · gap: 1\n"])
        samm = profile.path("samm.json", json.dumps({"questionnaire": "owasp-samm", "answers": {
            "G-SM-A-1": {"value": 0.5, "target": 1}, "G-SM-A-2": 0.25}}))
        profile.run("rate", "owasp-samm", "--answers", samm).expect(
            out=["Score: 0.03 to 2.96 of 3\n  0.03 to 2.96, target 0.04 to 2.98, gap 0.02\n",
                 "Create and Promote: 0.75 to 1.75, target 1.25 to 2.25, gap 0.5\n"])
        none = profile.path("none.json", json.dumps({"questionnaire": "owasp-samm", "answers": {"G-SM-A-1": 1}}))
        profile.run("rate", "owasp-samm", "--answers", none).expect(out="Create and Promote: 1 to 3\n")
        # a level is told with what it means, and from which questionnaire it is
        first = profile.json("assess", "nist-csf-2", "--answers", csf, "--subject", "Head office")
        empty = profile.path("empty.json", json.dumps({"questionnaire": "nist-csf-2", "answers": {}}))
        second = profile.json("assess", "nist-csf-2", "--answers", empty)
        told = " ".join(profile.run("assessments", "proposals", second["assessment"]).expect().out.split())
        assert "“2: Partly in place; something important is still missing.” – in Head office (NIST " \
               "Cybersecurity Framework 2.0), 2" in told, told
        profile.run("reports", "show", first["id"]).expect(out="target 3, gap 1")


@case
def answered_elsewhere():
    with Profile(trial=True) as profile:
        path = profile.path("a.json", json.dumps({"questionnaire": "trial", "answers": {"pets": True, "care": 3}}))
        first = profile.json("assess", "trial", "--answers", path, "--subject", "Farm")["assessment"]
        empty = profile.path("b.json", json.dumps({"questionnaire": "trial", "answers": {"care": 1}}))
        second = profile.json("assess", "trial", "--answers", empty, "--subject", "Barn")["assessment"]
        [proposal] = profile.json("assessments", "proposals", second)
        assert proposal["question"] == "pets" and proposal["from"] == "pets" and proposal["answer"] is True
        assert proposal["assessment"] == first and proposal["name"] == "Farm" and proposal["reference"] == "house:1"
        assert re.fullmatch(r"2\d{3}-.*Z", proposal["time"])
        profile.run("assessments", "proposals", second).expect(out=["pets  Are there pets?", "“yes” – in Farm"])
        # what is answered needs no proposal, and nothing was taken over by itself
        assert profile.json("assessments", "proposals", first) == []
        assert profile.json("assessments", "show", second)["answers"] == {"care": 1}
        profile.run("assessments", "proposals", first).expect(out="Nothing that is open here")
        profile.run("assessments", "proposals", "abcd").expect(code=4, err="abcd")
        # while a questionnaire is asked it is shown, and taken if the person says so
        found = profile.run("assess", "trial", "--subject", "Shed", text="p\nq\n").expect(
            out=["Answered elsewhere: “yes” – in Farm", "p takes that answer.", "Question 2 of 6"])
        assert found.out.count("Answered elsewhere") == 1
        shed = profile.json("assessments", "list")[0]["id"]
        assert profile.json("assessments", "show", shed)["answers"] == {"pets": True}


@case
def answers_grow_old():
    with Profile(trial=True) as profile:
        path = profile.path("a.json", json.dumps({"questionnaire": "trial", "answers": {
            "pets": {"value": True, "note": "two"}, "care": 3}}))
        identifier = profile.json("assess", "trial", "--answers", path)["assessment"]
        assert profile.json("assessments", "due") == []
        profile.run("assessments", "due").expect(out="No answer is due")
        # as if they had been given two years ago, and three
        with sqlite3.connect(next(profile.folder.glob("*.db*"))) as database:
            database.execute("UPDATE user_answer SET time = time - 2 * 366 * 86400000")
            database.execute("UPDATE user_answer SET time = time - 366 * 86400000 WHERE question = 'care'")
        database.close()
        due = profile.json("assessments", "due")
        assert [(item["question"], item["assessment"]) for item in due] == [("care", identifier), ("pets", identifier)]
        assert due[0]["confirmed"] < due[0]["due"] < due[1]["due"]
        profile.run("assessments", "due", identifier).expect(out=["Trial", "pets  Are there pets?", "due since"])
        profile.run("assessments", "confirm", identifier, "count").expect(code=4, err="“count”")
        assert profile.json("assessments", "confirm", identifier, "pets")["confirmed"] == 1
        assert [item["question"] for item in profile.json("assessments", "due")] == ["care"]
        profile.run("assessments", "confirm", identifier).expect(out="1 answer is confirmed")
        assert profile.json("assessments", "due") == []
        # an answer that is confirmed is the same as before, and there is nothing to submit
        shown = profile.json("assessments", "show", identifier)
        assert shown["answers"] == {"pets": {"value": True, "note": "two"}, "care": 3}
        assert shown["revision_number"] == 1
        profile.run("assessments", "archive", identifier).expect(out="archived")
        profile.run("assessments", "due", "abcd").expect(code=4, err="abcd")


@case
def assessments():
    with Profile() as profile:
        profile.run("assessments", "list").expect(out="no assessment yet")
        first = profile.assess("--subject", "First")["assessment"]
        second = profile.assess()["assessment"]
        listed = profile.json("assessments", "list")
        assert [(item["id"], item["name"]) for item in listed] == [(second, "Security essentials"),
                                                                   (first, "First")]
        assert listed[0]["answered"] == 34 and listed[0]["revision_number"] == 1
        assert DIGEST.fullmatch(listed[0]["revision"]) and DIGEST.fullmatch(listed[0]["last_report"])
        assert MOMENT.fullmatch(listed[0]["created"]) and MOMENT.fullmatch(listed[0]["changed"])

        shown = profile.json("assessments", "show", first)
        given = json.loads(ANSWERS.read_text(encoding="utf-8"))["answers"]
        assert shown["answers"]["1.A"] == given["1.A"] and len(shown["answers"]) == len(given)
        profile.run("assessments", "show", first).expect(out=["First", first, "Note: ", "not applicable: "])

        assert profile.json("assessments", "rename", first, "Büro 1")["name"] == "Büro 1"
        profile.run("assessments", "rename", first, " ").expect(code=3, err="needs a name")
        profile.run("assessments", "rename", first, "x" * 201).expect(code=3, err="200")
        assert profile.json("assessments", "show", first)["name"] == "Büro 1"

        copy = profile.json("assessments", "duplicate", first)
        assert copy["name"] == "Büro 1 (copy)" and copy["revision"] is None and copy["answered"] == 34
        assert profile.json("assessments", "show", copy["id"])["answers"] == shown["answers"]
        named = profile.json("assessments", "duplicate", first, "Third")
        assert named["name"] == "Third"
        report = profile.json("assessments", "submit", named["id"])
        assert set(report) == REPORT and report["assessment"] == named["id"]
        again = profile.json("assessments", "submit", named["id"])
        assert again == report, "the same answers make no second revision"

        assert profile.json("assessments", "archive", first)["archived"] is True
        assert first not in [item["id"] for item in profile.json("assessments", "list")]
        assert [item["id"] for item in profile.json("assessments", "list", "--archived")] == [first]
        profile.run("assessments", "list", "--archived").expect(out=["Büro 1", "archived"])
        assert profile.json("assessments", "archive", first, "--undo")["archived"] is False
        profile.run("assessments", "list", "--archived").expect(out="No assessment is archived")

        assert profile.json("assessments", "delete", first) == {"deleted": first}
        profile.run("assessments", "show", first).expect(code=4, err=["no assessment", first])
        assert first not in {item["assessment"] for item in profile.json("reports", "list")}
        profile.run("assessments", "delete", second).expect(out="is deleted")


@case
def ids_can_be_short():
    with Profile() as profile:
        first = profile.assess()["assessment"]
        second = profile.assess()["assessment"]
        common = os.path.commonprefix([first, second])
        profile.run("assessments", "show", common).expect(code=4, err="is the beginning of 2 ids")
        profile.run("assessments", "show", first[:3]).expect(code=2, err="too short")
        short = first[:len(common) + 1]
        assert profile.json("assessments", "show", short.upper())["id"] == first
        profile.json("assessments", "archive", short)
        assert profile.json("assessments", "show", short)["archived"] is True, "archived ones are found, too"
        event = profile.json("events", "list")[0]
        assert profile.json("events", "show", event["id"][:30]) == event


@case
def reports():
    with Profile() as profile:
        profile.run("reports", "list").expect(out="no report yet")
        first = profile.assess("--subject", "First")
        second = profile.assess("--subject", "Second")
        assert [item["id"] for item in profile.json("reports", "list")] == [second["id"], first["id"]]
        [only] = profile.json("reports", "list", "--assessment", first["assessment"])
        assert only["id"] == first["id"] and only["name"] == "First"
        profile.run("reports", "list").expect(out=["First", "Second", first["id"][:12], "of 100"])
        profile.run("reports", "show", "0123456789").expect(code=4, err="There is no report")
        profile.run("reports", "list", "--assessment", "0123456789").expect(code=4, err="There is no assessment")
        assert profile.json("reports", "delete", first["id"][:12]) == {"deleted": first["id"]}
        assert [item["id"] for item in profile.json("reports", "list")] == [second["id"]]
        # what was submitted before and deleted does not come back by itself, and nobody waits for it
        profile.run("assessments", "submit", first["assessment"]).expect(code=1, err="report was deleted")
        profile.run("reports", "delete", second["id"]).expect(out="is deleted")
        assert profile.json("reports", "list") == []


@case
def many():
    with Profile(trial=True) as profile:
        answers = profile.path("few.json", '{"questionnaire": "trial", "answers": {}}')
        for number in range(55):
            profile.run("assess", "trial", "--answers", answers, "--subject", f"Place {number}").expect()
        assert [item["name"] for item in profile.json("assessments", "list")] == \
            [f"Place {number}" for number in reversed(range(55))]
        assert len(profile.json("reports", "list")) == 55
        assert len(profile.json("events", "list")) == 50
        assert len(profile.json("events", "list", "--limit", "1000")) == 110


@case
def events():
    with Profile() as profile:
        profile.run("events", "list").expect(out="no event yet")
        report = profile.assess()
        answer, rated = profile.json("events", "list")
        assert (answer["detail-type"], rated["detail-type"]) == ("AnswerEvent", "ReportEvent")
        assert rated["detail"]["report"] == report
        assert answer["source"] == "posture.user-service.stream" and answer["detail"]["state"] == "new"
        assert set(answer) == {"version", "id", "detail-type", "source", "account", "time", "region", "resources",
                               "detail"}
        assert profile.json("events", "list", "--limit", "1") == [rated]
        found = profile.run("events", "list").expect(out=["AnswerEvent", rated["id"]])
        assert len(found.out.splitlines()) == 2
        assert profile.json("events", "show", rated["id"]) == rated
        profile.run("events", "show", rated["id"]).expect(out=["ReportEvent", report["id"][:20]])
        profile.run("events", "show", "01234567").expect(code=4, err="There is no event")
        # gaps that a deletion leaves do not hide what is older
        profile.json("assessments", "delete", profile.assess()["assessment"])
        listed = profile.json("events", "list", "--limit", "3")
        assert listed[:2] == [answer, rated] and listed[2]["detail"]["state"] == "removed", listed
        assert len(profile.json("events", "list")) == 3


@case
def doctor():
    with Profile() as profile:
        profile.assess()
        found = profile.json("doctor")
        assert found["fine"] is True and found["integrity"] == [] and found["dead_letters"] == 0
        assert found["pending"] == found["retrying"] == 0 and found["events"] == 2
        assert found["folder"] == str(profile.folder) and found["file"] == str(profile.folder / "posture.db")
        assert found["size"] > 10000 and found["dispatched_elsewhere"] is False and found["unclean_stop"] is False
        assert found["version"] == profile.run("--version").expect().out.split()[1]
        assert re.fullmatch(r"3\.\d+\.\d+", found["sqlite"]) and re.fullmatch(r"2\.\d+\.\d+", found["glib"])
        profile.run("doctor").expect(out=["no damage found", str(profile.folder), "this process", "in order"])


@case
def damage_is_found():
    with Profile() as profile:
        profile.assess()
        database = profile.folder / "posture.db"
        content = bytearray(database.read_bytes())
        # the engine's own test of a row that is missing from an index would need its shell; an
        # overwritten page in the middle does as well
        at = len(content) // 2 // 4096 * 4096
        content[at:at + 4096] = b"\xa5" * 4096
        database.write_bytes(content)
        found = profile.run("doctor")
        assert found.code in (1, 5) and "damaged" in found.err, found


@case
def usage():
    with Profile() as profile:
        wrong = [
            [], ["nothing"], ["reports"], ["reports", "nothing"], ["assess"], ["assess", "a", "b"],
            ["rate", "essentials"], ["doctor", "more"], ["reports", "show"], ["assessments", "rename", "abcd"],
            ["assessments", "rename", "abcd", "a", "b"], ["questionnaires", "check"], ["doctor", "--undo"],
            ["reports", "list", "--answers", "x"], ["events", "list", "--limit", "0"],
            ["events", "list", "--limit", "x"], ["events", "list", "--limit", "-1"], ["--nothing"],
            ["assess", "essentials", "--answers"], ["assess", "essentials", "--subject", "  "],
            ["assess", "essentials", "--subject", "x" * 201], ["assess", b"\xff"], ["--json"],
        ]
        for arguments in wrong:
            found = profile.run(*[os.fsdecode(argument) for argument in arguments])
            assert found.code == 2 and found.err and not found.out, found
        assert not profile.folder.exists()
        # options may stand anywhere, and -- ends them
        profile.run("--json", "reports", "--assessment", "abcd", "list").expect(code=4)
        profile.run("reports", "show", "--", "--json").expect(code=4, err="“--json”")
        profile.run("rate", f"--answers={ANSWERS}", "essentials").expect()


@case
def help_and_manual():
    with Profile() as profile:
        manual = (ROOT / "app" / "posturectl.1").read_text(encoding="utf-8")
        whole = profile.run("--help").expect(out="Usage: posturectl").out
        commands = [line.split() for line in whole.split("Commands:")[1].split("Options:")[0].splitlines()
                    if re.match(r"  [a-z]", line)]
        groups = [line[0] for line in commands]
        words = [entry[:2] if groups.count(entry[0]) > 1 else entry[:1] for entry in commands]
        assert len(words) > 20, words  # the help was read
        options = set(re.findall(r"--([a-z-]+)", whole))
        for entry in words:
            text = profile.run(*entry, "--help").expect(out="Usage: posturectl " + " ".join(entry)).out
            options |= set(re.findall(r"--([a-z-]+)", text))
            assert re.search(r"^\.It Cm " + " ".join(entry) + r"\b", manual, re.M), f"the manual lacks {entry}"
            profile.run(entry[0], "--help").expect(out=entry[-1])
        documented = set(re.findall(r"^\.It (?:Fl o , )?Fl -([a-z-]+)", manual, re.M))
        assert options == documented, f"only in one of help and manual: {options ^ documented}"
        for code in (0, 1, 2, 3, 4, 5, 130):
            assert re.search(rf"^\.It {code}$", manual, re.M), f"the manual lacks exit status {code}"
        profile.run("-h").expect(out="Usage: ")
        assert re.fullmatch(r"posturectl \d+\.\d+\.\d+\n", profile.run("--version").expect().out)
        assert not profile.folder.exists()


@case
def output_that_is_lost():
    with Profile() as profile:
        with open("/dev/full", "wb") as full:
            found = profile.run("questionnaires", "list", stdout=full)
        assert found.code == 1 and "could not be written" in found.err, found


run()

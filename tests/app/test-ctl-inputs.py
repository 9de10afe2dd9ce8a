# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be wrong with what is handed in: each is told, and nothing is stored."""

import json
import os
import shutil
import socket
import stat
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import ANSWERS, PROGRAM, ROOT, TRIAL, Profile, case, run  # noqa: E402

HEAD = '{"questionnaire": "essentials", "answers": {'

# what is handed in, and what the message must name
BROKEN = {
    "unknown-question": (HEAD + '"1.A": "named", "9.Z": "named"}}', 'answers["9.Z"]: is no question'),
    "no-option": (HEAD + '"1.A": "perhaps"}}', 'answers["1.A"]: “perhaps” is no option'),
    "wrong-kind": (HEAD + '"1.A": true}}', 'answers["1.A"]'),
    "no-answers": ('{"questionnaire": "essentials"}', "answers: is missing"),
    "unknown-member": ('{"questionnaire": "essentials", "answers": {}, "extra": 1}', "extra"),
    "broken": (HEAD + '"1.A": "named"}', "line 1"),
    "trailing": (HEAD + '"1.A": "named"}} {}', "line 1, column 62: text follows"),
    "duplicate": (HEAD + '"1.A": "named", "1.A": "nobody"}}', "line 1, column 61: “1.A” stands twice"),
    "invalid-utf8": (HEAD.encode() + b'"1.A": "\xff\xfe"}}', "line 1, column 5"),
    "nul": (HEAD.encode() + b'"1.A": "na\0med"}}', "line 1, column 5"),
    "escaped-nul": (HEAD + '"1.A": "\\u0000"}}', "line 1"),
    "nested": ("[" * 200000, "nested deeper than 64 levels"),
    "nested-well": ("[" * 200000 + "]" * 200000, "nested deeper than 64 levels"),
    "empty": ("", "there is no value"),
    "white-space": (" \n\t ", "there is no value"),
    "not-an-object": ("[]", "must be"),
    "other-questionnaire": ('{"questionnaire": "trial", "answers": {}}', "questionnaire: must be “essentials”"),
    "two-values": ('{"questionnaire": "essentials", "answers": {"1.A": {"value": "named", "unknown": true}}}',
                   'answers["1.A"]'),
    "large": (b" " * (50 * 1024 * 1024), "is larger than 16 MiB"),
    "a-little-too-large": (b" " * (16 * 1024 * 1024 + 1), "is larger than 16 MiB"),
}


def refuse(profile, path, message, text=None, name=None):
    """Both commands refuse the file in the same words."""
    for command in ("assess", "rate"):
        found = profile.run(command, "essentials", "--answers", path, text=text)
        found.expect(code=3, err=[message, name or str(path)])
        assert found.out == "", found
        assert len(found.err) < 2000, "too many words"


@case
def answers_with_faults():
    for name, (content, message) in BROKEN.items():
        with Profile() as profile:
            refuse(profile, profile.path(name + ".json", content), message)
            profile.assert_empty()


@case
def answers_from_a_pipe():
    with Profile() as profile:
        for content, message in BROKEN.values():
            refuse(profile, "-", message, text=content, name="standard input")
        profile.assert_empty()
        given = profile.run("rate", "essentials", "--answers", "-", "--json", text=ANSWERS.read_bytes()).expect()
        assert given.out == profile.run("rate", "essentials", "--answers", ANSWERS, "--json").out


@case
def all_faults_at_once():
    with Profile() as profile:
        path = profile.path("two.json", HEAD + '"1.A": "x", "1.B": "yearly", "1.C": 7, "none": {"unknown": true}}}')
        found = profile.run("assess", "essentials", "--answers", path).expect(code=3, err="has 3 faults")
        lines = found.err.splitlines()
        assert len(lines) == 4 and all(line.startswith(f"{path}: answers[") for line in lines[:3]), found
        profile.assert_empty()


@case
def no_files():
    with Profile() as profile:
        fifo = profile.path("fifo")
        os.mkfifo(fifo)
        directory = profile.path("folder")
        directory.mkdir()
        unix = socket.socket(socket.AF_UNIX)
        unix.bind(str(profile.path("socket")))
        loop = profile.path("loop")
        loop.symlink_to(loop)
        for path, message in ((fifo, "not a regular file"), (directory, "is a folder"),
                              ("/dev/zero", "not a regular file"), ("/dev/null", "not a regular file"),
                              (profile.path("socket"), ""), (loop, ""), (profile.path("missing"), "No such file")):
            refuse(profile, path, message)
        unix.close()
        # standard input that is no pipe and no file
        profile.run("rate", "essentials", "--answers", "-").expect(code=3, err="standard input")
        profile.assert_empty()
        # a link to a file is as good as the file
        link = profile.path("link")
        link.symlink_to(ANSWERS)
        profile.run("rate", "essentials", "--answers", link).expect()


@case
def unknown_questionnaire():
    with Profile() as profile:
        for command in ("assess", "rate"):
            profile.run(command, "nothing", "--answers", ANSWERS).expect(
                code=4, err=["There is no questionnaire “nothing”", "questionnaires list"])
        profile.run("assess", "nothing").expect(code=4)
        profile.run("questionnaires", "show", "../essentials").expect(code=4)
        profile.assert_empty()


@case
def memory_is_bounded():
    # a sparse file of a terabyte is refused by its size, an endless pipe after its first 16 MiB
    with Profile() as profile:
        huge = profile.path("huge")
        with open(huge, "wb") as stream:
            stream.truncate(1 << 40)
        refuse(profile, huge, "is larger than 16 MiB")
        with open("/dev/zero", "rb") as zeros:
            profile.run("rate", "essentials", "--answers", "-", text=zeros.read(20 << 20)).expect(
                code=3, err="is larger than 16 MiB")


def check(profile, **changes):
    """Checks the trial questionnaire with some of its parts changed."""
    folder = profile.path("questionnaires")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(TRIAL, folder)
    for name, change in changes.items():
        path = folder / (name.replace("_", ".") + ".json")
        content = json.loads(path.read_text(encoding="utf-8"))
        change(content)
        path.write_text(json.dumps(content), encoding="utf-8")
    return profile.run("questionnaires", "check", folder / "trial.json"), folder


@case
def broken_questionnaires():
    with Profile() as profile:
        found, folder = check(profile)
        found.expect(out=["trial · Trial", "No faults", "de, en"])

        found, folder = check(profile, trial=lambda q: q["questions"][1].update(options=[{"id": "a", "credit": 2}]))
        found.expect(code=3, err=[f"{folder}/trial.json: questions[1].options: needs at least two",
                                  f"{folder}/trial.json: questions[1].options[0].credit: "],
                     out="not translated yet")
        assert "No faults" not in found.out

        found, folder = check(profile, trial=lambda q: (q.update(format=2), q["sections"].clear()))
        found.expect(code=3, err=["format", "sections"])

        found, folder = check(profile, trial_en=lambda w: w["questions"].pop("care"))
        found.expect(code=3, err=f'{folder}/trial.en.json: questions["care"]: is missing')

        found, folder = check(profile, trial_de=lambda w: w["questions"].update(more={"question": "?"}))
        found.expect(code=3, err=f'{folder}/trial.de.json: questions["more"]: is not in the questionnaire')

        (folder / "trial.en.json").unlink()
        profile.run("questionnaires", "check", folder / "trial.json").expect(
            code=3, err=f"{folder}/trial.en.json: is missing")
        for name, (content, message) in BROKEN.items():
            if message.startswith(("line", "nested", "there", "is larger")):
                path = profile.path(name + ".json", content)
                profile.run("questionnaires", "check", path).expect(code=3, err=[message, str(path)])
        profile.run("questionnaires", "check", profile.path("missing.json")).expect(code=3, err="missing.json")
        # one that is fine does not hide one that is not
        fine = ROOT / "data" / "questionnaires" / "essentials.json"
        profile.run("questionnaires", "check", fine, ANSWERS, fine).expect(code=3, out="No faults", err=str(ANSWERS))
        assert not profile.folder.exists(), "checking needs no profile"


@case
def people_cannot_steer_the_terminal():
    with Profile() as profile:
        path = profile.path("steer.json", HEAD + '"1.A": "\\u001b]0;x\\u0007\\u202e\\u009b1m\\nnamed"}}')
        found = profile.run("assess", "essentials", "--answers", path).expect(code=3)
        assert not set("\x1b\x07\x9b\u202e") & set(found.err), found
        assert len(found.err.splitlines()) == 2, found
        profile.assess("--subject", "a\x1b[31mb\nc\u202ed")
        found = profile.run("reports", "list").expect(out="a\N{REPLACEMENT CHARACTER}[31mb c")
        assert "\x1b" not in found.out and "\u202e" not in found.out
        assert profile.json("reports", "list")[0]["name"] == "a\x1b[31mb\nc\u202ed", "stored as it was given"


@case
def bad_folders():
    with Profile() as profile:
        profile.folder.write_bytes(b"no folder")
        for command in (["assess", "essentials", "--answers", ANSWERS], ["reports", "list"], ["doctor"],
                        ["assess", "essentials"]):
            profile.run(*command).expect(code=5, err=[str(profile.folder), "POSTURE_DATA_DIR"])
        assert profile.folder.read_bytes() == b"no folder"
        profile.folder.unlink()
        profile.folder.mkdir()
        database = profile.folder / "posture.db"
        for content in (b"This is a letter.\n" * 1000, b"SQLite format 3\0" + b"\xff" * 5000):
            database.write_bytes(content)
            profile.run("assess", "essentials", "--answers", ANSWERS).expect(code=5, err=str(profile.folder))
            profile.run("doctor").expect(code=5, out="Data file", err="damaged")
            assert database.read_bytes() == content, "left as it was"
        # rating needs no profile at all
        profile.run("rate", "essentials", "--answers", ANSWERS).expect()


@case
def unreadable_folder():
    with Profile() as profile:
        profile.folder.mkdir()
        root = os.geteuid() == 0
        if root:
            nobody = {"user": 65534, "group": 65534, "extra_groups": []}
            os.chmod(profile.temporary.name, 0o755)
            os.chown(profile.folder, 0, 0)
            if not all(os.stat(parent).st_mode & stat.S_IXOTH for parent in ROOT.parents) or \
                    not all(os.stat(os.path.join("/", *PROGRAM.split("/")[1:n])).st_mode & stat.S_IXOTH
                            for n in range(2, len(PROGRAM.split("/")))):
                return "another user cannot run the program here"
            os.chmod(profile.folder, 0o700)
        else:
            nobody = {}
            os.chmod(profile.folder, 0)
        answers = profile.path("answers.json", ANSWERS.read_bytes())
        os.chmod(answers, 0o644)
        profile.run("assess", "essentials", "--answers", answers, **nobody).expect(
            code=5, err=[str(profile.folder), "Permission denied", "POSTURE_DATA_DIR"])
        os.chmod(answers, 0)
        profile.run("rate", "essentials", "--answers", answers, **nobody).expect(
            code=3, err=[str(answers), "Permission denied"])
        os.chmod(profile.folder, 0o700)
        profile.assert_empty()
    return None


run()

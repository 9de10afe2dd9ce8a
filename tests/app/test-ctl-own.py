# SPDX-License-Identifier: GPL-3.0-or-later
"""Questionnaires of one's own, as data/README.md teaches to write them, without building anything."""

import json
import os
import re
import shlex
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import ANSWERS, PROGRAM, ROOT, Profile, case, run  # noqa: E402

README = (ROOT / "data" / "README.md").read_text()


def blocks():
    """What the page shows, by the names that it gives the files."""
    found = {}
    for text in re.findall(r"\n```json\n(.*?)\n```", README, re.DOTALL):
        document = json.loads(text)
        if "answers" in document:
            found[f"{document['questionnaire']}-answers.json"] = text
        elif "language" in document:
            found[f"{document['questionnaire']}.{document['language']}.json"] = text
        else:
            found[f"{document['id']}.json"] = text
    return found


def write_all(profile, *names):
    """The files of a questionnaire, in an empty folder beside the profile."""
    folder = profile.path("mine")
    folder.mkdir()
    for name, text in blocks().items():
        if name.startswith(names):
            (folder / name).write_text(text)
    return folder


@case
def as_the_page_says():
    with Profile() as profile:
        folder = write_all(profile, "cafe")
        (folder / "cafe-answers.json").rename(folder / "answers.json")
        commands = re.search(r"\n```sh\n(.*?)\n```", README, re.DOTALL).group(1).splitlines()
        assert len(commands) == 5, commands
        for command in commands:
            program, *arguments = shlex.split(command)
            assert program == "posturectl", command
            done = subprocess.run([os.path.abspath(PROGRAM), *arguments], env=profile.environment, cwd=folder, text=True,
                                  capture_output=True, stdin=subprocess.DEVNULL, check=False)
            assert done.returncode == 0 and done.stderr == "", (command, done)
            if arguments[0] == "rate":
                assert "Score: 48.1 to 55.8 of 100" in done.stdout, done
                assert not profile.folder.exists(), "rating stores something"
        assert [row["id"] for row in profile.json("questionnaires", "list")].count("cafe") == 1
        # in the reader's language, as far as it goes
        german = profile.run("questionnaires", "show", "cafe", "--language", "de").expect(out="Ein Café")
        assert "Welche anderen Geräte" in german.out and "Is the card reader checked" in german.out


@case
def every_example():
    with Profile() as profile:
        folder = write_all(profile, "cafe", "shops")
        for name, asked in (("cafe", ["1", "2.A", "2.B", "3", "4", "5", "6", "7"]),
                            ("shops", ["shops", "doors@harbour", "server@harbour", "backup@harbour",
                                       "doors@station", "server@station"])):
            file, answers = folder / f"{name}.json", folder / f"{name}-answers.json"
            profile.run("questionnaires", "check", file).expect(out="No faults.")
            rows = profile.json("questionnaires", "visible", file, "--answers", answers)
            assert [row["key"] for row in rows if row["visible"]] == asked, rows
            rated = profile.json("rate", file, "--answers", answers)
            assert rated["questionnaire"]["id"] == name
            if name == "shops":
                # a section inside of a repeated one is about the same shop
                text = profile.run("questionnaires", "visible", file, "--answers", answers).expect().out
                assert "backup@harbour  At the harbour: Is the server" in text, text
            shown = profile.json("questionnaires", "show", file)
            assert shown["digest"] == rated["questionnaire"]["digest"]
        profile.assert_empty()


@case
def reports_stay_verifiable():
    """An assessment keeps its questionnaire, wherever the files go."""
    with Profile() as profile:
        folder = write_all(profile, "cafe")
        answers = folder / "cafe-answers.json"
        first = profile.json("assess", folder / "cafe.json", "--answers", answers)
        assert "cafe" not in [row["id"] for row in profile.json("questionnaires", "list")]
        profile.run("questionnaires", "add", folder / "cafe.json").expect(out="posturectl assess cafe")
        second = profile.json("assess", "cafe", "--answers", answers)
        assert first["questionnaire"] == second["questionnaire"]
        # a newer version; then none
        newer = json.loads((folder / "cafe.json").read_text())
        newer["version"] = "2.0.0"
        newer["questions"][0]["weight"] = 9
        (folder / "cafe.json").write_text(json.dumps(newer))
        profile.run("questionnaires", "add", folder / "cafe.json").expect()
        third = profile.json("assess", "cafe", "--answers", answers)
        assert third["questionnaire"]["version"] == "2.0.0"
        # another one of that version, which has to be asked for
        newer["questions"][0]["weight"] = 3
        (folder / "cafe.json").write_text(json.dumps(newer))
        profile.run("questionnaires", "add", folder / "cafe.json", "--replace").expect()
        assert profile.json("assess", "cafe", "--answers", answers)["questionnaire"] != third["questionnaire"]
        for file in (profile.folder / "questionnaires").iterdir():
            assert file.stat().st_mode & 0o777 == 0o600, file
            file.unlink()
        verdicts = profile.json("reports", "verify")
        assert len(verdicts) == 4 and all(row["same"] for row in verdicts), verdicts
        profile.run("reports", "show", first["id"]).expect(out="The card reader")
        profile.run("assess", "cafe", "--answers", answers).expect(code=4, err="questionnaires list")


@case
def what_is_stored_is_not_lost_unseen():
    """Neither to an older version nor to another that calls itself the same."""
    with Profile() as profile:
        folder = write_all(profile, "cafe")
        file, own = folder / "cafe.json", profile.folder / "questionnaires"

        def write(name, version, change):
            content = json.loads((folder / name).read_text())
            content["version"] = version
            change(content)
            (folder / name).write_text(json.dumps(content, ensure_ascii=False))

        def weigh(weight):
            return lambda content: content["questions"][0].update(weight=weight)

        write("cafe.json", "1.10.0", weigh(9))
        profile.run("questionnaires", "add", file).expect()
        stored = {path.name: path.read_bytes() for path in own.iterdir()}
        for version, weight, said in (("1.9.0", 9, ["cafe.json has version 1.9.0", "older than version 1.10.0"]),
                                      ("1.10.0", 8, ["cafe.json has version 1.10.0", "other content"])):
            write("cafe.json", version, weigh(weight))
            profile.run("questionnaires", "add", file).expect(code=3, err=said + ["--replace"])
            assert {path.name: path.read_bytes() for path in own.iterdir()} == stored
        # the same again is nothing new
        write("cafe.json", "1.10.0", weigh(9))
        profile.run("questionnaires", "add", file).expect()
        # words have a version of their own
        write("cafe.en.json", "1.0.0", lambda content: content.update(title="A bar"))
        profile.run("questionnaires", "add", file).expect(code=3, err=["cafe.en.json has version 1.0.0", "other content"])
        write("cafe.en.json", "1.0.1", lambda content: None)
        profile.run("questionnaires", "add", file).expect(out="A bar")
        write("cafe.json", "1.9.0", weigh(9))
        profile.run("questionnaires", "add", file, "--replace").expect(out="version 1.9.0")
        profile.run("questionnaires", "list", "--replace").expect(code=2)


@case
def a_newer_version_replaces_all():
    """Also the words in a language that it no longer has, which speak of a question that is gone."""
    with Profile() as profile:
        folder = write_all(profile, "cafe")
        german = json.loads((folder / "cafe.de.json").read_text())
        german["questions"]["7"] = {"question": "Ist die Kamera aus dem Internet erreichbar?"}
        (folder / "cafe.de.json").write_text(json.dumps(german))
        profile.run("questionnaires", "add", folder / "cafe.json").expect(out="cafe · A café")
        own = profile.folder / "questionnaires"
        # an id can look like words of another
        for name in ("cafe.json", "cafe.en.json"):
            (folder / name.replace("cafe", "cafe.bar")).write_text(
                (folder / name).read_text().replace('"cafe"', '"cafe.bar"'))
        profile.run("questionnaires", "add", folder / "cafe.bar.json").expect()
        (folder / "cafe.de.json").unlink()
        (folder / "cafe.bar.json").unlink()
        (folder / "cafe.bar.en.json").unlink()
        for name in ("cafe.json", "cafe.en.json"):
            newer = json.loads((folder / name).read_text())
            newer["version"] = "2.0.0"
            newer["questions"].pop("7" if isinstance(newer["questions"], dict) else -1)
            (folder / name).write_text(json.dumps(newer))
        profile.run("questionnaires", "add", folder / "cafe.json").expect(out="7 questions · version 2.0.0")
        assert sorted(file.name for file in own.iterdir()) == [
            "cafe.bar.en.json", "cafe.bar.json", "cafe.en.json", "cafe.json"]


@case
def an_id_can_begin_like_another():
    """Files of “cafe.bar” are no words of “cafe”, in whichever folder they stand together."""
    with Profile() as profile:
        folder = write_all(profile, "cafe")
        for name in ("cafe.json", "cafe.en.json"):
            (folder / name.replace("cafe", "cafe.bar")).write_text(
                (folder / name).read_text().replace('"cafe"', '"cafe.bar"'))
        for name in ("cafe", "cafe.bar"):
            profile.run("questionnaires", "check", folder / f"{name}.json").expect(out="No faults.")
            profile.run("questionnaires", "add", folder / f"{name}.json").expect(out=f"{name} · A café")
        own = profile.folder / "questionnaires"
        assert sorted(file.name for file in own.iterdir()) == [
            "cafe.bar.en.json", "cafe.bar.json", "cafe.de.json", "cafe.en.json", "cafe.json"]
        listed = {row["id"]: row["languages"] for row in profile.json("questionnaires", "list")}
        assert listed["cafe"] == ["de", "en"] and listed["cafe.bar"] == ["en"], listed
        # words that nobody can take for a structure are still told
        (folder / "cafe.fr.json").write_text((folder / "cafe.bar.en.json").read_text())
        profile.run("questionnaires", "check", folder / "cafe.json").expect(
            code=3, err="cafe.fr.json: questionnaire: must be “cafe”")


@case
def faults_are_left_out():
    with Profile() as profile:
        folder = write_all(profile, "cafe")
        profile.run("questionnaires", "add", folder / "cafe.json").expect()
        own = profile.folder / "questionnaires"
        (own / "broken.json").write_text("{")
        (own / "twin.json").write_text((folder / "cafe.json").read_text())
        (own / "shut.json").mkdir()
        found = profile.run("questionnaires", "list").expect(
            err=["broken.json has faults", "twin.json has faults", "shut.json has faults", "questionnaires check"])
        assert len(found.err.splitlines()) == 3 and "cafe" in found.out, found
        # with faults nothing is rated, asked or added
        (folder / "cafe.en.json").unlink()
        for arguments in (("rate", folder / "cafe.json", "--answers", ANSWERS), ("assess", folder / "cafe.json"),
                          ("questionnaires", "add", folder / "cafe.json"),
                          ("questionnaires", "show", folder / "cafe.json")):
            profile.run(*arguments).expect(code=3, err="cafe.en.json: is missing")
        profile.run("rate", folder / "none.json", "--answers", ANSWERS).expect(code=3, err="No such file")
        profile.run("questionnaires", "check", f"{folder}/").expect(code=3, err="is a folder, not a file")
        # files are told as they were named
        found = profile.run("questionnaires", "check", "cafe.json", cwd=folder).expect(code=3)
        assert found.err.startswith("cafe.en.json: is missing"), found


@case
def what_posture_brings_stays():
    with Profile() as profile:
        folder = profile.path("mine")
        folder.mkdir()
        for name in ("essentials.json", "essentials.en.json"):
            (folder / name).write_text((ROOT / "data" / "questionnaires" / name).read_text())
        before = profile.json("questionnaires", "list")
        profile.run("questionnaires", "add", folder / "essentials.json").expect(code=3, err="Please take another")
        own = profile.folder / "questionnaires"
        own.mkdir(parents=True, exist_ok=True)
        assert list(own.iterdir()) == []
        for name in ("essentials.json", "essentials.en.json"):
            (own / name).write_text((folder / name).read_text())
        found = profile.run("questionnaires", "list", "--json").expect(err="essentials.json has faults")
        assert found.json == before


@case
def words_are_of_the_language_they_are_called():
    with Profile() as profile:
        folder = write_all(profile, "cafe")
        (folder / "cafe.pt-BR.json").write_text((folder / "cafe.de.json").read_text())
        found = profile.run("questionnaires", "check", folder / "cafe.json").expect(
            code=3, err="cafe.pt-BR.json: language: must be “pt-BR”")
        assert len(found.err.splitlines()) == 1, found
        profile.run("questionnaires", "add", folder / "cafe.json").expect(code=3, err="must be “pt-BR”")


@case
def words_are_no_questionnaire():
    with Profile() as profile:
        folder = write_all(profile, "cafe")
        found = profile.run("questionnaires", "check", folder / "cafe.de.json").expect(
            code=3, err="holds words of “cafe”, not its structure; they are looked at with cafe.json")
        assert len(found.err.splitlines()) == 1, found
        found = profile.run("rate", folder / "cafe-answers.json", "--answers", ANSWERS).expect(
            code=3, err="holds answers to “cafe”")
        assert len(found.err.splitlines()) == 1, found
        # what German lacks is told beside the faults of the structure
        structure = json.loads((folder / "cafe.json").read_text())
        structure["questions"][1]["severity"] = "dire"
        (folder / "cafe.json").write_text(json.dumps(structure))
        profile.run("questionnaires", "check", folder / "cafe.json").expect(
            code=3, err="questions[1].severity", out="are not translated yet")


run()

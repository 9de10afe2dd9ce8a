# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports as files, read by programs that are not ours where they are there.

POSTURE_OSCAL_SCHEMA names the published JSON Schema of OSCAL assessment results 1.0.
"""

import csv
import html.parser
import io
import json
import os
import re
import shutil
import stat
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import ROOT, Profile, case, run  # noqa: E402

QUESTIONNAIRES = ("essentials", "nist-800-171", "nist-csf-2", "owasp-samm")
FORMATS = ("html", "pdf", "csv", "json", "oscal")
NOTE = "=HYPERLINK(\"x\")\u202e<script>alert(1)</script><img src=x onerror=y>\n@SUM(1)"
TAGS = {"html", "head", "meta", "title", "style", "body", "header", "main", "nav", "ul", "li", "a", "div", "h1", "h2",
        "h3", "h4", "h5", "p", "dl", "dt", "dd", "figure", "details", "summary", "table", "thead", "tr", "th", "td", "article",
        "svg", "g", "rect", "path", "text", "tspan", "line", "circle", "desc", "polygon", "polyline"}
EMPTY = {"meta"}
MARGIN = 59  # points; nothing but white is nearer to the side of a page


class Page(html.parser.HTMLParser):
    """Checks that all is closed, known and harmless, and that links lead somewhere."""

    def __init__(self, text):
        super().__init__()
        self.open, self.places, self.links, self.text = [], set(), set(), ""
        self.feed(text)
        assert not self.open, self.open
        assert self.links <= self.places, self.links - self.places

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS, tag
        if tag not in EMPTY:
            self.open.append(tag)
        for name, value in attrs:
            assert not name.startswith("on") and name not in ("src", "style", "action"), (tag, name)
            if name == "id":
                assert value not in self.places, value
                self.places.add(value)
            if name == "href":
                assert value.startswith("#"), value
                self.links.add(value[1:])

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        self.text += data


def export(profile, report, form, name=None, **more):
    path = profile.path(name or f"report.{form}")
    profile.run("reports", "export", report, "--format", form, "-o", path, **more).expect(out=str(path))
    return path


def assess(profile, questionnaire, note=None):
    answers = json.loads((ROOT / "data" / "examples" / f"{questionnaire}.json").read_text())
    if note is not None:
        for question, answer in answers["answers"].items():
            if not isinstance(answer, dict):
                answers["answers"][question] = {"value": answer, "note": note}
    path = profile.path("answers.json", json.dumps(answers))
    return profile.json("assess", questionnaire, "--answers", path, "--subject", note or "Trial")["id"]


def assert_harmless(profile, report):
    text = export(profile, report, "html").read_text()
    assert "\u202e" not in text and "<script" not in text
    assert "<script>alert(1)</script>" in Page(text).text
    for row in csv.reader(io.StringIO(export(profile, report, "csv").read_text("utf-8-sig"))):
        assert len(row) == 16
        for cell in row:
            assert cell[:1] not in ("=", "+", "@") and "\u202e" not in cell, cell
    assert "\u202e" not in export(profile, report, "oscal").read_text()
    assert NOTE in json.loads(export(profile, report, "json").read_text())["notes"].values()
    assert export(profile, report, "pdf").read_bytes().startswith(b"%PDF-")


@case
def hostile_notes_do_no_harm():
    with Profile() as profile:
        assert_harmless(profile, assess(profile, "essentials", NOTE))


def assert_within_margins(path):
    if not shutil.which("pdftotext"):
        return
    pages = subprocess.run(["pdftotext", "-bbox", path, "-"], check=True, stdout=subprocess.PIPE, text=True).stdout
    width = float(re.search(r'<page width="([\d.]+)"', pages)[1])
    words = re.findall(r'<word xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.-]+)".*?>(.*?)</word>', pages)
    assert len(words) > 1000
    for start, end, word in words:
        assert float(start) > MARGIN and float(end) < width - MARGIN, f"{word} is cut off at {start}–{end}"


@case
def all_questionnaires_are_whole():
    with Profile() as profile:
        for questionnaire in QUESTIONNAIRES:
            report = assess(profile, questionnaire)
            for language in ("en", "de"):
                path = profile.path("x")
                for form in FORMATS:
                    profile.run("reports", "export", report, "--format", form, "--output", path, "--language",
                                language).expect()
                    if form == "html":
                        page = Page(path.read_text())
                        assert ("Was zuerst zu tun ist" in page.text) == (language == "de")
                    if form == "pdf":
                        assert_within_margins(path)
                    if form == "csv":
                        rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
                        assert len({len(row) for row in rows}) == 1 and len(rows) > 30
                    if form in ("json", "oscal"):
                        json.loads(path.read_text())


@case
def what_counts_is_told_in_its_unit():
    with Profile() as profile:
        path = export(profile, assess(profile, "owasp-samm"), "html")
        text = Page(path.read_text()).text
        assert "0.25 of 1 point" in text and "0 to 1 of 1 point" in text and "of 1 points" not in text
        # a profile has levels, and no points
        report = assess(profile, "nist-csf-2")
        text = Page(export(profile, report, "html").read_text()).text
        assert "Level 0 of 4" in text and "Level 0 to 4 of 4" in text and "gap: 4" in text
        assert "Points" not in text and " of 4 points" not in text
        # what is needed before anything can be counted has no points
        answers = profile.path("answers.json", '{"questionnaire": "nist-800-171", "answers": {"3.1.1": "not-met"}}')
        report = profile.json("assess", "nist-800-171", "--answers", answers, "--subject", "Trial")["id"]
        text = Page(export(profile, report, "html").read_text()).text
        assert "needed for a score" in text and "up to 0" not in text


@case
def a_finding_is_told_in_the_same_words():
    with Profile() as profile:
        for questionnaire in QUESTIONNAIRES:
            report = assess(profile, questionnaire)
            findings = profile.json("reports", "show", report)["findings"]
            shown = " ".join(profile.run("reports", "show", report).expect().out.split())
            text = " ".join(Page(export(profile, report, "html").read_text()).text.split())
            rows = list(csv.DictReader(io.StringIO(export(profile, report, "csv").read_text("utf-8-sig"))))
            for finding in findings:
                words = f"{finding['severity']} severity · {finding['effort']} effort · "
                assert words in shown and words in text, words
            told = {int(row["Rank"]): (row["Severity"], row["Effort"]) for row in rows if row["Rank"]}
            assert told == {finding["rank"]: (finding["severity"], finding["effort"]) for finding in findings}


@case
def pages_can_be_read():
    if not shutil.which("pdfinfo") or not shutil.which("pdftotext"):
        return "pdfinfo and pdftotext are not there"
    with Profile() as profile:
        path = export(profile, assess(profile, "essentials"), "pdf")
        info = subprocess.run(["pdfinfo", path], check=True, stdout=subprocess.PIPE, text=True).stdout
        assert "Trial – " in info and "Tagged:          yes" in info and "JavaScript:      no" in info, info
        pages = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, stdout=subprocess.PIPE,
                               text=True).stdout.split("\f")[:-1]
        for number, page in enumerate(pages, 1):
            assert f"Page {number} of {len(pages)}" in page
            assert len(page.split()) > 20, f"page {number} is nearly empty"
        assert "The practice manager looks after it" in "".join(pages)
    return None


@case
def pages_are_read_aloud_in_their_order():
    if not shutil.which("pdfinfo"):
        return "pdfinfo is not there"
    with Profile() as profile:
        path = export(profile, assess(profile, "essentials"), "pdf")
        lines = subprocess.run(["pdfinfo", "-struct-text", path], check=True, stdout=subprocess.PIPE,
                               text=True).stdout.splitlines()
        parts = [line.strip() for line in lines]
        contents = parts[parts.index("TOC"):parts.index("H2 (block)")]
        assert contents.count("TOCI") == 5 and '"Result 1"' in contents, contents
        # a label or a number comes before what it belongs to, and each question can be jumped to
        assert any(part.startswith('"Submitted') for part in parts)
        # the end of a text is missing where it has a ligature, which pdfinfo mistakes for the end
        findings = next(i for i, part in enumerate(parts) if part.startswith('"In the order in which'))
        title = parts[parts.index("H3 (block)", findings) + 1]
        assert title.startswith('"1How well are your sign-ins'), title
        assert "Figure" in parts and '"Page 1 of' not in parts
    return None


@case
def oscal_is_valid():
    path = os.environ.get("POSTURE_OSCAL_SCHEMA")
    if not path:
        return "POSTURE_OSCAL_SCHEMA names no schema"
    try:
        import jsonschema
    except ImportError:
        return "python3-jsonschema is not there"
    text = open(path, encoding="utf-8").read()
    # what Python's expressions lack
    text = text.replace("(\\\\p{L}|_)(\\\\p{L}|\\\\p{N}|[.\\\\-_])*", "[^\\\\W\\\\d][\\\\w.\\\\-]*")
    schema = json.loads(text)
    # the schema names its parts by ids that are no addresses
    parts = {part["$id"]: part for part in schema["definitions"].values() if "$id" in part}
    text = json.dumps(schema)
    for place, part in schema["definitions"].items():
        if "$id" in part:
            text = text.replace(json.dumps({"$ref": part["$id"]}), json.dumps({"$ref": f"#/definitions/{place}"}))
            text = text.replace(f'"$ref": {json.dumps(part["$id"])}', f'"$ref": {json.dumps("#/definitions/" + place)}')
    assert parts
    schema = json.loads(text)
    for part in [schema, *schema["definitions"].values()]:
        part.pop("$id", None)
    validator = jsonschema.Draft7Validator(schema)
    with Profile() as profile:
        for questionnaire in QUESTIONNAIRES:
            for note in (None, NOTE):
                document = json.loads(export(profile, assess(profile, questionnaire, note), "oscal").read_text())
                faults = [f"{list(fault.absolute_path)}: {fault.message}"[:300]
                          for fault in validator.iter_errors(document)]
                assert not faults, faults[:5]
                del document["assessment-results"]["metadata"]["title"]
                assert list(validator.iter_errors(document)), "the schema checks nothing"
    return None


@case
def wrong_calls_are_told():
    with Profile() as profile:
        report = assess(profile, "essentials")
        path = profile.path("x.html")
        profile.run("reports", "export", report, "-o", path).expect(2, err="needs --format")
        profile.run("reports", "export", report, "--format", "html").expect(2, err="--output")
        profile.run("reports", "export", report, "--format", "doc", "-o", path).expect(2, err="no format “doc”")
        profile.run("reports", "export", "nothing", "--format", "html", "-o", path).expect(4)
        profile.run("reports", "export", report, "--format", "html", "-o", "/no/where/x").expect(
            1, err="there is no such folder")
        profile.run("reports", "export", "--help").expect(out=["--format", "-o, --output"])
        assert not path.exists()
        done = profile.json("reports", "export", report, "--format", "html", "-o", path)
        assert done == {"file": str(path), "format": "html", "report": report}
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@case
def a_killed_export_leaves_the_old_file():
    with Profile() as profile:
        report = assess(profile, "essentials")
        path = profile.path("x.html", "old")
        for point in ("export.write", "export.sync", "export.rename"):
            profile.environment["POSTURE_FAILPOINT"] = f"{point}=kill"
            done = profile.run("reports", "export", report, "--format", "html", "-o", path)
            if done.code == 0:
                return "built without failpoints"
            assert done.code == -9 and path.read_text() == "old", done
            del profile.environment["POSTURE_FAILPOINT"]
        export(profile, report, "html", "x.html")
        assert path.read_text().endswith("</html>\n")
    return None


@case
def answers_are_those_that_were_rated():
    with Profile() as profile:
        report = assess(profile, "essentials")
        before = export(profile, report, "csv").read_bytes()
        assessment = profile.json("reports", "show", report)["assessment"]
        profile.run("assessments", "rename", assessment, "Other").expect(out="")
        assert export(profile, report, "csv").read_bytes() == before
        assert b"Other" in export(profile, report, "html").read_bytes()


run()

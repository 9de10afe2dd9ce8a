# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that the shipped questionnaires, their words and the example answers, and what
data/README.md shows, are what the JSON Schemas say; and that the schemas refuse what is wrong.

Usage: check-schemas.py ROOT
Prints TAP. ROOT is the source tree; whatever files are there are checked.
"""

import copy
import json
import pathlib
import re
import sys

import jsonschema

# What a schema must refuse: kind of file, and how a good one is spoilt.
SPOILT = [
    ("questionnaire", lambda it: it.pop("version")),
    ("questionnaire", lambda it: it.update(format=2)),
    ("questionnaire", lambda it: it["questions"][0].pop("weight")),
    ("questionnaire", lambda it: it["questions"][0].update(wieght=1)),
    ("questionnaire", lambda it: it["questions"][0].update(id="a b")),
    ("questionnaire", lambda it: it["questions"][0].update(kind="text")),
    ("questionnaire", lambda it: it["questions"][0].update(condition={"and": []})),
    ("questionnaire", lambda it: it["questions"][0].update(condition={"and": [], "or": []})),
    ("questionnaire", lambda it: it["method"]["levels"][0].update({"from": 101})),
    ("questionnaire", lambda it: it["questions"][0].update(maturity=1)),
    ("questionnaire", lambda it: it["questions"][0].update(deduction={"full": 1})),
    ("questionnaire", lambda it: it["questions"][0]["options"][0].pop("credit")),
    ("questionnaire", lambda it: it.update(method={"id": "deduction", "start": 1, "minimum": 0})),
    ("questionnaire", lambda it: it.update(method={"id": "maturity", "levels": []})),
    ("questionnaire", lambda it: it.update(option_sets={"a": [{"id": "x"}]})),
    ("questionnaire", lambda it: it.update(review={"months": 1, "days": 1})),
    ("questionnaire", lambda it: it.update(profiles=[{"id": "a", "targets": {}}])),
    ("questionnaire", lambda it: it["sections"][0].update(for_each=True)),
    ("questionnaire", lambda it: it["questions"][0].update(tips=[{"id": "a", "impact": "high"}])),
    ("questionnaire", lambda it: it["questions"][0].update(recommendations=[{"when": {"and": []}}])),
    ("questionnaire", lambda it: it["questions"][0].update(evidence="yes")),
    ("words", lambda it: it.pop("title")),
    ("words", lambda it: it["questions"].update({"a b": {"question": "?"}})),
    ("words", lambda it: next(iter(it["questions"].values())).update(hint="x")),
    ("words", lambda it: it.update(language="English")),
    ("words", lambda it: it.update(option_sets={"a": {"x": 1}})),
    ("answers", lambda it: it.pop("questionnaire")),
    ("answers", lambda it: it["answers"].update({"x@a@b": True})),
    ("answers", lambda it: it["answers"].update(x={"value": ["a"], "names": {"a": " "}})),
    ("answers", lambda it: it["answers"].update(x=None)),
    ("answers", lambda it: it["answers"].update(x={"value": 1, "unknown": True})),
    ("answers", lambda it: it["answers"].update(x={"unknown": False})),
    ("answers", lambda it: it["answers"].update(x={"not_applicable": ""})),
    ("answers", lambda it: it["answers"].update(x={"note": "n"})),
    ("answers", lambda it: it["answers"].update(x=[])),
    ("answers", lambda it: it["answers"].update(x={"target": 1, "note": 1})),
    ("answers", lambda it: it.update(targets={"x": {"value": 1}})),
]


def kind_of(document):
    if "answers" in document:
        return "answers"
    return "words" if "language" in document else "questionnaire"


def examples(root):
    """Yields (name, document): the files, then the blocks of the README."""
    data = root / "data"
    for folder in ("questionnaires", "examples"):
        for path in sorted((data / folder).glob("*.json")):
            yield str(path.relative_to(root)), json.loads(path.read_text(encoding="utf-8"))
    blocks = re.findall(r"^```json\n(.*?)^```", (data / "README.md").read_text(encoding="utf-8"),
                        re.S | re.M)
    for number, block in enumerate(blocks, 1):
        yield f"data/README.md, block {number}", json.loads(block)


def main():
    root = pathlib.Path(sys.argv[1])
    validators = {}
    for kind, name in (("questionnaire", "questionnaire-1"), ("words", "questionnaire-words-1"),
                       ("answers", "answers-1")):
        schema = json.loads((root / f"data/schema/{name}.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft7Validator.check_schema(schema)
        validators[kind] = jsonschema.Draft7Validator(schema)

    cases, good = [], {}
    for name, document in examples(root):
        kind = kind_of(document)
        if name.startswith("data/README.md"):
            good.setdefault(kind, document)
        faults = [f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
                  for error in validators[kind].iter_errors(document)]
        cases.append((f"/schemas/{name}", faults))
    for number, (kind, spoil) in enumerate(SPOILT, 1):
        document = copy.deepcopy(good[kind])
        spoil(document)
        refused = not validators[kind].is_valid(document)
        cases.append((f"/schemas/refuses/{kind}-{number}", [] if refused else ["was accepted"]))

    print(f"1..{len(cases)}")
    for number, (name, faults) in enumerate(cases, 1):
        print(f"{'not ok' if faults else 'ok'} {number} {name}")
        for fault in faults:
            print(f"# {fault}")
    sys.exit(any(faults for _, faults in cases))


if __name__ == "__main__":
    main()

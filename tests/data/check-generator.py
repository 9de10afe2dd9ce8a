# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that the generator of types names the line of what it cannot read, writes nothing then,
and that the same schema gives the same files.

Usage: check-generator.py GENERATOR SCHEMA
Prints TAP.
"""

import pathlib
import subprocess
import sys
import tempfile

# What is wrong with a schema, and how it is told.
BROKEN = [
    ("type A {\n  x: Int!\n", "3: a name is missing before “the end”"),
    ("\n\nunion A = B", "3: “=” is not understood here"),
    ("interface A { x: Int! }", "1: “interface” is not one of scalar, enum, type"),
    ("type A {\n  x Int!\n}", "2: “:” is missing before “Int”"),
    ("type A {\n  x: Thing!\n}", "2: Thing is not defined"),
    ("type A {\n}", "1: A is empty"),
    ("enum E {\n}", "1: E is empty"),
    ("type A { x: Int! }\ntype A { y: Int! }", "2: A is defined twice"),
    ("type A {\n  x: Int!\n  x: Int!\n}", "3: A.x is there twice"),
    ("enum E {\n  a\n  a\n}", "3: E.a is there twice"),
    ("scalar Colour", "1: no C type is known for the scalar Colour"),
    ("scalar Int", "1: Int is defined twice"),
    ("type A {\n  x: [String]!\n}", "2: a list such as x holds no nulls: write [String!]!"),
    ("type A {\n  x: [String!]\n}", "2: a list such as x is never null: write [String!]!"),
    ("type A {\n  x: [Int!]!\n}", "2: a list of Int is not supported"),
    ("enum E { a }\ntype A {\n  x: E\n}", "3: an enum such as x cannot be null"),
    ("type A {\n  x: Int! @sparse\n}", "2: a sparse member such as x can be null"),
    ("type A {\n  x: Int @dense\n}", "2: “sparse” is missing before “dense”"),
    ("directive @dense on OBJECT", "1: “sparse” is missing before “dense”"),
    ("type A { x: Int! }\n\"open", "2: “\"” is not understood here"),
]


def generate(generator, schema, folder):
    run = subprocess.run([sys.executable, generator, schema, folder / "t.h", folder / "t.c"],
                         capture_output=True, text=True, check=False)
    texts = [(folder / name).read_text(encoding="utf-8") if (folder / name).exists() else None
             for name in ("t.h", "t.c")]
    return run.returncode, run.stderr.strip(), texts


def main():
    generator, shipped = map(pathlib.Path, sys.argv[1:3])
    cases = []
    for number, (text, expected) in enumerate(BROKEN, 1):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            schema = folder / "s.graphql"
            schema.write_text(text, encoding="utf-8")
            status, message, texts = generate(generator, schema, folder)
            good = status == 1 and message == f"{schema}:{expected}" and texts == [None, None]
            cases.append((f"broken-{number}", good, message))
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        first = generate(generator, shipped, pathlib.Path(one))
        second = generate(generator, shipped, pathlib.Path(two))
        cases.append(("same", first == second and first[0] == 0, first[1]))
        source = first[2][1]
        cases.append(("documented", source.count("/**") == source.count("\nposture_"), ""))
    print(f"1..{len(cases)}")
    for number, (name, good, message) in enumerate(cases, 1):
        print(f"{'ok' if good else 'not ok'} {number} /generator/{name}")
        if not good:
            print(f"# {message}")
    sys.exit(not all(good for _, good, _ in cases))


if __name__ == "__main__":
    main()

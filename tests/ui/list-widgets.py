# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints C with the types of all classes that source files define, so that a test misses none.

    list-widgets.py SOURCE…
"""

import pathlib
import re
import sys

DEFINITION = re.compile(r"^G_DEFINE_\w*TYPE\w* \(\w+, (\w+),", re.MULTILINE)

prefixes = sorted(found for source in sys.argv[1:]
                  for found in DEFINITION.findall(pathlib.Path(source).read_text(encoding="utf-8")))
print("#include <glib-object.h>")
print("\ntypedef GType (*GetType) (void);\n")
for prefix in prefixes:
    print(f"GType {prefix}_get_type (void);")
print("\nextern const GetType all_types[];\nconst GetType all_types[] = {")
for prefix in prefixes:
    print(f"  {prefix}_get_type,")
print("  NULL\n};")

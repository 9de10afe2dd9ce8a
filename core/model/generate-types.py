#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes C structs out of a GraphQL schema: the part of the language that describes plain values
(scalar, enum, type), and the directive @sparse, nothing more.

Usage: generate-types.py SCHEMA HEADER SOURCE
A schema it cannot read gives "SCHEMA:LINE: reason" and exit status 1.
"""

import pathlib
import re
import sys
import textwrap

# GraphQL's name of a scalar -> (kind in type-info-private.h, C type)
SCALARS = {
    "String": ("STRING", "const char *"),
    "Int": ("INT", "int "),
    "Boolean": ("BOOLEAN", "gboolean "),
    "Id": ("ID", "const char *"),
    "UUID": ("UUID", "const char *"),
    "Digest": ("DIGEST", "const char *"),
    "DateTime": ("DATE_TIME", "const char *"),
    "Decimal": ("DECIMAL", "gint64 "),
    "Answers": ("ANSWERS", "const char *"),
}
BUILT_IN = {"String", "Int", "Boolean"}
TOKEN = re.compile(r'(?P<space>[\s,\ufeff]+|#[^\n]*)|(?P<text>"""(?:.|\n)*?"""|"[^"\n]*")'
                   r"|(?P<name>[A-Za-z_]\w*)|(?P<mark>[{}\[\]:!@])")


# What goes before the types.
DECIMAL = """/**
 * POSTURE_DECIMAL_PLACES:
 *
 * The digits after the point that a decimal member can have.
 */
#define POSTURE_DECIMAL_PLACES 6

/**
 * POSTURE_DECIMAL_ONE:
 *
 * What a decimal member is for the number one.
 */
#define POSTURE_DECIMAL_ONE 1000000
"""


class SchemaError(Exception):
    def __init__(self, line, reason):
        super().__init__(reason)
        self.line = line


class Field:
    def __init__(self, name, line, doc, type_name, required, is_list, is_sparse=False):
        self.name, self.line, self.doc = name, line, doc
        self.type_name, self.required, self.is_list = type_name, required, is_list
        self.is_sparse = is_sparse


class Definition:
    """An enum with its values, a type with its fields, or a scalar with neither."""

    def __init__(self, kind, name, line, doc):
        self.kind, self.name, self.line, self.doc = kind, name, line, doc
        self.members = []


class Parser:
    def __init__(self, text):
        self.tokens = []
        place = 0
        while place < len(text):
            match = TOKEN.match(text, place)
            line = text.count("\n", 0, place) + 1
            if match is None:
                raise SchemaError(line, f"“{text[place]}” is not understood here")
            if match.lastgroup != "space":
                self.tokens.append((match.lastgroup, match.group(), line))
            place = match.end()
        self.tokens.append(("end", "the end", text.count("\n") + 1))
        self.place = 0

    @property
    def line(self):
        return self.tokens[self.place][2]

    @property
    def text(self):
        return self.tokens[self.place][1]

    def take(self, group=None, value=None):
        """The next token if it is as wanted, else None."""
        kind, text, _ = self.tokens[self.place]
        if (group is not None and kind != group) or (value is not None and text != value):
            return None
        self.place += 1
        return text

    def need(self, group, value=None):
        found = self.take(group, value)
        if found is None:
            wanted = f"“{value}”" if value else f"a {group}"
            raise SchemaError(self.line, f"{wanted} is missing before “{self.text}”")
        return found

    def doc(self):
        text = self.take("text") or ""
        return " ".join(text.strip('"').split())

    def field(self):
        doc, line, name = self.doc(), self.line, self.need("name")
        self.need("mark", ":")
        is_list = self.take("mark", "[") is not None
        type_name = self.need("name")
        required = self.take("mark", "!") is not None
        if is_list:
            if not required:
                raise SchemaError(
                    line, f"a list such as {name} holds no nulls: write [{type_name}!]!")
            self.need("mark", "]")
            required = self.take("mark", "!") is not None
            if not required:
                raise SchemaError(
                    line, f"a list such as {name} is never null: write [{type_name}!]!")
        is_sparse = self.take("mark", "@") is not None
        if is_sparse:
            self.need("name", "sparse")
            if required:
                raise SchemaError(line, f"a sparse member such as {name} can be null")
        return Field(name, line, doc, type_name, required, is_list, is_sparse)

    def directive(self):
        """directive @sparse on FIELD_DEFINITION; there is no other."""
        for group, value in (("mark", "@"), ("name", "sparse"), ("name", "on"),
                             ("name", "FIELD_DEFINITION")):
            self.need(group, value)

    def definition(self):
        doc, line = self.doc(), self.line
        kind = self.need("name")
        if kind == "directive":
            self.directive()
            return None
        if kind not in ("scalar", "enum", "type"):
            raise SchemaError(line, f"“{kind}” is not one of scalar, enum, type")
        definition = Definition(kind, self.need("name"), line, doc)
        if kind != "scalar":
            self.need("mark", "{")
            while self.take("mark", "}") is None:
                if kind == "type":
                    definition.members.append(self.field())
                else:
                    value_doc, value_line = self.doc(), self.line
                    definition.members.append(
                        Field(self.need("name"), value_line, value_doc, None, True, False))
            if not definition.members:
                raise SchemaError(line, f"{definition.name} is empty")
        return definition

    def schema(self):
        definitions = []
        while self.take("end") is None:
            definitions.append(self.definition())
        return [definition for definition in definitions if definition is not None]


def check(definitions):
    """What is right in each part and yet wrong together."""
    names = {}
    for definition in definitions:
        if definition.name in names or definition.name in BUILT_IN:
            raise SchemaError(definition.line, f"{definition.name} is defined twice")
        names[definition.name] = definition
        if definition.kind == "scalar" and definition.name not in SCALARS:
            raise SchemaError(definition.line,
                              f"no C type is known for the scalar {definition.name}")
        seen = set()
        for member in definition.members:
            if member.name in seen:
                raise SchemaError(member.line, f"{definition.name}.{member.name} is there twice")
            seen.add(member.name)
    for definition in definitions:
        for field in definition.members if definition.kind == "type" else []:
            target = names.get(field.type_name)
            if target is None and field.type_name not in BUILT_IN:
                raise SchemaError(field.line, f"{field.type_name} is not defined")
            value = target is None or target.kind == "enum" or not SCALARS.get(
                field.type_name, ("", "const char *"))[1].endswith("*")
            if target is None and field.type_name == "String":
                value = False
            if field.is_list and value:
                raise SchemaError(field.line, f"a list of {field.type_name} is not supported")
            if target is not None and target.kind == "enum" and not field.required:
                raise SchemaError(field.line, f"an enum such as {field.name} cannot be null")
    return names


def snake(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def comment(head, lines, tail=()):
    """A gi-docgen comment."""
    out = ["/**", f" * {head}:"]
    for line in lines:
        out += textwrap.wrap(line, 96, initial_indent=" * ", subsequent_indent=" *   ")
    if tail:
        out.append(" *")
        for line in tail:
            out += textwrap.wrap(line, 96, initial_indent=" * ", subsequent_indent=" * ") or [" *"]
    return "\n".join(out + [" */"])


def is_flagged(field, names):
    """Whether a struct needs a flag beside the member to say that it is null."""
    return (not field.required and not field.is_list and field.type_name in SCALARS
            and not SCALARS[field.type_name][1].endswith("*"))


def c_type(field, names):
    if field.is_list:
        return "GPtrArray *"
    if field.type_name in SCALARS:
        return SCALARS[field.type_name][1]
    if names[field.type_name].kind == "enum":
        return f"Posture{field.type_name} "
    return f"Posture{field.type_name} *"


def describe(field, names):
    marks = []
    if field.is_list:
        element = "utf8" if field.type_name in SCALARS else f"Posture{field.type_name}"
        marks.append(f"(element-type {element})")
    if not field.required and not is_flagged(field, names):
        marks.append("(nullable)")
    text = field.doc or field.name
    if field.type_name == "Decimal":
        text += ", in millionths"
    if field.type_name == "Answers":
        text += ", as canonical JSON"
    return f"@{field.name}: {' '.join(marks)}{': ' if marks else ''}{text}"


def declare_enum(definition):
    prefix = f"POSTURE_{snake(definition.name).upper()}_"
    lines = [f"@{prefix}{value.name.upper()}: {value.doc or value.name}"
             for value in definition.members]
    values = "".join(f"  {prefix}{value.name.upper()},\n" for value in definition.members)
    name = f"posture_{snake(definition.name)}"
    return (f"{comment('Posture' + definition.name, lines, [definition.doc])}\n"
            f"typedef enum\n{{\n{values}}} Posture{definition.name};\n\n"
            f"const char *{name}_to_string (Posture{definition.name} value);\n"
            f"gboolean {name}_from_string (const char *text,\n"
            f"  Posture{definition.name} *ret_value);\n")


def declare_type(definition, names):
    c_name, name = f"Posture{definition.name}", f"posture_{snake(definition.name)}"
    lines, members = [], ""
    for field in definition.members:
        if is_flagged(field, names):
            lines.append(f"@has_{field.name}: whether there is a @{field.name}")
            members += f"  gboolean has_{field.name};\n"
        lines.append(describe(field, names))
        members += f"  {c_type(field, names)}{field.name};\n"
    return (f"{comment(c_name, lines, [definition.doc])}\n"
            f"struct _{c_name}\n{{\n  /*< private >*/\n  gatomicrefcount ref_count;\n"
            f"  PostureTypePool *pool;\n\n"
            f"  /*< public >*/\n{members}}};\n\n"
            f"{c_name} *{name}_new (void);\n"
            f"{c_name} *{name}_new_in (PostureTypePool *pool);\n"
            f"{c_name} *{name}_ref ({c_name} *self);\n"
            f"void {name}_unref ({c_name} *self);\n"
            f"{c_name} *{name}_read (const PostureJsonNode *node, GError **error);\n"
            f"void {name}_write (PostureJsonWriter *writer, const {c_name} *self);\n"
            f"G_DEFINE_AUTOPTR_CLEANUP_FUNC ({c_name}, {name}_unref)\n")


def header(definitions, names, schema):
    types = [item for item in definitions if item.kind == "type"]
    parts = [f"/* SPDX-License-Identifier: GPL-3.0-or-later */\n"
             f"/* Made by generate-types.py out of {schema}; change that instead. */\n\n"
             f'#pragma once\n\n#include "json/json-document.h"\n#include "json/json-writer.h"\n'
             '#include "model/type-pool.h"\n\n'
             f"G_BEGIN_DECLS\n",
             DECIMAL,
             "".join(f"typedef struct _Posture{item.name} Posture{item.name};\n" for item in types)]
    parts += [declare_enum(item) for item in definitions if item.kind == "enum"]
    parts += [declare_type(item, names) for item in types]
    return "\n".join(parts + ["G_END_DECLS\n"])


def define_enum(definition):
    name, c_name = f"posture_{snake(definition.name)}", f"Posture{definition.name}"
    values = "".join(f'  "{value.name}",\n' for value in definition.members)
    table = f"{snake(definition.name)}_values"
    to_doc = comment(f"{name}_to_string", ["@value: a value"],
                     [f"Returns: (transfer none): how JSON spells it"])
    from_doc = comment(f"{name}_from_string",
                       ["@text: (nullable): a text", "@ret_value: (out): the value it spells"],
                       ["Returns: %TRUE if it spells one"])
    return (f"static const char *const {table}[] = {{\n{values}  NULL,\n}};\n\n"
            f"{to_doc}\nconst char *\n{name}_to_string ({c_name} value)\n{{\n"
            f"  return {table}[value];\n}}\n\n"
            f"{from_doc}\ngboolean\n"
            f"{name}_from_string (const char *text, {c_name} *ret_value)\n{{\n"
            f"  int found = posture_type_find_value ({table}, text);\n\n"
            f"  if (found >= 0)\n    *ret_value = ({c_name}) found;\n  return found >= 0;\n}}\n")


def define_field(definition, field, names):
    c_name = f"Posture{definition.name}"
    target = names.get(field.type_name)
    kind = SCALARS[field.type_name][0] if field.type_name in SCALARS else target.kind.upper()
    parts = [f'"{field.name}"', f"POSTURE_TYPE_{'OBJECT' if kind == 'TYPE' else kind}",
             f"G_STRUCT_OFFSET ({c_name}, {field.name})"]
    if not field.required:
        parts.append(".nullable = TRUE")
    if field.is_sparse:
        parts.append(".sparse = TRUE")
    if is_flagged(field, names):
        parts.append(f".flag = G_STRUCT_OFFSET ({c_name}, has_{field.name})")
    if field.is_list:
        parts.append(".list = TRUE")
    if kind == "ENUM":
        parts.append(f".values = {snake(field.type_name)}_values")
    if kind == "TYPE":
        parts.append(f".type = &{snake(field.type_name)}_type")
    return f"  {{ {', '.join(parts)} }},\n"


def define_type(definition, names):
    c_name, name = f"Posture{definition.name}", f"posture_{snake(definition.name)}"
    table = snake(definition.name)
    fields = "".join(define_field(definition, field, names) for field in definition.members)
    new_doc = comment(f"{name}_new", [], [
        "Makes one whose members are 0, %NULL and empty lists. Fill it in before anyone else sees "
        "it; it is not changed afterwards, so that threads can share it.", "",
        "Returns: (transfer full): a new value"])
    new_in_doc = comment(f"{name}_new_in", ["@pool: where it is to lie"], [
        "Makes one whose members are 0, %NULL and empty lists, which all share. See "
        "posture_type_pool_new() for what can be put in; a reference to it is one to the pool.", "",
        "Returns: (transfer none): a new value"])
    ref_doc = comment(f"{name}_ref", ["@self: a value"],
                      ["Returns: (transfer full): @self with one more reference"])
    unref_doc = comment(f"{name}_unref", ["@self: (transfer full): a value"],
                        ["Gives a reference back."])
    read_doc = comment(f"{name}_read", ["@node: a value that was read",
                                        "@error: return location for a #PostureModelError"], [
        "Reads it strictly: what is missing or of another type is an error that names its place. "
        "Members that are not known are passed over, so that a newer side can add some.", "",
        "Returns: (transfer full) (nullable): the value, or %NULL on error"])
    write_doc = comment(f"{name}_write", ["@writer: where to", "@self: a value"],
                        ["Writes it as canonical JSON, with every member."])
    return (f"static const PostureTypeField {table}_fields[] = {{\n{fields}}};\n\n"
            f"static const PostureTypeInfo {table}_type = {{\n"
            f"  sizeof ({c_name}), {table}_fields,\n"
            f"  G_N_ELEMENTS ({table}_fields),\n}};\n\n"
            f"{new_doc}\n{c_name} *\n{name}_new (void)\n{{\n"
            f"  return posture_type_new (&{table}_type);\n}}\n\n"
            f"{new_in_doc}\n{c_name} *\n{name}_new_in (PostureTypePool *pool)\n{{\n"
            f"  return posture_type_new_in (&{table}_type, pool);\n}}\n\n"
            f"{ref_doc}\n{c_name} *\n{name}_ref ({c_name} *self)\n{{\n"
            f"  return posture_type_ref (self);\n}}\n\n"
            f"{unref_doc}\nvoid\n{name}_unref ({c_name} *self)\n{{\n"
            f"  posture_type_unref (&{table}_type, self);\n}}\n\n"
            f"{read_doc}\n{c_name} *\n"
            f"{name}_read (const PostureJsonNode *node, GError **error)\n{{\n"
            f"  return posture_type_read (&{table}_type, node, error);\n}}\n\n"
            f"{write_doc}\nvoid\n"
            f"{name}_write (PostureJsonWriter *writer, const {c_name} *self)\n{{\n"
            f"  posture_type_write (&{table}_type, writer, self);\n}}\n")


def source(definitions, names, schema, header_name):
    types = [item for item in definitions if item.kind == "type"]
    parts = [f"/* SPDX-License-Identifier: GPL-3.0-or-later */\n"
             f"/* Made by generate-types.py out of {schema}; change that instead. */\n\n"
             f'#include "config.h"\n\n#include "model/{header_name}"\n\n'
             f'#include "model/type-info-private.h"\n\n'
             f"G_STATIC_ASSERT (POSTURE_DECIMAL_PLACES == POSTURE_TYPE_DECIMAL_PLACES);\n",
             "".join(f"static const PostureTypeInfo {snake(item.name)}_type;\n" for item in types)]
    parts += [define_enum(item) for item in definitions if item.kind == "enum"]
    parts += [define_type(item, names) for item in types]
    return "\n".join(parts)


def main():
    schema, header_path, source_path = map(pathlib.Path, sys.argv[1:4])
    try:
        definitions = Parser(schema.read_text(encoding="utf-8")).schema()
        names = check(definitions)
    except SchemaError as error:
        sys.exit(f"{schema}:{error.line}: {error}")
    header_path.write_text(header(definitions, names, schema.name), encoding="utf-8")
    source_path.write_text(source(definitions, names, schema.name, header_path.name),
                           encoding="utf-8")


if __name__ == "__main__":
    main()

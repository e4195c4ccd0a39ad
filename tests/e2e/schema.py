"""The part of JSON Schema that our schemas use. A keyword that is not known here is
an error, so that no promise goes unchecked."""

import datetime
import json
import os
import re

TYPES = {
    "object": lambda v: isinstance(v, dict),
    "array": lambda v: isinstance(v, list),
    "string": lambda v: isinstance(v, str),
    "boolean": lambda v: isinstance(v, bool),
    "null": lambda v: v is None,
    "number": lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
    "integer": lambda v: not isinstance(v, bool) and
    (isinstance(v, int) or isinstance(v, float) and v == int(v)),
}
SILENT = {"$schema", "$id", "$comment", "$defs", "definitions", "title", "description", "examples",
          "default"}


def _date_time(v):
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", v):
        return False
    try:
        datetime.datetime.fromisoformat(v.replace("Z", "+00:00"))
        return True
    except ValueError:
        return False


def _members(value, schema, at, root):
    known = schema.get("properties", {})
    for name in schema.get("required", []):
        if name not in value:
            yield f"{at}: {name} is missing"
    for name, member in value.items():
        where = f"{at}.{name}"
        patterns = [s for p, s in schema.get("patternProperties", {}).items() if re.search(p, name)]
        for s in ([known[name]] if name in known else []) + patterns:
            yield from breaches(member, s, where, root)
        if name not in known and not patterns:
            rest = schema.get("additionalProperties", True)
            if rest is False:
                yield f"{where}: not promised"
            elif isinstance(rest, dict):
                yield from breaches(member, rest, where, root)
        if "propertyNames" in schema:
            yield from breaches(name, schema["propertyNames"], f"{at} name {name!r}", root)


def _elements(value, schema, at, root):
    if len(value) < schema.get("minItems", 0) or len(value) > schema.get("maxItems", 1 << 60):
        yield f"{at}: {len(value)} elements"
    if schema.get("uniqueItems") and len({json.dumps(v) for v in value}) != len(value):
        yield f"{at}: twice the same"
    for i, element in enumerate(value):
        yield from breaches(element, schema.get("items", {}), f"{at}[{i}]", root)


def _scalar(value, schema, at):
    if isinstance(value, str):
        if len(value) < schema.get("minLength", 0) or len(value) > schema.get("maxLength", 1 << 60):
            yield f"{at}: {len(value)} characters"
        if "pattern" in schema and not re.search(schema["pattern"], value):
            yield f"{at}: {value!r} does not match {schema['pattern']}"
        if schema.get("format") == "date-time" and not _date_time(value):
            yield f"{at}: {value!r} is no time"
    if TYPES["number"](value):
        for word, bad in (("minimum", lambda a, b: a < b), ("maximum", lambda a, b: a > b),
                          ("exclusiveMinimum", lambda a, b: a <= b),
                          ("exclusiveMaximum", lambda a, b: a >= b)):
            if word in schema and bad(value, schema[word]):
                yield f"{at}: {value} against {word} {schema[word]}"


CHECKED = {"type", "const", "enum", "properties", "required", "additionalProperties",
           "patternProperties", "propertyNames", "items", "minItems", "maxItems", "uniqueItems",
           "minLength", "maxLength", "pattern", "format", "minimum", "maximum", "exclusiveMinimum",
           "exclusiveMaximum", "$ref", "allOf", "anyOf", "oneOf", "not", "if", "then", "else",
           "minProperties", "maxProperties"}


def breaches(value, schema, at="$", root=None):
    root = schema if root is None else root
    if schema in (True, False):
        if schema is False:
            yield f"{at}: never allowed"
        return
    for word in schema.keys() - CHECKED - SILENT:
        yield f"{at}: the schema's keyword {word!r} is not known to this test"
    if "$ref" in schema:
        target = root
        for step in schema["$ref"].lstrip("#/").split("/"):
            target = target[step]
        yield from breaches(value, target, at, root)
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(TYPES[k](value) for k in kinds):
        yield f"{at}: {value!r} is not {' or '.join(kinds)}"
        return
    if "const" in schema and value != schema["const"]:
        yield f"{at}: {value!r} is not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    for part in schema.get("allOf", []):
        yield from breaches(value, part, at, root)
    for word in ("anyOf", "oneOf"):
        if word in schema:
            good = sum(not list(breaches(value, s, at, root)) for s in schema[word])
            if good < 1 or (word == "oneOf" and good > 1):
                yield f"{at}: {value!r} fits {good} of {word}"
    if "not" in schema and not list(breaches(value, schema["not"], at, root)):
        yield f"{at}: {value!r} is what it must not be"
    if "if" in schema:
        branch = "else" if list(breaches(value, schema["if"], at, root)) else "then"
        yield from breaches(value, schema.get(branch, {}), at, root)
    if isinstance(value, dict):
        if len(value) < schema.get("minProperties", 0):
            yield f"{at}: too few members"
        yield from _members(value, schema, at, root)
    elif isinstance(value, list):
        yield from _elements(value, schema, at, root)
    else:
        yield from _scalar(value, schema, at)


def load(folder):
    """Name of the payload ("earshot.event/1" …) to schema."""
    found = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".json"):
            with open(os.path.join(folder, name), encoding="utf-8") as f:
                schema = json.load(f)
            const = schema.get("properties", {}).get("schema", {}).get("const")
            found[const or name] = schema
    return found

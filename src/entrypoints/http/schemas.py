"""Schemas of what is sent and answered, for the OpenAPI document."""

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeAlias, get_args, get_type_hints

import msgspec

Json: TypeAlias = dict[str, Any]
"""A piece of the document, which only ends up as text."""

_REF = "#/components/schemas/"


class Schemas:
    """JSON Schemas by msgspec: the very rules by which bodies are read, under short names.

    Litestar's own schemas leave limits out where a field may be absent or null.
    """

    def __init__(self, kinds: Iterable[object]) -> None:
        wanted = list(dict.fromkeys(kinds))
        schemas, components = msgspec.json.schema_components(wanted, ref_template=f"{_REF}{{name}}")
        self._schemas = dict(zip(wanted, schemas, strict=True))
        self._names = _short_names(components)
        dated = {kind.__name__: kind for kind in _structs(wanted)}
        for name, component in components.items():
            component["title"] = self._names[name]
            if "description" in component:
                component["description"] = prose(component["description"])
            for field, hint in get_type_hints(dated[name]).items() if name in dated else ():
                _say_when(component["properties"].get(field, {}), hint)
                _allow_repetition(component["properties"].get(field, {}))
        self.components = {
            self._names[name]: components[name] for name in sorted(components, key=self._names.__getitem__)
        }

    def __getitem__(self, kind: object) -> Mapping[str, object]:
        return self._schemas[kind]

    def shortened(self, document: bytes) -> bytes:
        """``document`` with every reference under its short name."""
        for name, short in self._names.items():
            document = document.replace(f'"{_REF}{name}"'.encode(), f'"{_REF}{short}"'.encode())
        return document


def prose(docstring: str) -> str:
    """A docstring as Markdown."""
    return inspect.cleandoc(docstring).replace("``", "`")


def _short_names(names: Iterable[str]) -> dict[str, str]:
    """``CourseView`` is ``Course``, a page of them ``CoursePage``; what would be called like another keeps its name."""
    short = {name: re.sub(r"^Page_(\w+?)(?:View)?_$", r"\1Page", name).removesuffix("View") for name in names}
    return {name: name if new != name and new in short else new for name, new in short.items()}


def _structs(kinds: Iterable[object]) -> Iterator[type[msgspec.Struct]]:
    """Every Struct in ``kinds`` and in what they are made of."""
    waiting, seen = list(kinds), set()
    while waiting:
        kind = waiting.pop()
        waiting += get_args(kind)
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind not in seen:
            seen.add(kind)
            waiting += get_type_hints(kind).values()
            yield kind


def _allow_repetition(schema: Json) -> None:
    """Whoever names something twice in a set has named it: it is read as that set, and not refused."""
    for choice in (schema, *schema.get("anyOf", ())):
        choice.pop("uniqueItems", None)


def _say_when(schema: Json, hint: object) -> None:
    """Mark instants as such: msgspec does so only where it may refuse an answer of ours for having no time zone."""
    if hint is datetime:
        schema["format"] = "date-time"
    elif datetime in get_args(hint):
        for choice in schema["anyOf"]:
            if choice.get("type") == "string":
                choice["format"] = "date-time"

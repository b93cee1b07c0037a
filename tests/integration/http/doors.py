"""Every operation of the OpenAPI document as something to knock at: where ids stand in it, and a body that fits."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

import httpx

from entrypoints.http.openapi import openapi_document

Schema = Mapping[str, Any]
Path = tuple[str, ...]

EACH, KEY = "[]", "{}"
"""Steps into an array, and to the key of an object whose keys are ids."""

BODIES: Mapping[str, Mapping[str, object]] = {
    "addDomain": {"hostname": "learn.springfield.org"},
    "announce": {"title": "Monday", "message": "School is closed.", "to_all": False},
    "changePassword": {"current_password": "not the right one", "new_password": "sixth yellow otter umbrella"},
    "confirmErasure": {"code": "nobody-gave-this-code", "phrase": "Goodbye"},
    "createAssignment": {"title": "Essay", "instructions": "Write one."},
    "createContent": {"title": "Reading", "content_type": "DOCUMENT"},
    "createQuestion": {"kind": "SHORT_ANSWER", "prompt": "How many?", "accepted_answers": ["four"]},
    "createTeacher": {"email": "new1@person.example", "first_name": "New", "last_name": "Person"},
    "impersonate": {"reason": "A course cannot be found"},
    "importTeachers": {"csv": "email,first_name,last_name\nimported@person.example,Im,Ported\n", "dry_run": False},
    "login": {"email": "nobody@person.example", "password": "not the right one"},
    "onboardSchool": {
        "school_name": "Hill",
        "admin_email": "hill@person.example",
        "admin_first_name": "Hilda",
        "admin_last_name": "Hill",
    },
    "previewReminder": {"kind": "CUSTOM", "subject": "Please", "message": "Look at it."},
    "registerTeacher": {"email": "new2@person.example", "first_name": "New", "last_name": "Person"},
    "reportProgress": {"watched": [[0, 1]], "position_seconds": 1},
    "requestPasswordReset": {"email": "nobody@person.example"},
    "resendVerification": {"email": "nobody@person.example"},
    "sendReminder": {"kind": "CUSTOM", "subject": "Please", "message": "Look at it."},
    "stepUp": {"password": "not the right one"},
    "submitAssignment": {"submission_text": "Here it is."},
    "updateAssignment": {"title": "Another title"},
    "updateContent": {"title": "Another title"},
    "updateCourse": {"title": "Another title"},
    "updateGroup": {"name": "Another name"},
    "updateModule": {"title": "Another title"},
    "updateQuestion": {"prompt": "How many now?"},
    "updateTeacher": {"first_name": "Renamed"},
}
"""Values that no schema tells; all others are made from it."""

KINDS = {
    ("sendReminder", "course_id"): {"kind": "COURSE_DEADLINE"},
    ("previewReminder", "course_id"): {"kind": "COURSE_DEADLINE"},
    ("sendReminder", "assignment_id"): {"kind": "ASSIGNMENT_DUE"},
    ("previewReminder", "assignment_id"): {"kind": "ASSIGNMENT_DUE"},
}
"""What must be said as well where an id stands in some place."""


@dataclass(frozen=True)
class Place:
    """Where an id stands."""

    part: str
    """``path``, ``query`` or ``body``."""
    steps: Path

    @property
    def name(self) -> str:
        """What is asked for there, such as ``course_id`` or ``modules.contents``."""
        return ".".join(step for step in self.steps if step not in {EACH, KEY})


Ids = Callable[[Place], str]


@dataclass(frozen=True)
class Door:
    """One operation."""

    name: str
    method: str
    path: str
    parameters: tuple[Schema, ...]
    body: Schema | None = None
    """Of JSON."""
    is_form: bool = False
    """Whether it takes nothing but a form with a file."""
    always: Mapping[str, str] = field(default_factory=dict)
    """What stands in every query."""

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every place of an id, those of the path first."""
        found = [
            Place(parameter["in"], (parameter["name"],))
            for parameter in self.parameters
            if any(True for _ in _id_steps(parameter["schema"]))
        ]
        if self.body is not None:
            found += [Place("body", steps) for steps in _id_steps(self.body)]
        return tuple(sorted(found, key=lambda place: (place.part != "path", place.steps)))

    @property
    def fields(self) -> frozenset[str]:
        """The name of every field that a body may have, at whatever depth."""
        return frozenset(_field_names(self.body)) if self.body is not None else frozenset()

    @property
    def of_path(self) -> tuple[Place, ...]:
        """Those of the path."""
        return tuple(place for place in self.places if place.part == "path")

    def request(self, ids: Ids, also: Collection[Place] = ()) -> Mapping[str, Any]:
        """What httpx is to send: every id of the path, those of the body that must be there, and those of ``also``."""
        path = self.path
        for place in self.of_path:
            path = path.replace(f"{{{place.name}}}", ids(place))
        asked: dict[str, Any] = {"method": self.method, "url": f"{path}/" if path.startswith("/api/") else path}
        asked["params"] = {**self.always, **{place.name: ids(place) for place in also if place.part == "query"}}
        if self.is_form:
            asked["files"] = {"file": ("words.txt", b"Only words.\n", "text/plain")}
        elif self.body is not None:
            wanted = {place.steps for place in also if place.part == "body"}
            made = _value(self.body, wanted, ids, ())
            aimed = {steps[0]: made[steps[0]] for steps in wanted}
            extra = {name: value for place in also for name, value in KINDS.get((self.name, place.name), {}).items()}
            asked["json"] = {**made, **BODIES.get(self.name, {}), **aimed, **extra}
        return asked

    async def knock(self, client: httpx.AsyncClient, ids: Ids, also: Collection[Place] = ()) -> httpx.Response:
        """Send it."""
        return await client.request(**self.request(ids, also))


def _file(name: str, path: str, parameter: str) -> Door:
    return Door(name, "GET", path, ({"name": parameter, "in": "path", "schema": {"type": "string", "format": "uuid"}},))


FILES = (
    _file("getJobResult", "/api/jobs/{job_id}/result", "job_id"),
    _file("getCertificateFile", "/api/teacher/certificates/{certificate_id}/file", "certificate_id"),
    _file("getTeacherImportResult", "/api/teachers/import/{import_id}/result", "import_id"),
)
"""Answers that the document does not describe, for people who are signed in."""


@lru_cache(maxsize=1)
def document() -> Mapping[str, Any]:
    """The whole document."""
    parsed: Mapping[str, Any] = json.loads(openapi_document())
    return parsed


@lru_cache(maxsize=1)
def doors() -> tuple[Door, ...]:
    """All operations there are, and files that are no operations of the document."""
    operations = [
        _door(path, method, operation)
        for path, item in document()["paths"].items()
        for method, operation in item.items()
    ]
    as_files = [
        replace(door, name=f"{door.name}File", always={"format": "csv"})
        for door in operations
        if any(parameter["name"] == "format" for parameter in door.parameters)
    ]
    return (*operations, *as_files, *FILES)


def _door(path: str, method: str, operation: Mapping[str, Any]) -> Door:
    content = operation.get("requestBody", {}).get("content", {})
    body = content.get("application/json", {}).get("schema")
    return Door(
        name=operation["operationId"],
        method=method.upper(),
        path=path,
        parameters=tuple(operation.get("parameters", ())),
        body=body,
        is_form=body is None and bool(content),
    )


def _resolved(schema: Schema) -> Schema:
    while "$ref" in schema:
        schema = document()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return schema


def _options(schema: Schema) -> list[Schema]:
    """The schema, or those of which one has to fit, without null."""
    schema = _resolved(schema)
    found = schema.get("anyOf") or schema.get("oneOf")
    return [one for each in found for one in _options(each) if one.get("type") != "null"] if found else [schema]


def _id_steps(schema: Schema, at: Path = ()) -> Iterator[Path]:
    for option in _options(schema):
        if option.get("format") == "uuid":
            yield at
        for name, inner in option.get("properties", {}).items():
            yield from _id_steps(inner, (*at, name))
        if "items" in option:
            yield from _id_steps(option["items"], (*at, EACH))
        if isinstance(option.get("additionalProperties"), dict):
            yield (*at, KEY)
            yield from _id_steps(option["additionalProperties"], (*at, KEY))


def _field_names(schema: Schema) -> Iterator[str]:
    for option in _options(schema):
        for name, inner in option.get("properties", {}).items():
            yield name
            yield from _field_names(inner)
        for inner in (option.get("items"), option.get("additionalProperties")):
            if isinstance(inner, dict):
                yield from _field_names(inner)


def _leads_to(wanted: Collection[Path], at: Path) -> bool:
    return any(steps[: len(at)] == at for steps in wanted)


def _value(schema: Schema, wanted: Collection[Path], ids: Ids, at: Path) -> Any:
    """A value that fits, with as little as possible, but with an id in each place of ``wanted``."""
    options = _options(schema)
    option = next((one for one in options if _leads_to(wanted, at) and any(True for _ in _id_steps(one))), options[0])
    if "properties" in option:
        return {
            name: _value(inner, wanted, ids, (*at, name))
            for name, inner in option["properties"].items()
            if name in option.get("required", ()) or _leads_to(wanted, (*at, name))
        }
    if "items" in option:
        is_wanted = _leads_to(wanted, (*at, EACH)) or any(True for _ in _id_steps(option["items"]))
        return [_value(option["items"], wanted, ids, (*at, EACH))] if is_wanted else []
    if isinstance(option.get("additionalProperties"), dict):
        # Of all things only answers have ids for names; one without an option has a text.
        inner = _value(option["additionalProperties"], wanted, ids, (*at, KEY)) or {"text": "four"}
        return {ids(Place("body", (*at, KEY))): inner}
    if option.get("format") == "uuid":
        return ids(Place("body", at))
    return _word(option)


def _word(schema: Schema) -> object:
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("examples"):
        return schema["examples"][0]
    match schema["type"]:
        case "boolean":
            return True
        case "integer" | "number":
            return max(schema.get("minimum", 1), 1)
        case _:
            return "2026-11-22" if schema.get("format") == "date" else "Some-words"

"""Requests made from the OpenAPI document, sent to a served application, and which answers break the contract."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from schemathesis.engine.events import EngineEvent, FatalError, NonFatalError, ScenarioFinished
from schemathesis.hooks import HookContext

from entrypoints.http.openapi import openapi_document

Parameters = dict[str, Any]

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
    "negative_data_rejection",
    "unsupported_method",
    "allow_header_conformance",
    "use_after_free",
)

REFUSED = ("400", "401", "403", "404", "405", "408", "409", "412", "413", "415", "429")
"""How a request may be refused that is not as the document says: other things may be wrong with it as well."""

SEED = 20261122


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Who sends the requests, and what is there for them to hit."""

    port: int
    host: str
    token: str | None
    things: Mapping[str, str] = field(default_factory=dict)
    """Ids that exist, by the name that they have in paths: made-up ones would only ever be 404."""


@dataclass(frozen=True, kw_only=True)
class Effort:
    """How much is asked."""

    examples: int
    """Requests made up for each operation, and rows of linked ones, beside what covers each rule of each field."""
    steps: int
    """Requests that follow on each other in a row."""
    seconds: int | None = None
    """How long it goes on making up more; None: everything once."""


def breaches(caller: Caller, names: Iterable[str], effort: Effort) -> list[str]:
    """What broke the contract, in the words of the check that saw it; blocks until all is asked.

    Args:
        names: of the operations, as in the document.
    """
    schema = schemathesis.openapi.from_dict(_document(), config=_config(caller, effort))
    schema.config.base_url = f"http://127.0.0.1:{caller.port}"
    schema = schema.include(operation_id=sorted(names))

    @schema.hook
    def map_path_parameters(context: HookContext, path_parameters: Parameters) -> Parameters:
        if not path_parameters:
            return path_parameters
        return {name: _aimed(caller.things.get(name), value) for name, value in path_parameters.items()}

    found: dict[str, None] = {}
    for event in from_schema(schema).execute():
        for line in _of(event):
            found.setdefault(line)
    return list(found)


def _aimed(known: str | None, made_up: object) -> object:
    """Mostly what exists; what cannot be an id stays, and so does one id in four."""
    is_id = isinstance(made_up, str) and len(made_up) == 36
    return known if known is not None and is_id and str(made_up)[-1] not in "048c" else made_up


def _document() -> Parameters:
    document: Parameters = json.loads(openapi_document())
    for item in document["paths"].values():
        for operation in item.values():
            # The same key again means the same request again, and would be all that is ever answered.
            parameters = operation.get("parameters", [])
            operation["parameters"] = [one for one in parameters if one["name"] != "Idempotency-Key"]
    return document


def _config(caller: Caller, effort: Effort) -> SchemathesisConfig:
    headers = {"Host": caller.host, "X-Forwarded-Proto": "https"}
    if caller.token is not None:
        headers["Authorization"] = f"Bearer {caller.token}"
    generation = {
        "max-examples": effort.examples,
        "no-shrink": True,
        "deterministic": True,
        "with-security-parameters": False,
        "database": "none",
    }
    return SchemathesisConfig.from_dict(
        {
            "seed": SEED,
            **({"max-time": effort.seconds} if effort.seconds is not None else {}),
            "headers": headers,
            "request-timeout": 20,
            "continue-on-failure": True,
            "suppress-health-check": ["all"],
            "warnings": False,
            "cache": {"enabled": False},
            "checks": {
                "enabled": False,
                **{name: {"enabled": True} for name in CHECKS},
                "negative_data_rejection": {"enabled": True, "expected-statuses": list(REFUSED)},
            },
            "generation": generation,
            "phases": {"stateful": {"max-steps": effort.steps}},
        }
    )


def _of(event: EngineEvent) -> Iterator[str]:
    match event:
        case ScenarioFinished(recorder=recorder):
            for case_id, checks in recorder.checks.items():
                for check in checks:
                    if check.failure_info is not None:
                        answered = recorder.interactions[case_id].response
                        answer = f"{answered.status_code} {answered.text[:300]}" if answered else "no answer"
                        yield (
                            f"{recorder.label}: {check.name}: {check.failure_info.failure}\n"
                            f"  {check.failure_info.code_sample}\n"
                            f"  {answer}"
                        )
        case NonFatalError(label=label, value=error):
            yield f"{label}: {error}"
        case FatalError(exception=error):
            raise error

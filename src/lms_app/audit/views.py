"""What the API says about the audit trail."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

JsonValue = Annotated[object, msgspec.Meta(extra_json_schema={"description": "Any JSON value."})]


class AuditEntryView(msgspec.Struct, frozen=True, kw_only=True):
    """One entry. ``impersonated_by`` is the operator who acted as the actor, if one did."""

    id: UUID
    tenant_id: UUID | None
    at: datetime
    actor_id: UUID | None
    actor_email: str
    impersonated_by: UUID | None
    action: str
    object_type: str
    object_id: UUID | None
    object_name: str
    address: str
    request_id: str
    before: dict[str, JsonValue] | None
    after: dict[str, JsonValue] | None

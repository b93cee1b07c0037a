"""Who may call what, as the contract says, over fakes: a refusal comes before anything is looked up."""

import re
from uuid import uuid4

import pytest

from lms_domain.accounts.roles import Role
from tests.unit.entrypoints.http.contract import ANYBODY, NOT_YET, ROWS
from tests.unit.entrypoints.http.kit import NORTH, Kit
from tests.unit.entrypoints.http.test_bodies import DOCUMENT, VALID

WITH_BODY = {
    operation["operationId"]
    for item in DOCUMENT["paths"].values()
    for operation in item.values()
    if "application/json" in operation.get("requestBody", {}).get("content", {})
}
ROWS_WITH_ROLES = [row for row in ROWS if row.operation_id not in NOT_YET and row.roles != ANYBODY]


@pytest.mark.parametrize("role", Role)
async def test_each_role_may_do_what_its_rows_say(role: Role) -> None:
    kit = Kit()
    is_operator = role is Role.SUPER_ADMIN
    headers = kit.bearer(role, None if is_operator else NORTH)
    wrong = []
    async with kit.client("lms.example" if is_operator else "north.lms.example") as client:
        for row in ROWS_WITH_ROLES:
            path = re.sub(r"\{\w+\}", lambda _: str(uuid4()), row.path)
            body = VALID.get(row.operation_id)
            if body is None and row.operation_id in WITH_BODY:
                continue  # test_bodies.py misses it
            answer = await client.request(row.method, path, headers=headers, json=body)
            code = answer.json()["type"].removeprefix("urn:lms:problem:") if answer.status_code >= 400 else ""
            if (code == "not_allowed") == (role in row.roles):
                wrong.append((row.operation_id, answer.status_code, code))
    assert wrong == [], "\n".join(map(str, wrong))

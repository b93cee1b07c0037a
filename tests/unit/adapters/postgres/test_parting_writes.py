"""What waits leaves as one statement; what would miss it comes after it."""

from uuid import UUID

import pytest
from sqlalchemy import Uuid, delete, insert, select, update

from adapters.postgres.parting_writes import PartingWrites
from adapters.postgres.statements import TENANT, Given, Statement, assign, insert_row, of_tenant, parameter
from adapters.postgres.tables import audit_log, courses, modules, outbox, users

_OURS = UUID(int=1)
_given = Given(outbox, "queue", "step_id")
_BELLS = Statement(insert(outbox).from_select(["tenant_id", *_given.columns], select(TENANT, *_given.fields)))
_MODULE = Statement(insert_row(modules, "id", "course_id", "tenant_id"))
_NAME = Statement(
    update(users)
    .where(of_tenant(users), users.c.id == parameter("id", Uuid))
    .values(assign(users, "first_name"))
    .add_cte(delete(audit_log).where(of_tenant(audit_log)).cte("forgotten"))
)
_COURSE = Statement(select(courses.c.id).where(of_tenant(courses), courses.c.id == parameter("id", Uuid)))


@pytest.fixture
def waiting() -> PartingWrites:
    waiting = PartingWrites()
    assert waiting.gather(_BELLS, {**_given.values([{"queue": "fast", "step_id": 1}]), "tenant_id": _OURS})
    assert waiting.gather(_BELLS, {**_given.values([{"queue": "slow", "step_id": 2}]), "tenant_id": _OURS})
    assert waiting.add(_NAME, {"id": 3, "first_name": "Ada", "tenant_id": _OURS})
    return waiting


def test_all_that_waits_is_one_statement(waiting: PartingWrites) -> None:
    text, values = waiting.together()
    assert values == [_OURS, ["fast", "slow"], [1, 2], "Ada", _OURS, 3]
    assert text.count("WITH ") == 1
    for part in (
        "parting_0 AS \n(INSERT INTO outbox",
        "forgotten AS \n(DELETE FROM audit_log WHERE audit_log.tenant_id = $5::UUID)",
        "parting_1 AS \n(UPDATE users SET first_name=$4::VARCHAR WHERE users.tenant_id = $5::UUID AND users.id = $6",
    ):
        assert part in text
    assert text.endswith("SELECT 1")


@pytest.mark.parametrize(
    "last", [_COURSE, Statement(select(courses.c.id, TENANT.label("ours")).where(of_tenant(courses)))]
)
def test_a_last_statement_takes_them_along(waiting: PartingWrites, last: Statement) -> None:
    text, values = waiting.together(last)
    assert len(values) == 6
    assert "$7" in text
    assert PartingWrites().together(last) == (last.sql, [])


def test_what_would_miss_them_comes_after_them(waiting: PartingWrites) -> None:
    other_school = {**_given.values([{"queue": "fast", "step_id": 1}]), "tenant_id": UUID(int=2)}
    assert not waiting.gather(_BELLS, other_school)
    assert not waiting.add(_BELLS, other_school)
    assert waiting.concern(_BELLS)
    assert waiting.concern(Statement(select(users.c.id)))
    assert not waiting.concern(_COURSE)
    assert not PartingWrites().concern(_BELLS)


def test_neither_parents_nor_children_are_missed() -> None:
    waiting = PartingWrites()
    waiting.add(_MODULE, {"id": 1, "course_id": 2, "tenant_id": _OURS})
    gone = Statement(delete(courses).where(of_tenant(courses)))
    assert not waiting.concern(_COURSE)
    assert waiting.concern(gone)
    parent = PartingWrites()
    parent.add(Statement(insert_row(courses, "id", "tenant_id")), {"id": 2, "tenant_id": _OURS})
    assert parent.concern(_MODULE)


def test_who_comes_first_may_read_what_a_later_one_writes() -> None:
    counted = Statement(
        insert(audit_log).from_select(["id"], select(modules.c.id).where(of_tenant(modules)).order_by(modules.c.id))
    )
    waiting = PartingWrites()
    assert waiting.add(counted, {"tenant_id": _OURS})
    assert not waiting.concern(Statement(select(modules.c.id))), "both only read"
    assert waiting.concern(_MODULE), "sent now, it would be seen too early"
    assert waiting.concern(Statement(delete(courses).where(of_tenant(courses)))), "modules go with their course"
    assert waiting.add(_MODULE, {"id": 1, "course_id": 2, "tenant_id": _OURS})
    other = PartingWrites()
    assert other.add(_MODULE, {"id": 1, "course_id": 2, "tenant_id": _OURS})
    assert not other.add(counted, {"tenant_id": _OURS}), "it is to see the module"


def test_what_was_kept_aside_waits_again(waiting: PartingWrites) -> None:
    aside = waiting.copy()
    waiting.clear()
    assert not waiting
    assert not waiting.concern(_BELLS)
    waiting.restore(aside)
    assert waiting.together() == aside.together()


def test_only_writes_wait() -> None:
    waiting = PartingWrites()
    waiting.add(_COURSE, {"id": 1, "tenant_id": _OURS})
    with pytest.raises(TypeError, match="can wait"):
        waiting.together()

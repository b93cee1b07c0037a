"""What is kept of questions beyond the versions that they stand in."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, and_, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from adapters.postgres.sql import Row, TenantSql
from adapters.postgres.statements import TENANT, Given, Statement, insert_row, of_tenant, parameter
from adapters.postgres.tables import question_copies, question_flags, question_outcomes
from lms_app.ports.question_history import QuestionFlag, QuestionHistoryRepository
from lms_domain.learning.question_outcome import Outcome, QuestionOutcome

_QUESTION, _ASSIGNMENT = parameter("question_id", Uuid), parameter("assignment_id", Uuid)


def _root(question_id: ColumnElement[UUID]) -> ColumnElement[UUID]:
    """The id that a question had first."""
    first = (
        select(question_copies.c.root_id)
        .where(of_tenant(question_copies), question_copies.c.question_id == question_id)
        .scalar_subquery()
    )
    return func.coalesce(first, question_id)


_copies = Given(question_copies, "question_id", "root_id")
_earlier = question_copies.alias("earlier")
_COPIED = Statement(
    insert(question_copies).from_select(
        ["tenant_id", "question_id", "root_id", "assignment_id"],
        select(
            TENANT,
            _copies.rows.c.question_id,
            func.coalesce(_earlier.c.root_id, _copies.rows.c.root_id),
            _ASSIGNMENT,
        ).select_from(
            _copies.rows.outerjoin(
                _earlier, and_(of_tenant(_earlier), _earlier.c.question_id == _copies.rows.c.root_id)
            )
        ),
    )
)
_new_flag = insert_row(question_flags).values(root_id=_root(_QUESTION))
_FLAG = Statement(
    _new_flag.on_conflict_do_update(
        index_elements=[question_flags.c.tenant_id, question_flags.c.root_id, question_flags.c.user_id],
        set_={"reason": _new_flag.excluded.reason, "created_at": _new_flag.excluded.created_at},
    )
)
_UNFLAG = Statement(
    delete(question_flags).where(
        of_tenant(question_flags),
        question_flags.c.assignment_id == _ASSIGNMENT,
        question_flags.c.root_id == _root(_QUESTION),
    )
)
_outcomes = Given(question_outcomes, *(column.name for column in question_outcomes.c if column.name != "tenant_id"))
_values = dict(zip(_outcomes.columns, _outcomes.fields, strict=True)) | {"root_id": _root(_outcomes.rows.c.root_id)}
_RECORD = Statement(
    insert(question_outcomes).from_select(
        ["tenant_id", *_values], select(TENANT, *_values.values()).select_from(_outcomes.rows)
    )
)
_OUTCOMES = Statement(
    select(question_outcomes)
    .where(of_tenant(question_outcomes), question_outcomes.c.root_id == _root(_QUESTION))
    .order_by(question_outcomes.c.at, question_outcomes.c.id)
)


class PostgresQuestionHistoryRepository(QuestionHistoryRepository):
    """The history of one school's questions."""

    def __init__(self, sql: TenantSql) -> None:
        self._sql = sql

    async def copied(self, assignment_id: UUID, names: Mapping[UUID, UUID]) -> None:
        if names:
            rows = [{"question_id": copy, "root_id": question_id} for question_id, copy in names.items()]
            await self._sql.later(_COPIED, assignment_id=assignment_id, **_copies.values(rows))

    async def flag(self, flag: QuestionFlag) -> None:
        self._sql.check_school(flag.tenant_id)
        await self._sql.later(
            _FLAG,
            assignment_id=flag.assignment_id,
            question_id=flag.question_id,
            user_id=flag.user_id,
            reason=flag.reason,
            created_at=flag.created_at,
        )

    async def unflag(self, assignment_id: UUID, question_id: UUID) -> int:
        return await self._sql.run(_UNFLAG, assignment_id=assignment_id, question_id=question_id)

    async def record(self, outcomes: Sequence[QuestionOutcome]) -> None:
        for outcome in outcomes:
            self._sql.check_school(outcome.tenant_id)
        if outcomes:
            await self._sql.later(_RECORD, **_outcomes.values(map(_row, outcomes)))

    async def outcomes(self, question_id: UUID) -> tuple[QuestionOutcome, ...]:
        return tuple(_outcome(row) for row in await self._sql.rows(_OUTCOMES, question_id=question_id))


def _row(outcome: QuestionOutcome) -> Mapping[str, object]:
    return {
        "id": outcome.id,
        "root_id": outcome.question_id,
        "generator": outcome.generator,
        "rule": outcome.rule,
        "outcome": outcome.outcome.value,
        "reason": outcome.reason,
        "at": outcome.at,
    }


def _outcome(row: Row) -> QuestionOutcome:
    return QuestionOutcome(
        id=row["id"],
        tenant_id=row["tenant_id"],
        question_id=row["root_id"],
        generator=row["generator"],
        rule=row["rule"],
        outcome=Outcome(row["outcome"]),
        reason=row["reason"],
        at=row["at"],
    )

"""What people say of questions, as administrators see it; and what became of generated ones, rule by rule."""

from datetime import datetime
from uuid import UUID

import msgspec


class QuestionFlagView(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody says that something is wrong with a question. ``question_ids`` are those that the question has in the
    versions of its quiz."""

    question_ids: list[UUID]
    teacher_id: UUID
    teacher_name: str
    reason: str
    created_at: datetime


class QuestionFlagsView(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that people say of the questions of a quiz, the latest first."""

    flags: list[QuestionFlagView]


class RuleReasonView(msgspec.Struct, frozen=True, kw_only=True):
    """Why people did not want questions of a rule, and how often; empty: they gave no reason."""

    reason: str
    count: int


class QuestionRuleView(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the questions that one rule of a generator proposed. ``waiting`` ones nobody has looked at; of the
    others the last thing that became of them counts. ``reasons`` are those of rejected ones, the most frequent
    first."""

    generator: str
    rule: str
    proposed: int
    waiting: int
    accepted: int
    edited: int
    rejected: int
    stale: int
    reasons: list[RuleReasonView]


class QuestionRulesView(msgspec.Struct, frozen=True, kw_only=True):
    """All rules that ever proposed a question, those with the most questions first."""

    rules: list[QuestionRuleView]

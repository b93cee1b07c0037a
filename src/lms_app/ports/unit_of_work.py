"""Port: transactions, and the repositories inside them."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol, overload
from uuid import UUID

from lms_app.ports.repositories import (
    CourseRepository,
    OperatorRepository,
    OutboxRepository,
    PipelineSweepRepository,
    SessionRepository,
    TenantRepository,
    UsageRepository,
    UserRepository,
    VideoRepository,
)
from lms_app.scope import SystemScope, TenantScope


class TenantTransaction(Protocol):
    """A transaction inside one school. Without ``commit`` nothing happened."""

    users: UserRepository
    sessions: SessionRepository
    courses: CourseRepository
    videos: VideoRepository
    outbox: OutboxRepository
    usage: UsageRepository

    async def commit(self) -> None:
        """Make everything done in this transaction true at once; nothing more may be done in it."""
        ...


class SystemTransaction(Protocol):
    """A transaction across schools. Without ``commit`` nothing happened."""

    tenants: TenantRepository
    operators: OperatorRepository
    operator_sessions: SessionRepository
    outbox: OutboxRepository
    pipeline: PipelineSweepRepository

    def users_of(self, tenant_id: UUID) -> UserRepository:
        """The people of one school."""
        ...

    async def commit(self) -> None:
        """Make everything done in this transaction true at once; nothing more may be done in it."""
        ...


class UnitOfWork(Protocol):
    """Opens transactions. Never keep one open across a tool, the network or a person."""

    @overload
    def begin(self, scope: TenantScope) -> AbstractAsyncContextManager[TenantTransaction]: ...
    @overload
    def begin(self, scope: SystemScope) -> AbstractAsyncContextManager[SystemTransaction]: ...

"""The three screens that are measured, without a product around them: query, row to Struct, Struct to JSON."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import msgspec

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.learning_queries import PostgresLearningQueries
from adapters.postgres.school_queries import PostgresSchoolQueries
from bench.api.world import World
from entrypoints.http.pages import Page
from lms_app.listing import PageRequest
from lms_app.scope import TenantScope

TOKEN = "no-token"  # noqa: S105  # stands where the product signs one
_GRANT_END = datetime(2027, 1, 1, tzinfo=UTC)

Answer = Callable[[], Awaitable[bytes]]


def paths(world: World) -> dict[str, str]:
    """Where each screen lies."""
    return {
        "theme": "/api/tenants/theme/",
        "courses": "/api/teacher/courses/",
        "course": f"/api/teacher/courses/{world.course_id}/",
    }


def answers(database: PostgresDatabase, world: World) -> dict[str, Answer]:
    """What makes each screen's body, by name.

    The statements and what becomes of their rows are the product's own, so that no contender can fall behind it.
    """
    scope, me = TenantScope(world.tenant_id), world.user_id
    schools, learning = PostgresSchoolQueries(database), PostgresLearningQueries(database)
    first = PageRequest()
    encode = msgspec.json.Encoder().encode

    async def theme() -> bytes:
        return encode(await schools.theme(scope))

    async def courses() -> bytes:
        found = await learning.courses(scope, me, "", first)
        more = "/api/teacher/courses/?page=2" if found.count > first.size else None
        return encode(Page(count=found.count, next=more, previous=None, results=found.results))

    async def course() -> bytes:
        screen = await learning.course(scope, me, world.course_id)
        assert screen is not None
        for module in screen.course.modules:
            for content in module.contents:
                if (keys := screen.media.get(content.id)) is None:
                    continue
                prefix = f"/media/{TOKEN}/"
                for name, key in (
                    ("hls_url", keys.hls),
                    ("captions_url", keys.captions),
                    ("thumbnail_url", keys.poster),
                ):
                    address = None if key is None else prefix + key.rpartition(f"{content.id}/")[2]
                    msgspec.structs.force_setattr(content, name, address)
                msgspec.structs.force_setattr(content, "playback_expires_at", _GRANT_END)
        return encode(screen.course)

    return {"theme": theme, "courses": courses, "course": course}

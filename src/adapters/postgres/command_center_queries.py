"""Screens of the Command Center that look at everything.

The statements are written as SQL: they count over many tables at once, and are easier to read that way.
"""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import Uuid, bindparam, text

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.statements import Statement
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.ports.command_center_queries import CommandCenterQueries
from lms_app.schools.command_center_views import (
    ActivityView,
    PipelineCountsView,
    RecentOnboardView,
    SchoolAdministratorsView,
    SchoolAdministratorView,
    SchoolNearLimitView,
    SchoolUsageView,
    StatsView,
)
from lms_app.schools.views import LimitsView, UsageView
from lms_app.scope import SystemScope
from lms_domain.schools.tenant import Plan

_STATS = """
WITH moment AS (
  SELECT CAST(:now AS timestamptz) AS now, (CAST(:now AS timestamptz) AT TIME ZONE 'UTC')::date AS today
), first AS (
  SELECT (today - 29)::timestamp AT TIME ZONE 'UTC' AS moment FROM moment
), people AS (
  SELECT tenant_id, count(*) AS users, count(*) FILTER (WHERE role <> 'SCHOOL_ADMIN') AS teachers
  FROM users WHERE is_active GROUP BY tenant_id
), taught AS (
  SELECT tenant_id, count(*) AS courses FROM courses WHERE deleted_at IS NULL GROUP BY tenant_id
), school AS (
  SELECT t.id, t.name, t.subdomain, t.plan, t.created_at, t.is_suspended,
    NOT t.is_suspended AND (t.is_converted OR t.trial_ends_at > moment.now) AS is_active,
    NOT t.is_suspended AND NOT t.is_converted AND t.trial_ends_at > moment.now AS is_trial,
    coalesce(people.users, 0) AS users, coalesce(people.teachers, 0) AS teachers, t.limit_teachers,
    coalesce(taught.courses, 0) AS courses, t.limit_courses, u.stored_bytes, t.limit_storage_bytes
  FROM tenants AS t CROSS JOIN moment
  JOIN tenant_usage AS u ON u.tenant_id = t.id
  LEFT JOIN people ON people.tenant_id = t.id
  LEFT JOIN taught ON taught.tenant_id = t.id
), near AS (
  SELECT s.id, s.name, s.subdomain, r.resource, r.used, r.maximum, r.used * 100 / greatest(r.maximum, 1) AS percentage
  FROM school AS s CROSS JOIN LATERAL (VALUES
    ('teachers', s.teachers, s.limit_teachers::bigint),
    ('courses', s.courses, s.limit_courses::bigint),
    ('storage_bytes', s.stored_bytes, s.limit_storage_bytes)
  ) AS r (resource, used, maximum)
  WHERE r.used > 0 AND r.used * 100 >= r.maximum * 80
  ORDER BY percentage DESC, s.id, r.resource LIMIT 50
), recent AS (
  SELECT id, name, subdomain, plan, is_active, is_trial, created_at FROM school
  ORDER BY created_at DESC, id DESC LIMIT 5
), came AS (
  SELECT (s.created_at AT TIME ZONE 'UTC')::date AS date, count(*) AS sign_ins, count(DISTINCT s.user_id) AS people
  FROM sessions AS s
  WHERE s.created_at >= (SELECT moment FROM first)
    -- An operator's visit is nobody's sign-in.
    AND NOT EXISTS (SELECT FROM impersonations AS i WHERE i.tenant_id = s.tenant_id AND i.id = s.id)
  GROUP BY 1
), joined AS (
  SELECT (created_at AT TIME ZONE 'UTC')::date AS date, count(*) AS users
  FROM users WHERE created_at >= (SELECT moment FROM first) GROUP BY 1
), opened AS (
  SELECT (created_at AT TIME ZONE 'UTC')::date AS date, count(*) AS schools
  FROM tenants WHERE created_at >= (SELECT moment FROM first) GROUP BY 1
), filmed AS (
  SELECT (created_at AT TIME ZONE 'UTC')::date AS date, count(*) AS videos
  FROM video_assets WHERE created_at >= (SELECT moment FROM first) GROUP BY 1
), activity AS (
  SELECT day.date, coalesce(opened.schools, 0) AS new_schools, coalesce(joined.users, 0) AS new_users,
    coalesce(came.sign_ins, 0) AS sign_ins, coalesce(came.people, 0) AS active_users,
    coalesce(filmed.videos, 0) AS videos
  FROM (SELECT today - ago AS date FROM moment, generate_series(0, 29) AS ago) AS day
  LEFT JOIN opened USING (date) LEFT JOIN joined USING (date) LEFT JOIN came USING (date) LEFT JOIN filmed USING (date)
)
SELECT
  (SELECT count(*) FROM school) AS total_tenants,
  (SELECT count(*) FROM school WHERE is_active) AS active_tenants,
  (SELECT count(*) FROM school WHERE is_trial) AS trial_tenants,
  (SELECT count(*) FROM school WHERE is_suspended) AS suspended_tenants,
  (SELECT coalesce(sum(stored_bytes), 0)::bigint FROM school) AS storage_bytes,
  (SELECT ceil(coalesce(sum(duration_seconds), 0))::bigint FROM video_assets) AS video_seconds,
  (SELECT coalesce(sum(users), 0)::bigint FROM school) AS total_users,
  (SELECT coalesce(sum(teachers), 0)::bigint FROM school) AS total_teachers,
  (SELECT coalesce(json_object_agg(plan, n), '{}')::text
   FROM (SELECT plan, count(*) AS n FROM school GROUP BY plan) AS p) AS plans,
  (SELECT coalesce(json_agg(recent ORDER BY created_at DESC, id DESC), '[]')::text FROM recent) AS recent,
  (SELECT coalesce(json_agg(near ORDER BY percentage DESC, id, resource), '[]')::text FROM near) AS near,
  (SELECT json_agg(activity ORDER BY date)::text FROM activity) AS activity,
  (SELECT json_build_object(
     'queued', count(*) FILTER (WHERE state = 'QUEUED'),
     'running', count(*) FILTER (WHERE state = 'RUNNING'),
     'failed', count(*) FILTER (WHERE state = 'FAILED')
   )::text FROM video_steps) AS pipeline
"""

_USAGE = """
SELECT t.id, t.limit_teachers, t.limit_courses, t.limit_storage_bytes, t.limit_video_seconds, u.stored_bytes,
  people.users, people.admins, people.teachers, came.people AS active_users, came.last_sign_in_at,
  (SELECT count(*) FROM courses AS c WHERE c.tenant_id = t.id AND c.deleted_at IS NULL) AS courses,
  (SELECT count(*) FROM teacher_groups AS g WHERE g.tenant_id = t.id) AS groups,
  films.videos, films.seconds
FROM tenants AS t
JOIN tenant_usage AS u ON u.tenant_id = t.id
CROSS JOIN LATERAL (
  SELECT count(*) AS users, count(*) FILTER (WHERE role = 'SCHOOL_ADMIN') AS admins,
    count(*) FILTER (WHERE role <> 'SCHOOL_ADMIN') AS teachers
  FROM users WHERE tenant_id = t.id AND is_active
) AS people
CROSS JOIN LATERAL (
  SELECT
    count(DISTINCT s.user_id) FILTER (WHERE s.created_at > CAST(:now AS timestamptz) - interval '30 days') AS people,
    max(s.created_at) AS last_sign_in_at
  FROM sessions AS s
  WHERE s.tenant_id = t.id
    AND NOT EXISTS (SELECT FROM impersonations AS i WHERE i.tenant_id = s.tenant_id AND i.id = s.id)
) AS came
CROSS JOIN LATERAL (
  SELECT count(*) AS videos, ceil(coalesce(sum(duration_seconds), 0))::bigint AS seconds
  FROM video_assets WHERE tenant_id = t.id
) AS films
WHERE t.id = :id
"""

_ADMINISTRATORS = """
SELECT u.id, u.email, u.first_name, u.last_name, u.is_active,
  u.password_hash <> '' AND NOT u.must_change_password AS has_joined,
  invited.at AS invited_at, came.at AS last_sign_in_at
FROM tenants AS t
LEFT JOIN users AS u ON u.tenant_id = t.id AND u.role = 'SCHOOL_ADMIN'
  AND u.email_folded <> 'erased-' || u.id || '@erased.invalid'
LEFT JOIN LATERAL (
  SELECT max(i.created_at) AS at FROM one_time_tokens AS i
  WHERE i.tenant_id = t.id AND i.user_id = u.id AND i.purpose = 'INVITATION' AND i.used_at IS NULL
    AND i.expires_at > CAST(:now AS timestamptz)
) AS invited ON true
LEFT JOIN LATERAL (
  SELECT max(s.created_at) AS at FROM sessions AS s
  WHERE s.tenant_id = t.id AND s.user_id = u.id
    AND NOT EXISTS (SELECT FROM impersonations AS v WHERE v.tenant_id = s.tenant_id AND v.id = s.id)
) AS came ON true
WHERE t.id = :id
ORDER BY u.name_folded, u.id
"""

_administrators = Statement(
    text(_ADMINISTRATORS).bindparams(bindparam("now", type_=TIMESTAMP), bindparam("id", type_=Uuid))
)
_stats = Statement(text(_STATS).bindparams(bindparam("now", type_=TIMESTAMP)))
_usage = Statement(text(_USAGE).bindparams(bindparam("now", type_=TIMESTAMP), bindparam("id", type_=Uuid)))

_plans = msgspec.json.Decoder(dict[Plan, int])
_recent = msgspec.json.Decoder(list[RecentOnboardView])
_near = msgspec.json.Decoder(list[SchoolNearLimitView])
_activity = msgspec.json.Decoder(list[ActivityView])
_pipeline = msgspec.json.Decoder(PipelineCountsView)


class PostgresCommandCenterQueries(CommandCenterQueries):
    """As the system role."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    async def stats(self, scope: SystemScope, *, now: datetime) -> StatsView:
        async with self._database.read(scope) as sql:
            row = await sql.row(_stats, now=now)
        if row is None:
            raise LookupError("a statement without FROM has one row")
        return StatsView(
            total_tenants=row["total_tenants"],
            active_tenants=row["active_tenants"],
            trial_tenants=row["trial_tenants"],
            suspended_tenants=row["suspended_tenants"],
            storage_bytes=row["storage_bytes"],
            video_seconds=row["video_seconds"],
            total_users=row["total_users"],
            total_teachers=row["total_teachers"],
            plan_distribution=dict.fromkeys(Plan, 0) | _plans.decode(row["plans"]),
            recent_onboards=_recent.decode(row["recent"]),
            schools_near_limits=_near.decode(row["near"]),
            activity=_activity.decode(row["activity"]),
            pipeline=_pipeline.decode(row["pipeline"]),
        )

    async def administrators(
        self, scope: SystemScope, tenant_id: UUID, *, now: datetime
    ) -> SchoolAdministratorsView | None:
        async with self._database.read(scope) as sql:
            rows = await sql.rows(_administrators, id=tenant_id, now=now)
        if not rows:
            return None
        return SchoolAdministratorsView(
            administrators=[
                SchoolAdministratorView(
                    id=row["id"],
                    email=row["email"],
                    first_name=row["first_name"],
                    last_name=row["last_name"],
                    is_active=row["is_active"],
                    has_joined=row["has_joined"],
                    invited_at=row["invited_at"],
                    last_sign_in_at=row["last_sign_in_at"],
                )
                for row in rows
                if row["id"] is not None
            ]
        )

    async def usage(self, scope: SystemScope, tenant_id: UUID, *, now: datetime) -> SchoolUsageView | None:
        async with self._database.read(scope) as sql:
            row = await sql.row(_usage, id=tenant_id, now=now)
        if row is None:
            return None
        return SchoolUsageView(
            tenant_id=row["id"],
            limits=LimitsView(
                teachers=row["limit_teachers"],
                courses=row["limit_courses"],
                storage_bytes=row["limit_storage_bytes"],
                video_seconds=row["limit_video_seconds"],
            ),
            usage=UsageView(teachers=row["teachers"], courses=row["courses"], storage_bytes=row["stored_bytes"]),
            user_count=row["users"],
            admin_count=row["admins"],
            active_user_count=row["active_users"],
            group_count=row["groups"],
            video_count=row["videos"],
            video_seconds=row["seconds"],
            last_sign_in_at=row["last_sign_in_at"],
        )

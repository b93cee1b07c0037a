"""Courses, modules, contents, and to whom courses are assigned."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from adapters.postgres.tables.base import (
    TIMESTAMP,
    id_column,
    metadata,
    of_a_school,
    one_of,
    same_school,
    tenant_and_id,
    tenant_column,
)
from lms_domain.courses.course import ContentType

courses = Table(
    "courses",
    metadata,
    id_column(),
    tenant_column(),
    Column("title", Text, nullable=False),
    Column("title_folded", Text, nullable=False),
    Column("slug", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("is_mandatory", Boolean, nullable=False),
    Column("deadline", Date),
    Column("estimated_hours", Double),
    Column("is_published", Boolean, nullable=False),
    Column("assigned_to_all", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", TIMESTAMP, nullable=False),
    Column("updated_at", TIMESTAMP, nullable=False),
    tenant_and_id(),
    UniqueConstraint("tenant_id", "title_folded"),
    UniqueConstraint("tenant_id", "slug"),
    of_a_school(),
    Index(None, "tenant_id", "created_at"),
)

modules = Table(
    "modules",
    metadata,
    id_column(),
    tenant_column(),
    Column("course_id", Uuid, nullable=False),
    Column("title", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("created_at", TIMESTAMP, nullable=False),
    tenant_and_id(),
    UniqueConstraint("tenant_id", "course_id", "id"),
    same_school("courses", "course_id"),
    CheckConstraint("position >= 0", name="position"),
)

contents = Table(
    "contents",
    metadata,
    id_column(),
    tenant_column(),
    Column("course_id", Uuid, nullable=False),
    Column("module_id", Uuid, nullable=False),
    Column("title", Text, nullable=False),
    Column("content_type", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("is_mandatory", Boolean, nullable=False),
    Column("url", Text),
    Column("required_coverage", Integer),
    Column("created_at", TIMESTAMP, nullable=False),
    Column("updated_at", TIMESTAMP, nullable=False),
    tenant_and_id(),
    # The module is one of that very course.
    ForeignKeyConstraint(
        ["tenant_id", "course_id", "module_id"], ["modules.tenant_id", "modules.course_id", "modules.id"]
    ),
    Index(None, "tenant_id", "course_id", "module_id"),
    one_of("content_type", ContentType),
    CheckConstraint("position >= 0", name="position"),
    CheckConstraint("(content_type = 'LINK') = (url IS NOT NULL)", name="url"),
    CheckConstraint("required_coverage BETWEEN 50 AND 100", name="required_coverage"),
)

course_teachers = Table(
    "course_teachers",
    metadata,
    tenant_column(primary_key=True),
    Column("course_id", Uuid, primary_key=True),
    Column("user_id", Uuid, primary_key=True),
    Column("assigned_at", TIMESTAMP, nullable=False),
    same_school("courses", "course_id"),
    same_school("users", "user_id"),
    Index(None, "tenant_id", "user_id"),
)

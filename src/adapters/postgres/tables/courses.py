"""Courses, modules, contents, and to whom courses are assigned."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Double,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from adapters.postgres.tables.base import (
    TIMESTAMP,
    id_column,
    metadata,
    of_a_school,
    one_of,
    part_of,
    same_school,
    tenant_and_id,
    tenant_column,
)
from lms_domain.courses.course import ContentType
from lms_domain.courses.group import GroupKind

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
    Column("thumbnail_key", Text),
    Column("deleted_at", TIMESTAMP),
    tenant_and_id(),
    of_a_school(),
    # A deleted course keeps neither its title nor its slug from a new one; restoring it may find them taken.
    Index("uq_courses_title", "tenant_id", "title_folded", unique=True, postgresql_where=text("deleted_at IS NULL")),
    Index("uq_courses_slug", "tenant_id", "slug", unique=True, postgresql_where=text("deleted_at IS NULL")),
    # What is purged 30 days later, in all schools.
    Index("ix_courses_deleted_at", "deleted_at", postgresql_where=text("deleted_at IS NOT NULL")),
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
    part_of("courses", "course_id"),
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
    Column("text", Text),
    Column("file_id", Uuid),
    tenant_and_id(),
    same_school("stored_files", "file_id"),
    Index(None, "tenant_id", "file_id"),
    # The module is one of that very course.
    part_of("modules", "course_id", "module_id"),
    Index(None, "tenant_id", "course_id", "module_id"),
    one_of("content_type", ContentType),
    CheckConstraint("position >= 0", name="position"),
    CheckConstraint("(content_type = 'LINK') = (url IS NOT NULL)", name="url"),
    CheckConstraint("(content_type = 'TEXT') = (text IS NOT NULL)", name="text"),
    CheckConstraint("(content_type = 'DOCUMENT') = (file_id IS NOT NULL)", name="file_id"),
    CheckConstraint("required_coverage BETWEEN 50 AND 100", name="required_coverage"),
)

course_teachers = Table(
    "course_teachers",
    metadata,
    tenant_column(primary_key=True),
    Column("course_id", Uuid, primary_key=True),
    Column("user_id", Uuid, primary_key=True),
    Column("assigned_at", TIMESTAMP, nullable=False),
    part_of("courses", "course_id"),
    part_of("users", "user_id"),
    Index(None, "tenant_id", "user_id"),
)

teacher_groups = Table(
    "teacher_groups",
    metadata,
    id_column(),
    tenant_column(),
    Column("name", Text, nullable=False),
    Column("name_folded", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("created_at", TIMESTAMP, nullable=False),
    tenant_and_id(),
    UniqueConstraint("tenant_id", "name_folded"),
    of_a_school(),
    one_of("kind", GroupKind),
)

group_members = Table(
    "group_members",
    metadata,
    tenant_column(primary_key=True),
    Column("group_id", Uuid, primary_key=True),
    Column("user_id", Uuid, primary_key=True),
    Column("joined_at", TIMESTAMP, nullable=False),
    part_of("teacher_groups", "group_id"),
    part_of("users", "user_id"),
    Index(None, "tenant_id", "user_id"),
)

course_groups = Table(
    "course_groups",
    metadata,
    tenant_column(primary_key=True),
    Column("course_id", Uuid, primary_key=True),
    Column("group_id", Uuid, primary_key=True),
    Column("assigned_at", TIMESTAMP, nullable=False),
    part_of("courses", "course_id"),
    part_of("teacher_groups", "group_id"),
    Index(None, "tenant_id", "group_id"),
)

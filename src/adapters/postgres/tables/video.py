"""Videos, the steps of their pipeline, and what is said in them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Double,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

from adapters.postgres.tables.base import (
    TIMESTAMP,
    id_column,
    metadata,
    one_of,
    part_of,
    tenant_and_id,
    tenant_column,
)
from lms_domain.video.asset import VideoStatus
from lms_domain.video.steps import StepName, StepState

video_assets = Table(
    "video_assets",
    metadata,
    id_column(),
    tenant_column(),
    Column("content_id", Uuid, nullable=False),
    Column("status", Text, nullable=False),
    Column("playable", Boolean, nullable=False),
    Column("source_key", Text, nullable=False),
    Column("source_bytes", BigInteger, nullable=False),
    Column("source_name", Text, nullable=False),
    Column("language", Text),
    Column("duration_seconds", Double),
    Column("width", Integer),
    Column("height", Integer),
    Column("hls_key", Text),
    Column("poster_key", Text),
    Column("captions_key", Text),
    Column("stored_bytes", BigInteger, nullable=False),
    Column("error_code", Text),
    Column("error", Text),
    Column("created_at", TIMESTAMP, nullable=False),
    tenant_and_id(),
    UniqueConstraint("tenant_id", "content_id"),
    part_of("contents", "content_id"),
    one_of("status", VideoStatus),
    Index("ix_video_assets_created_at", "created_at"),
)

video_steps = Table(
    "video_steps",
    metadata,
    id_column(),
    tenant_column(),
    Column("asset_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("lost_leases", Integer, nullable=False),
    Column("lease_until", TIMESTAMP),
    Column("not_before", TIMESTAMP),
    # Since when it is QUEUED, by the database's clock: the longest waiting come first.
    Column("queued_at", TIMESTAMP),
    Column("progress", Double, nullable=False),
    Column("started_at", TIMESTAMP),
    Column("finished_at", TIMESTAMP),
    Column("error_code", Text),
    Column("error", Text),
    Column("log", Text),
    Column("output", JSONB, nullable=False),
    tenant_and_id(),
    UniqueConstraint("tenant_id", "asset_id", "name"),
    part_of("video_assets", "asset_id"),
    one_of("name", StepName),
    one_of("state", StepState),
    CheckConstraint("(state = 'RUNNING') = (lease_until IS NOT NULL)", name="lease"),
    CheckConstraint("progress BETWEEN 0 AND 1", name="progress"),
    # For the sweeper, which works across schools.
    Index("ix_video_steps_running", "lease_until", postgresql_where=text("state = 'RUNNING'")),
    Index("ix_video_steps_queued", "queued_at", postgresql_where=text("state = 'QUEUED'")),
)

video_transcripts = Table(
    "video_transcripts",
    metadata,
    tenant_column(primary_key=True),
    Column("content_id", Uuid, primary_key=True),
    Column("language", Text, nullable=False),
    Column("full_text", Text, nullable=False),
    Column("segments", JSONB, nullable=False),
    # Beside the segments: counting them would mean to unpack all of them each time a page polls.
    Column("segment_count", Integer, nullable=False),
    Column("model", Text, nullable=False),
    Column("generated_at", TIMESTAMP, nullable=False),
    part_of("contents", "content_id"),
)

# The school is one of the words: then the one index finds the words of one school, where it would otherwise have to
# look at those of all. The sign before it begins no word that anybody could type. Only `search_transcripts` reads this;
# docs/adr/0005-two-fences-between-schools.md says why.
search_cues = Table(
    "search_cues",
    metadata,
    tenant_column(primary_key=True),
    Column("content_id", Uuid, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("start_seconds", Double, nullable=False),
    Column("end_seconds", Double, nullable=False),
    Column("text", Text, nullable=False),
    Column(
        "words",
        TSVECTOR,
        Computed(
            "to_tsvector('simple'::regconfig, text) || array_to_tsvector(ARRAY['=' || tenant_id::text])", persisted=True
        ),
        nullable=False,
    ),
    part_of("contents", "content_id"),
    Index("ix_search_cues_words", "words", postgresql_using="gin"),
)

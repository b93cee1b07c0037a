"""Host names are proven again every day, and are served while the school's plan has them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_RESOLVE_DOMAIN = """
CREATE OR REPLACE FUNCTION resolve_domain(wanted text)
RETURNS TABLE (id uuid, time_zone text, is_converted boolean, is_suspended boolean, trial_ends_on date)
LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 1
SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT t.id, t.time_zone, t.is_converted, t.is_suspended, t.trial_ends_on
  FROM public.tenant_domains AS d JOIN public.tenants AS t ON t.id = d.tenant_id
  WHERE d.hostname = wanted AND d.status = 'VERIFIED'{served}
$$
"""


def upgrade() -> None:
    op.add_column("tenant_domains", sa.Column("missing_since", sa.DateTime(timezone=True)))
    op.create_check_constraint(
        op.f("ck_tenant_domains_missing_since"), "tenant_domains", "missing_since IS NULL OR status = 'VERIFIED'"
    )
    op.execute("GRANT UPDATE (missing_since) ON tenant_domains TO lms_app")
    op.execute(_RESOLVE_DOMAIN.format(served=" AND 'CUSTOM_DOMAIN' = ANY (t.features)"))


def downgrade() -> None:
    op.execute(_RESOLVE_DOMAIN.format(served=""))
    op.drop_column("tenant_domains", "missing_since")

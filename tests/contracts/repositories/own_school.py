"""What every repository of the transaction's own school promises. A subclass provides the fixture ``uow``."""

from dataclasses import replace
from datetime import date

import pytest

from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.schools.branding import Branding
from lms_domain.schools.policies import QuizPolicy, SchoolPolicies
from lms_domain.schools.tenant import PLAN_LIMITS, Plan
from tests.contracts.samples import SYSTEM, a_tenant, new_school


class OwnSchoolRepositoryContract:
    """A school through the eyes of its own administrators."""

    async def test_the_operators_notes_stay_theirs(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        async with uow.begin(SYSTEM) as system:
            tenant = await system.tenants.get(scope.tenant_id)
        assert tenant is not None
        assert tenant.notes
        async with uow.begin(scope) as tx:
            assert await tx.school.get() == await tx.school.lock() == replace(tenant, notes="")
        async with uow.begin(TenantScope(a_tenant().id)) as tx:
            assert await tx.school.get() is None
            assert await tx.school.lock() is None

    async def test_settings_are_all_that_changes(self, uow: UnitOfWork) -> None:
        """Whatever else the object says: status, plan, limits, features and trial are the platform's."""
        scope, other = await new_school(uow), await new_school(uow)
        async with uow.begin(SYSTEM) as system:
            before = await system.tenants.get(scope.tenant_id)
            untouched = await system.tenants.get(other.tenant_id)
        assert before is not None
        settings = {
            "name": "Another name",
            "contact_email": "new@school.test",
            "time_zone": "Europe/Berlin",
            "locale": "de",
            "branding": Branding(primary_color="#010203", secondary_color="#040506", logo_url=None),
            "policies": SchoolPolicies(quiz=QuizPolicy.OFF, remote_quiz_consent=False),
        }
        changed = replace(
            before,
            **settings,  # type: ignore[arg-type]  # as named above
            subdomain="stolen",
            plan=Plan.ENTERPRISE,
            limits=PLAN_LIMITS[Plan.ENTERPRISE],
            features=frozenset(),
            notes="Pays well.",
            is_converted=True,
            is_suspended=True,
            trial_ends_on=date(2099, 1, 1),
        )
        async with uow.begin(scope) as tx:
            await tx.school.save_settings(changed)
            await tx.commit()
        async with uow.begin(SYSTEM) as system:
            expected = replace(before, **settings)  # type: ignore[arg-type]  # as named above
            assert await system.tenants.get(scope.tenant_id) == expected
            assert await system.tenants.get(other.tenant_id) == untouched

    async def test_another_school_is_not_saved(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        async with uow.begin(theirs) as tx:
            foreign = await tx.school.get()
        assert foreign is not None
        async with uow.begin(ours) as tx:
            with pytest.raises(ValueError, match="school"):
                await tx.school.save_settings(replace(foreign, name="Ours"))

"""Figures of a school are what its people's courses come to, one by one."""
# ruff: noqa: S311 -- chance, not secrets

import random
from collections import Counter

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.standing_sql import course_figures, everybodys_courses
from adapters.postgres.statements import Statement
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from lms_domain.accounts.roles import Role
from lms_domain.courses.course import ContentType
from tests.contracts.samples import NOW, a_group, new_content, new_course, new_school, new_user

_FIGURES, _ONE_BY_ONE = Statement(course_figures()), Statement(everybodys_courses())


async def test_figures_are_the_sum_of_everybodys_courses(uow: PostgresUnitOfWork, database: PostgresDatabase) -> None:
    chance = random.Random(1)
    scope = await new_school(uow)
    people = [await new_user(uow, scope, is_active=number > 0) for number in range(7)]
    people.append(await new_user(uow, scope, role=Role.SCHOOL_ADMIN))
    group = a_group(scope)
    async with uow.begin(scope) as tx:
        await tx.groups.add(group)
        await tx.groups.set_members(group.id, frozenset({people[1].id, people[2].id, people[7].id}), on=NOW)
        await tx.commit()
    for number in range(12):
        course, module = await new_course(
            uow,
            scope,
            teachers=[each.id for each in people[2:5]] if number % 3 == 1 else [],
            is_published=number != 5,
            assigned_to_all=number % 3 == 0,
            deleted_at=NOW if number == 6 else None,
        )
        contents = [
            await new_content(
                uow,
                module,
                content_type=ContentType.LINK,
                url="https://example.test/",
                required_coverage=None,
                position=place,
                is_mandatory=number % 2 == 0 and place < 2,
            )
            for place in range(number % 4)
        ]
        async with uow.begin(scope) as tx:
            if number % 3:
                await tx.courses.assign_groups(course.id, frozenset({group.id}), on=NOW)
            for person in people:
                for content in contents:
                    if chance.random() < 0.7:
                        await tx.progress.start(person.id, content.id, now=NOW)
                        if chance.random() < 0.8:
                            await tx.progress.set_completed(person.id, content.id, at=NOW)
                if chance.random() < 0.3:
                    await tx.progress.record_completion(person.id, course.id, at=NOW)
            await tx.commit()
        # More than those asked for who have completed it already.
        await new_content(uow, module, position=9)
    async with database.read(scope) as sql:
        pairs = await sql.rows(_ONE_BY_ONE)
        figures = {row["course_id"]: row for row in await sql.rows(_FIGURES)}
    number_of = Counter(row["course_id"] for row in pairs)
    assert {course_id: row["people"] for course_id, row in figures.items() if row["people"]} == number_of
    for what, amount in (
        ("completed", lambda row: int(row["is_complete"])),
        ("tenths", lambda row: round(row["percentage"] * 10)),
    ):
        added: Counter[object] = Counter()
        for row in pairs:
            added[row["course_id"]] += amount(row)
        assert {course_id: row[what] for course_id, row in figures.items() if row[what]} == +added, what
        assert sum(added.values()) > 0

"""A new order holds everything that was there, once."""

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms_domain.courses.outline import ModuleOrder, Outline, arrange
from lms_domain.errors import InvalidInput


def outline(*modules: tuple[int, list[int]]) -> Outline:
    return tuple(
        ModuleOrder(UUID(int=module), tuple(UUID(int=each) for each in contents)) for module, contents in modules
    )


CURRENT = outline((1, [11, 12]), (2, [21]), (3, []))


@pytest.mark.parametrize(
    "wanted",
    [
        CURRENT,
        outline((3, []), (2, [21]), (1, [12, 11])),
        outline((1, []), (2, []), (3, [21, 11, 12])),
    ],
)
def test_orders(wanted: Outline) -> None:
    assert arrange(CURRENT, wanted) == wanted


@pytest.mark.parametrize(
    ("wanted", "errors"),
    [
        ((), [("modules", "missing")] * 6),
        (outline((1, [11, 12]), (2, [21])), [("modules", "missing")]),
        (outline((1, [11]), (2, [21]), (3, [])), [("modules", "missing")]),
        (outline((1, [11, 12, 11]), (2, [21]), (3, [])), [("modules.0.contents.2", "twice")]),
        (outline((1, [11, 12]), (2, [21]), (3, [21])), [("modules.2.contents.0", "twice")]),
        (outline((1, [11, 12]), (2, [21]), (3, []), (2, [])), [("modules.3.id", "twice")]),
        (
            outline((1, [11, 12, 99]), (2, [21]), (3, []), (98, [])),
            [("modules.0.contents.2", "unknown"), ("modules.3.id", "unknown")],
        ),
        # A module is no content, and a content is no module.
        (outline((1, [11, 12]), (2, [21, 3])), [("modules.1.contents.1", "unknown")]),
        (outline((1, [11, 12]), (2, []), (3, []), (21, [])), [("modules.3.id", "unknown")]),
    ],
)
def test_what_is_refused_and_where(wanted: Outline, errors: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidInput) as refused:
        arrange(CURRENT, wanted)
    assert [(error.field, error.code) for error in refused.value.errors] == errors


MODULES, CONTENTS = [UUID(int=number) for number in (1, 2, 3)], [UUID(int=number) for number in (11, 12, 21)]
ANY = st.sampled_from([*MODULES, *CONTENTS, UUID(int=99)])


@st.composite
def orders(draw: st.DrawFn) -> Outline:
    """Every module and content somewhere; now and then with an id too many, or another in its place."""
    modules, contents = draw(st.permutations(MODULES)), draw(st.permutations(CONTENTS))
    first, second = sorted(draw(st.tuples(st.integers(0, 3), st.integers(0, 3))))
    parts = [contents[:first], contents[first:second], contents[second:]]
    if draw(st.booleans()):
        parts[draw(st.integers(0, 2))] = draw(st.lists(ANY, max_size=3))
    if draw(st.booleans()):
        modules[draw(st.integers(0, 2))] = draw(ANY)
    return tuple(ModuleOrder(module, tuple(part)) for module, part in zip(modules, parts, strict=True))


@settings(max_examples=100, deadline=None)
@given(orders())
def test_exactly_the_permutations_are_accepted(wanted: Outline) -> None:
    modules = sorted(each.module_id for each in wanted)
    contents = sorted(content for each in wanted for content in each.content_ids)
    try:
        accepted = arrange(CURRENT, wanted) == wanted
    except InvalidInput:
        accepted = False
    assert accepted == (modules == MODULES and contents == CONTENTS)

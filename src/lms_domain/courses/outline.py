"""The order of a course: its modules, and the contents in each."""

from dataclasses import dataclass
from uuid import UUID

from lms_domain.errors import FieldError, InvalidInput


@dataclass(frozen=True, slots=True)
class ModuleOrder:
    """One module with its contents in order."""

    module_id: UUID
    content_ids: tuple[UUID, ...]


Outline = tuple[ModuleOrder, ...]
"""Modules in order."""


def arrange(current: Outline, wanted: Outline) -> Outline:
    """``wanted``, when it has every module and every content of ``current`` exactly once and nothing else. Contents may
    change their module.

    Raises:
        InvalidInput: with one error for every id that is ``unknown``, there ``twice``, or ``missing``. (A page that
            does not know of something just added gets a refusal, never a loss.)
    """
    modules = {module.module_id for module in current}
    contents = {content_id for module in current for content_id in module.content_ids}
    errors: list[FieldError] = []
    seen: set[UUID] = set()

    def check(item: UUID, known: set[UUID], field: str) -> None:
        if item not in known:
            errors.append(FieldError(field, "unknown", "There is no such thing in this course."))
        elif item in seen:
            errors.append(FieldError(field, "twice", "This is in the order twice."))
        seen.add(item)

    for number, module in enumerate(wanted):
        check(module.module_id, modules, f"modules.{number}.id")
        for place, content_id in enumerate(module.content_ids):
            check(content_id, contents, f"modules.{number}.contents.{place}")
    missing = (modules | contents) - seen
    errors.extend(FieldError("modules", "missing", f"{item} is not in the order.") for item in sorted(missing))
    if errors:
        raise InvalidInput("The order must hold every module and every content once.", errors=tuple(errors))
    return wanted

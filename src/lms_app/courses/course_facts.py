"""What the audit trail keeps of courses, modules and contents."""

from collections.abc import Mapping

from lms_app.audit.audit_trail import AuditedObject
from lms_domain.courses.course import Content, Course, Module


def audited_course(course: Course) -> AuditedObject:
    """A course, as the trail names it."""
    return AuditedObject("course", course.id, course.title)


def facts_of_course(course: Course) -> Mapping[str, object]:
    """What administrators decide about a course."""
    return {
        "title": course.title,
        "description": course.description,
        "is_mandatory": course.is_mandatory,
        "deadline": course.deadline.isoformat() if course.deadline is not None else None,
        "estimated_hours": course.estimated_hours,
        "is_published": course.is_published,
        "assigned_to_all": course.assigned_to_all,
        "thumbnail_key": course.thumbnail_key,
    }


def audited_module(module: Module) -> AuditedObject:
    """A module, as the trail names it."""
    return AuditedObject("module", module.id, module.title)


def facts_of_module(module: Module) -> Mapping[str, object]:
    """What administrators decide about a module."""
    return {"title": module.title, "description": module.description, "course_id": str(module.course_id)}


def audited_content(content: Content) -> AuditedObject:
    """A content, as the trail names it."""
    return AuditedObject("content", content.id, content.title)


def facts_of_content(content: Content) -> Mapping[str, object]:
    """What administrators decide about a content."""
    return {
        "title": content.title,
        "content_type": content.content_type.value,
        "course_id": str(content.course_id),
        "is_mandatory": content.is_mandatory,
        "url": content.url,
        "text": content.text,
        "file_id": str(content.file_id) if content.file_id is not None else None,
        "required_coverage": content.required_coverage,
    }

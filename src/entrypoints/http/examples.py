"""Examples for the OpenAPI document: of answers, made from their types by what fields are called; of bodies, written
down for each operation. That both are what they are examples of is a test."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID
from zlib import crc32

from msgspec import inspect

_INSTANT, _DAY = "2026-11-22T08:36:13.991Z", "2026-12-18"
_TEXTS: Mapping[str, str] = {
    "access": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIwMTlhIn0.c2lnbmF0dXJl",
    "action": "course.published",
    "actor_email": "admin@demo.com",
    "address": "203.0.113.7",
    "admin_email": "admin@demo.com",
    "assignment_title": "What will you try next week?",
    "bio": "Teaches mathematics in the lower school.",
    "captions_url": "/m/1795339200.k1.2f9c/captions.vtt",
    "code": "492039",
    "contact_email": "office@demo.com",
    "content_title": "Feedback without grades",
    "course_title": "Feedback that helps",
    "department": "Mathematics",
    "description": "Comments before marks: what research says, and how to begin on Monday.",
    "designation": "Head of department",
    "email": "teacher@demo.com",
    "employee_id": "T-0417",
    "explanation": "Comments are read more carefully when no grade stands beside them.",
    "feedback": "Well observed. Say next time what the pupils did with it.",
    "field": "email",
    "file_name": "observation.pdf",
    "file_url": "/media/files/019a9f3c/observation.pdf",
    "first_name": "Tina",
    "font_family": "Inter",
    "full_text": "Feedback without grades moves thinking forward.",
    "hls_url": "/m/1795339200.k1.2f9c/master.m3u8",
    "hostname": "learn.school.org",
    "instructions": "Write half a page.",
    "kind": "course",
    "language": "en",
    "last_name": "Teacher",
    "link": "/courses/019a9f3c-6d5e-7a10-8b21-4c3d2e1f0a9b",
    "locale": "en",
    "logo_url": "/media/public/4f1d0c",
    "media_type": "application/pdf",
    "message": "A new course waits for you.",
    "name": "Demo School",
    "notes": "Prefers calls in the morning.",
    "object_name": "Feedback that helps",
    "object_type": "course",
    "phrase": "Demo School",
    "primary_color": "#1d4ed8",
    "profile_picture_url": "/media/public/9ab3e2",
    "prompt": "What moves thinking forward?",
    "quote": "Feedback without grades moves thinking forward.",
    "reason": "not_watched_enough",
    "recovery_codes": "k7qd-2mzx-p4ra",
    "refresh": "k1.pX4b0mHc2ZrT9yWq",
    "request_id": "0c6f3a1e9b5d4c2f8a7e6d01",
    "result_url": "/api/jobs/019a9f3c-6d5e-7a10-8b21-4c3d2e1f0a9b/result/",
    "review_reason": "The words of the quote were changed.",
    "secondary_color": "#0f766e",
    "secret": "JBSWY3DPEHPK3PXP",
    "slug": "feedback-that-helps",
    "source_name": "staff.csv",
    "state_reason": "Fewer than three questions held.",
    "storyboard_url": "/m/1795339200.k1.2f9c/storyboard.vtt",
    "subdomain": "demo",
    "subject": "Please finish your course",
    "subjects": "Algebra",
    "grades": "8",
    "submission_text": "I gave comments only, and half of the class asked to improve their work.",
    "suggestion": "demo-2",
    "teacher_email": "teacher@demo.com",
    "teacher_name": "Tina Teacher",
    "text": "Feedback without grades moves thinking forward.",
    "thumbnail_url": "/media/public/7c2b11",
    "time_zone": "Europe/Zurich",
    "title": "Feedback that helps",
    "txt_name": "_brain-lms.learn.school.org",
    "txt_value": "brain-lms-verification=3f6c0f8e",
    "type": "urn:lms:problem:validation_error",
    "uri": "otpauth://totp/Brain%20LMS:admin@demo.com?secret=JBSWY3DPEHPK3PXP",
    "url": "https://learn.school.org/",
    "user_agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0",
    "vtt_url": "/m/1795339200.k1.2f9c/captions.vtt",
}
_CHOICES: Mapping[str, str] = {
    "content_type": "VIDEO",
    "kind": "COURSE_ASSIGNED",
    "plan": "PRO",
    "role": "TEACHER",
    "state": "SUCCEEDED",
    "status": "IN_PROGRESS",
}
"""Of enumerations; where there is no such choice, their first."""
_NUMBERS: Mapping[str, float] = {
    "average_completion": 71.5,
    "average_progress": 64.0,
    "completion_rate": 71.5,
    "coverage": 66.7,
    "height": 720,
    "max_score": 100,
    "maximum": 100,
    "overall_progress": 64.0,
    "passing_score": 70,
    "percentage": 66.7,
    "required_coverage": 90,
    "score": 85,
    "best_score": 85,
    "start": 12,
    "end": 17,
    "width": 1280,
    "version": 4,
}
_TRUE = frozenset({"is_active", "is_published", "is_mandatory", "playable", "mail", "email_verified", "is_correct",
                   "correct", "passed", "is_trial", "is_current", "has_account"})  # fmt: skip
_NULL = frozenset({"error", "error_code", "next", "previous", "deleted_at", "missing_since", "impersonated_by", "log",
                   "next_attempt_at", "undone_at", "problem", "suggestion"})  # fmt: skip
"""Mostly there is none."""


def example_of(kind: object) -> object:
    """A value of ``kind`` as JSON."""
    return _value(inspect.type_info(kind), "", ())


def _value(kind: inspect.Type, name: str, within: tuple[type, ...]) -> Any:  # JSON
    if isinstance(kind, inspect.UnionType | inspect.Metadata):
        return _value(_inner(kind, name, within), name, within)
    if isinstance(kind, inspect.StructType):
        inner = (*within, kind.cls)
        return {field.encode_name: _value(field.type, field.encode_name, inner) for field in kind.fields}
    if isinstance(kind, inspect.CollectionType):
        return [] if _is_within(kind.item_type, within) else [_value(kind.item_type, name, within)]
    if isinstance(kind, inspect.TupleType):
        return [12 * place for place, _ in enumerate(kind.item_types, start=1)]
    if isinstance(kind, inspect.DictType):
        return {_value(kind.key_type, _KEYS.get(name, "title"), within): _value(kind.value_type, name, within)}
    return _PLAIN[type(kind)](kind, name)


_KEYS: Mapping[str, str] = {"features": "feature", "parts": "part", "draft": "question", "preferences": "email"}
"""What the keys of a mapping are called: of others they are names of fields."""


def _inner(kind: inspect.UnionType | inspect.Metadata, name: str, within: tuple[type, ...]) -> inspect.Type:
    if isinstance(kind, inspect.Metadata):
        return kind.type
    if kind.includes_none and name in _NULL:
        return inspect.NoneType()
    found = [each for each in kind.types if not isinstance(each, inspect.NoneType) and not _is_within(each, within)]
    return found[0] if found else inspect.NoneType()


def _is_within(kind: inspect.Type, within: tuple[type, ...]) -> bool:
    return isinstance(kind, inspect.StructType) and kind.cls in within


def _text(_: inspect.Type, name: str) -> str:
    return _TEXTS.get(name) or _MAPPED.get(name) or name.replace("_", " ").capitalize()


_MAPPED: Mapping[str, str] = {
    "feature": "REPORTS_PDF",
    "part": "database",
    "question": "019a9f3c-6d5e-7a10-8b21-0000a1b2c3d4",
}


def _whole(kind: inspect.Type, name: str) -> int:
    return int(_number(kind, name))


def _number(_: inspect.Type, name: str) -> float:
    if name in _NUMBERS:
        return _NUMBERS[name]
    if name.endswith("bytes"):
        return 52_428_800
    return 912 if name.endswith("seconds") else 3


def _choice(kind: inspect.Type, name: str) -> object:
    values = [each.value for each in kind.cls] if isinstance(kind, inspect.EnumType) else list(_values(kind))
    wanted = _CHOICES.get(name)
    return wanted if wanted in values else values[0]


def _values(kind: inspect.Type) -> tuple[object, ...]:
    return kind.values if isinstance(kind, inspect.LiteralType) else ()


_PLAIN: Mapping[type[inspect.Type], Callable[[inspect.Type, str], object]] = {
    inspect.StrType: _text,
    inspect.IntType: _whole,
    inspect.FloatType: _number,
    inspect.BoolType: lambda _, name: name in _TRUE,
    inspect.UUIDType: lambda _, name: _id(name),
    inspect.DateTimeType: lambda *_: _INSTANT,
    inspect.DateType: lambda *_: _DAY,
    inspect.EnumType: _choice,
    inspect.LiteralType: _choice,
    inspect.RawType: lambda *_: _TEXTS["title"],
    inspect.CustomType: lambda *_: _TEXTS["title"],
    inspect.AnyType: lambda *_: _TEXTS["title"],
    inspect.NoneType: lambda *_: None,
}


def _id(name: str) -> str:
    """Another one for each name."""
    return str(UUID(f"019a9f3c-6d5e-7a10-8b21-0000{crc32(name.encode()):08x}"))


_NEWCOMER = {
    "email": "tina@school.example",
    "first_name": "Tina",
    "last_name": "Teacher",
    "role": "TEACHER",
    "department": "Mathematics",
    "subjects": ["Algebra"],
    "group_ids": [_id("group_id")],
}
_REMINDER = {"kind": "COURSE_DEADLINE", "course_id": _id("course_id"), "message": "Two videos are left."}
_LINK = {"uid": _id("uid"), "token": "x7Zq0hVb2mN4kR8tYw"}
_QUESTION = {
    "prompt": "What moves thinking forward?",
    "options": [{"text": "Feedback without grades", "is_correct": True}, {"text": "Grades without feedback"}],
    "points": 1,
    "explanation": "See second 12 of the video.",
}
_ANSWERS = {"answers": {_id("question_id"): {"option_id": _id("option_id")}}}
BODIES: Mapping[str, object] = {
    "login": {"email": "teacher@demo.com", "password": "demo123", "session": "body"},
    "refresh": {"refresh_token": _TEXTS["refresh"]},
    "logout": {"refresh_token": _TEXTS["refresh"]},
    "exchangeCode": {"code": "x7Zq0hVb2mN4kR8tYw"},
    "changePassword": {"current_password": "demo123", "new_password": "third green elephant tricycle"},
    "stepUp": {"password": "third green elephant tricycle"},
    "confirmSecondFactor": {"code": "492039"},
    "disableSecondFactor": {"code": "492039"},
    "editMe": {"first_name": "Tina", "bio": _TEXTS["bio"]},
    "editPreferences": {"digest": True, "muted": ["REMINDER"]},
    "acceptInvitation": {**_LINK, "new_password": "third green elephant tricycle"},
    "confirmPasswordReset": {**_LINK, "new_password": "third green elephant tricycle"},
    "verifyEmail": _LINK,
    "requestPasswordReset": {"email": "teacher@demo.com"},
    "resendVerification": {"email": "teacher@demo.com"},
    "registerTeacher": _NEWCOMER,
    "createTeacher": _NEWCOMER,
    "updateTeacher": {"department": "Science", "role": "HOD"},
    "importTeachers": {"csv": "email,first_name,last_name\ntina@school.example,Tina,Teacher\n"},
    "createGroup": {"name": "Grade 8", "kind": "GRADE"},
    "updateGroup": {"name": "Grade 9"},
    "addGroupMembers": {"teacher_ids": [_id("teacher_id")]},
    "setGroupMembers": {"teacher_ids": [_id("teacher_id")]},
    "onboardSchool": {
        "school_name": "North Hill School",
        "admin_email": "head@northhill.example",
        "admin_first_name": "Ada",
        "admin_last_name": "Admin",
        "subdomain": "north-hill",
        "plan": "PRO",
        "trial_days": 30,
    },
    "editSchool": {"plan": "PRO", "limits": {"teachers": 120}, "features": {"CUSTOM_DOMAIN": True}},
    "impersonate": {"reason": "They asked for help with an import."},
    "confirmErasure": {"code": "x7Zq0hVb2mN4kR8tYw", "phrase": "Demo School"},
    "retryStep": {"tenant_id": _id("tenant_id"), "content_id": _id("content_id"), "step": "TRANSCODE"},
    "updateSettings": {"name": "Demo School", "primary_color": "#1d4ed8", "time_zone": "Europe/Zurich"},
    "addDomain": {"hostname": "learn.school.org"},
    "createCourse": {"title": "Feedback that helps", "is_mandatory": True, "deadline": _DAY, "assigned_to_all": True},
    "updateCourse": {"deadline": _DAY, "estimated_hours": 3},
    "publishCourse": {"action": "publish"},
    "duplicateCourse": {"title": "Feedback that helps (2027)"},
    "setOutline": {"modules": [{"id": _id("module_id"), "contents": [_id("content_id")]}]},
    "createModule": {"title": "Before you begin"},
    "updateModule": {"title": "Beginning"},
    "createContent": {"title": "An article", "content_type": "LINK", "url": "https://example.org/feedback"},
    "updateContent": {"title": "An article on feedback", "is_mandatory": False},
    "rerunVideo": {"from_step": "TRANSCRIBE"},
    "createAssignment": {
        "course_id": _id("course_id"),
        "title": "What will you try next week?",
        "instructions": "Write half a page.",
        "due_date": _DAY,
    },
    "updateAssignment": {"due_date": _DAY, "is_mandatory": False},
    "flagQuestion": {"reason": "Two of the answers are right."},
    "extendQuiz": {"extra_percent": 50, "extra_attempts": 1, "reason": "Reads more slowly."},
    "gradeSubmission": {"score": 85, "feedback": _TEXTS["feedback"]},
    "createQuestion": {"kind": "MCQ", **_QUESTION},
    "updateQuestion": _QUESTION,
    "reviewQuestion": {"action": "accept"},
    "decideAnswer": {"is_right": True, "accept_for_all": True},
    "mendQuestion": {"accepted_answers": ["photosynthesis", "assimilation"], "dry_run": True},
    "announce": {"title": "Staff day", "message": "On Friday the library is closed.", "to_all": True},
    "previewReminder": _REMINDER,
    "sendReminder": _REMINDER,
    "reportProgress": {"watched": [[0, 12], [40, 55]], "position_seconds": 55, "playback_rate": 1.5},
    "submitAssignment": {"submission_text": _TEXTS["submission_text"]},
    "saveQuizDraft": _ANSWERS,
    "submitQuiz": _ANSWERS,
}
"""By operation."""

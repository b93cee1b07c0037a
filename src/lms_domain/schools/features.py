"""What a plan allows beyond its limits."""

from enum import StrEnum


class Feature(StrEnum):
    """One thing that a school may use or not."""

    CUSTOM_DOMAIN = "CUSTOM_DOMAIN"
    """Be reached under a host name of its own."""
    REPORTS_PDF = "REPORTS_PDF"
    """Reports as PDF besides CSV."""
    QUIZ_GENERATION = "QUIZ_GENERATION"
    """Quizzes made from transcripts by rules, on our own machines."""
    REMOTE_QUIZ_GENERATION = "REMOTE_QUIZ_GENERATION"
    """Quizzes made by a service elsewhere; the school's own consent is needed as well."""

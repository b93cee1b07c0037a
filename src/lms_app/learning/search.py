"""Look for something in one's courses."""

from uuid import UUID

import msgspec

from lms_app.actor import Actor
from lms_app.learning.highlight import TextPart, highlighted
from lms_app.ports.search_queries import SearchQueries
from lms_domain.accounts.roles import Permission
from lms_domain.courses.course import ContentType
from lms_domain.errors import InvalidInput

MIN_QUERY, MAX_QUERY = 2, 100
MAX_WORDS = 8
"""More say nothing more."""
MAX_SNIPPET = 300
"""Characters of what is said."""


class CourseHit(msgspec.Struct, frozen=True, kw_only=True):
    """A course. ``parts`` is its title in pieces; none of them is a match where only the description has the words."""

    id: UUID
    title: str
    parts: list[TextPart]


class ContentHit(msgspec.Struct, frozen=True, kw_only=True):
    """A content of a course. ``parts`` is its title in pieces."""

    id: UUID
    title: str
    content_type: ContentType
    course_id: UUID
    course_title: str
    parts: list[TextPart]


class TranscriptHit(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is said in a video, from ``start`` to ``end`` in seconds. ``parts`` is what is said, in pieces."""

    content_id: UUID
    content_title: str
    course_id: UUID
    course_title: str
    start: float
    end: float
    parts: list[TextPart]


class SearchView(msgspec.Struct, frozen=True, kw_only=True):
    """What was found, of each kind the best first. Matches are marked by pieces of text: nothing here is markup."""

    courses: list[CourseHit]
    contents: list[ContentHit]
    transcripts: list[TranscriptHit]


class Search:
    """Look for words in the person's courses: in titles and descriptions, and in what is said in videos, with the
    second at which it is said. All words must be there, in any order; of what is said, each as the beginning of a word.
    Nothing is found that the person could not open."""

    def __init__(self, queries: SearchQueries) -> None:
        self._queries = queries

    async def __call__(self, actor: Actor, query: str, *, limit: int) -> SearchView:
        """Raises InvalidInput: fewer than ``MIN_QUERY`` or more than ``MAX_QUERY`` characters."""
        scope = actor.school(Permission.LEARN)
        words = query.replace("\x00", " ").split()[:MAX_WORDS]
        length = len(" ".join(words))
        if length < MIN_QUERY:
            raise InvalidInput.for_field("q", "too_short", f"Type at least {MIN_QUERY} characters.")
        if len(query) > MAX_QUERY:
            raise InvalidInput.for_field("q", "too_long", f"Type at most {MAX_QUERY} characters.")
        found = await self._queries.find(scope, actor.user_id, words, limit=limit)
        return SearchView(
            courses=[
                CourseHit(id=each.id, title=each.title, parts=highlighted(each.title, words, within_words=True))
                for each in found.courses
            ],
            contents=[
                ContentHit(
                    id=each.id,
                    title=each.title,
                    content_type=each.content_type,
                    course_id=each.course_id,
                    course_title=each.course_title,
                    parts=highlighted(each.title, words, within_words=True),
                )
                for each in found.contents
            ],
            transcripts=[
                TranscriptHit(
                    content_id=each.content_id,
                    content_title=each.content_title,
                    course_id=each.course_id,
                    course_title=each.course_title,
                    start=each.start,
                    end=each.end,
                    parts=_snippet(highlighted(each.text, words, within_words=False)),
                )
                for each in found.cues
            ],
        )


def _snippet(parts: list[TextPart]) -> list[TextPart]:
    """The parts around the first match, where the whole would be long."""
    if sum(len(part.text) for part in parts) <= MAX_SNIPPET:
        return parts
    kept: list[TextPart] = []
    room = MAX_SNIPPET
    first = parts[0]
    if len(parts) > 1 and not first.is_match and len(first.text) > MAX_SNIPPET // 3:
        parts = [TextPart(text=f"…{first.text[-MAX_SNIPPET // 3 :]}", is_match=False), *parts[1:]]
    for part in parts:
        if len(part.text) > room:
            kept.append(TextPart(text=f"{part.text[:room]}…", is_match=part.is_match))
            break
        kept.append(part)
        room -= len(part.text)
    return kept

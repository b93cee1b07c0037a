"""What a quiz about a video would consist of."""

from dataclasses import dataclass

from lms_app.ports.quiz_generator import QuizGenerator, QuizGeneratorError, QuizRequest
from lms_app.ports.repositories import Transcript
from lms_domain.learning.question_choice import choose
from lms_domain.learning.question_draft import QuestionDraft
from lms_domain.learning.quiz import MIN_GENERATED_QUESTIONS
from lms_domain.learning.quiz_validator import RejectionReason, validate
from lms_domain.video.transcript import transcript_hash


@dataclass(frozen=True, slots=True)
class QuizProposal:
    """The best of the drafts that passed the validator, in the order of the video; and why they are not enough, if they
    are not."""

    language: str
    generator: str
    transcript_hash: str
    drafts: tuple[QuestionDraft, ...] = ()
    shortfall: str = ""
    rejections: tuple[tuple[RejectionReason, int], ...] = ()


async def propose_quiz(
    generator: QuizGenerator, transcript: Transcript | None, *, title: str, seed: int
) -> QuizProposal:
    """Ask the generator, believe only what the validator finds in the captions, and choose what makes a quiz.

    A generator that fails gives a proposal without drafts and its reason: a video is not held up by it.
    """
    name = f"{generator.id}/{generator.version}"
    if transcript is None or not transcript.segments:
        return QuizProposal("", name, "", shortfall="There are no captions to make questions from.")
    language = transcript.language
    fingerprint = transcript_hash(language, transcript.segments)
    request = QuizRequest(language=language, title=title, cues=transcript.segments, seed=seed)
    try:
        result = await generator.generate(request)
    except QuizGeneratorError as error:
        return QuizProposal(language, name, fingerprint, shortfall=error.detail)
    if result.abstained:
        reasons = " ".join(abstention.detail for abstention in result.abstentions)
        return QuizProposal(language, name, fingerprint, shortfall=reasons)
    checked = validate(result.drafts, transcript.segments, language=language)
    drafts = choose(checked.accepted)
    shortfall = ""
    if len(drafts) < MIN_GENERATED_QUESTIONS:
        found = {0: "No good question was", 1: "Only 1 good question was"}.get(
            len(drafts), f"Only {len(drafts)} good questions were"
        )
        shortfall = f"{found} found in the captions; at least {MIN_GENERATED_QUESTIONS} are needed."
    return QuizProposal(language, name, fingerprint, drafts, shortfall, tuple(sorted(checked.rejections.items())))

"""What a quiz about a video would consist of."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lms_app.ports.quiz_generator import AbstentionReason, QuizGenerator, QuizGeneratorError, QuizRequest
from lms_app.ports.repositories import Transcript
from lms_domain.learning.question_choice import choose
from lms_domain.learning.question_draft import QuestionDraft
from lms_domain.learning.quiz import MIN_GENERATED_QUESTIONS
from lms_domain.learning.quiz_reasons import SENTENCES, QuizReason
from lms_domain.learning.quiz_validator import RejectionReason, validate
from lms_domain.video.transcript import is_spoken, transcript_hash


@dataclass(frozen=True, slots=True)
class QuizProposal:
    """The best of the drafts that passed the validator, in the order of the video; and why they are not enough, if they
    are not."""

    language: str
    generator: str
    transcript_hash: str
    drafts: tuple[QuestionDraft, ...] = ()
    shortfall: str = ""
    codes: tuple[QuizReason, ...] = ()
    """The shortfall as codes, in the order of its sentences."""
    rejections: tuple[tuple[RejectionReason, int], ...] = ()
    """Of all generators that were asked."""
    fallback: str = ""
    """Why the generator that was asked first is not the one whose drafts these are."""
    preferred: str = ""
    """The generator that was asked first."""

    def short_of(self, code: QuizReason, sentence: str) -> "QuizProposal":
        """The same, which is not enough, and why."""
        return replace(self, shortfall=sentence, codes=(code,))


_ABSTENTIONS: Mapping[AbstentionReason, QuizReason] = {
    AbstentionReason.LANGUAGE: QuizReason.LANGUAGE_NOT_SUPPORTED,
    AbstentionReason.TOO_SHORT: QuizReason.TOO_SHORT,
    AbstentionReason.NO_SENTENCES: QuizReason.NO_SENTENCES,
    AbstentionReason.REPETITIVE: QuizReason.REPETITIVE,
    AbstentionReason.FREE_SPEECH: QuizReason.FREE_SPEECH,
    AbstentionReason.NOTHING_FOUND: QuizReason.NOTHING_FOUND,
    AbstentionReason.OUT_OF_BUDGET: QuizReason.OUT_OF_BUDGET,
}
_FAILURES: Mapping[str, QuizReason] = {
    "generator_unavailable": QuizReason.GENERATOR_UNAVAILABLE,
    "generator_refused": QuizReason.GENERATOR_REFUSED,
}


async def propose_quiz(
    generators: Sequence[QuizGenerator], transcript: Transcript | None, *, title: str, seed: int
) -> QuizProposal:
    """Ask one generator after the other until one gives enough, and believe only what the validator finds in the
    captions. Where none gives enough, the proposal with the most drafts counts, of equals the last one's.

    A generator that fails gives a proposal without drafts and its reason: a video is not held up by it.

    Args:
        generators: at least one, the preferred one first.
        transcript: None: there are no captions.
        title: of the video.
        seed: equal seeds give equal drafts where the generator can promise that.
    """
    proposals: list[QuizProposal] = []
    for generator in generators:
        proposals.append(await _ask(generator, transcript, title=title, seed=seed))
        if not proposals[-1].shortfall or transcript is None or not _is_spoken(transcript):
            break
    best = max(reversed(proposals), key=lambda proposal: (not proposal.shortfall, len(proposal.drafts)))
    told = [*(proposal for proposal in proposals if proposal is not best), best]
    rejections = sum((Counter(dict(proposal.rejections)) for proposal in proposals), Counter[RejectionReason]())
    # Administrators read why there is no quiz: everybody who was asked has a reason.
    shortfall = " ".join(dict.fromkeys(proposal.shortfall for proposal in told)) if best.shortfall else ""
    codes = tuple(dict.fromkeys(code for proposal in told for code in proposal.codes)) if best.shortfall else ()
    return replace(
        best,
        shortfall=shortfall,
        codes=codes,
        rejections=tuple(sorted(rejections.items())),
        fallback=proposals[0].shortfall if best is not proposals[0] else "",
        preferred=proposals[0].generator,
    )


async def _ask(generator: QuizGenerator, transcript: Transcript | None, *, title: str, seed: int) -> QuizProposal:
    name = f"{generator.id}/{generator.version}"
    if transcript is None or not _is_spoken(transcript):
        return QuizProposal("", name, "").short_of(QuizReason.NO_CAPTIONS, SENTENCES[QuizReason.NO_CAPTIONS])
    language = transcript.language
    fingerprint = transcript_hash(language, transcript.segments)
    nothing = QuizProposal(language, name, fingerprint)
    request = QuizRequest(language=language, title=title, cues=transcript.segments, seed=seed)
    try:
        result = await generator.generate(request)
    except QuizGeneratorError as error:
        return nothing.short_of(_FAILURES.get(error.code, QuizReason.GENERATOR_FAILED), error.detail)
    if result.abstained:
        codes = tuple(dict.fromkeys(_ABSTENTIONS[abstention.reason] for abstention in result.abstentions))
        details = " ".join(abstention.detail for abstention in result.abstentions)
        return replace(nothing, shortfall=details, codes=codes)
    # An hour of captions and drafts full of words take the validator seconds: too long for the event loop.
    checked = await asyncio.to_thread(validate, result.drafts, transcript.segments, language=language)
    drafts = choose(checked.accepted)
    proposal = replace(nothing, drafts=drafts, rejections=tuple(sorted(checked.rejections.items())))
    if len(drafts) < MIN_GENERATED_QUESTIONS:
        found = {0: "No good question was", 1: "Only 1 good question was"}.get(
            len(drafts), f"Only {len(drafts)} good questions were"
        )
        detail = f"{found} found in the captions; at least {MIN_GENERATED_QUESTIONS} are needed."
        return proposal.short_of(QuizReason.TOO_FEW_QUESTIONS, detail)
    return proposal


def _is_spoken(transcript: Transcript) -> bool:
    return any(map(is_spoken, transcript.segments))

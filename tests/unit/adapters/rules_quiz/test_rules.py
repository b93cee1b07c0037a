"""What the rules find, and above all what they let pass by."""

from pathlib import Path

import pytest

from adapters.rules_quiz.definitions import definitions_in
from adapters.rules_quiz.gate import why_not
from adapters.rules_quiz.generator import RulesQuizGenerator
from adapters.rules_quiz.numbers import numbers_in
from adapters.rules_quiz.quantities import quantities_in
from adapters.rules_quiz.sentences import Sentence, sentences_of
from adapters.rules_quiz.terms import Terms
from lms_app.ports.quiz_generator import AbstentionReason
from lms_domain.learning.quiz import QuestionKind
from lms_domain.video.transcript import Segment
from tests.contracts.quiz_generator import GERMAN, SCRIPTED, cues_of, request_for

LECTURE = Path(__file__).parents[4] / "media" / "lecture-formative-assessment.txt"


def said(text: str) -> list[Sentence]:
    return sentences_of(cues_of(text))


def defined(text: str) -> list[str]:
    sentences = said(text)
    return [definition.term for definition in definitions_in(sentences, Terms(sentences))]


class TestSentences:
    def test_a_sentence_knows_its_cues(self) -> None:
        cues = (
            Segment(0.0, 2.0, "Welcome. Wait time is"),
            Segment(2.5, 4.0, "the pause between a question"),
            Segment(4.0, 5.0, "and an answer. It helps"),
            Segment(5.5, 6.0, "everybody."),
        )
        found = [(each.text, each.cue_from, each.cue_to, each.start, each.end) for each in sentences_of(cues)]
        assert found == [
            ("Welcome.", 0, 0, 0.0, 2.0),
            ("Wait time is the pause between a question and an answer.", 0, 2, 0.0, 5.0),
            ("It helps everybody.", 2, 3, 4.0, 6.0),
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "Dr. Rowe waited 2.5 seconds.",
            "They met at 5 p.m. in the U.S. embassy.",
            "Some tools, e.g. cards, help.",
            "without any punctuation at all",
        ],
    )
    def test_not_every_dot_ends_one(self, text: str) -> None:
        assert [each.text for each in said(text)] == [text]


class TestGate:
    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            (SCRIPTED, None),
            (GERMAN, AbstentionReason.LANGUAGE),
            ("A short one. " * 5, AbstentionReason.TOO_SHORT),
            (SCRIPTED.replace(".", ""), AbstentionReason.NO_SENTENCES),
            (SCRIPTED + "Thank you for watching this. " * 60, AbstentionReason.REPETITIVE),
            (SCRIPTED.replace("The ", "You know, I guess the "), AbstentionReason.FREE_SPEECH),
        ],
        ids=["fit", "german", "short", "unpunctuated", "loop", "talk"],
    )
    def test_who_may_pass(self, text: str, reason: AbstentionReason | None) -> None:
        refusal = why_not(said(text))
        assert (refusal.reason if refusal else None) == reason


class TestDefinitions:
    @pytest.mark.parametrize(
        ("text", "term"),
        [
            ("Wait time is the pause between a question and the first answer.", "wait time"),
            ("So, an exit ticket is a short question that every student answers at the end.", "exit ticket"),
            ("Cold calling means that the teacher chooses who will answer.", "cold calling"),
            ("Interleaving refers to the mixing of different problems in one exercise.", "interleaving"),
            ("Scaffolding is when a teacher gives help that is taken away step by step.", "scaffolding"),
            ("Validity is defined as the degree to which a test measures what it should.", "validity"),
            ("The pause between a question and the first answer is called wait time.", "wait time"),
            ("Bloom's Taxonomy is a framework for sorting aims of learning by depth.", "Bloom's Taxonomy"),
        ],
    )
    def test_found(self, text: str, term: str) -> None:
        assert defined(text) == [term]

    @pytest.mark.parametrize(
        "text",
        [
            "It is the pause between a question and the first answer.",
            "This means that the teacher chooses who will answer.",
            "What I mean is the pause between a question and an answer.",
            "Feedback is the key to better learning in every school.",
            "Wait time is a great way to get longer answers from pupils.",
            "The first strategy is the clarification of aims for the lesson.",
            "The goal is the improvement of every single lesson we teach.",
            "Paul Black is a professor of education from London.",
            "Is wait time the pause between a question and an answer?",
            "Wait time is the time that a teacher waits for an answer.",
            "Wait time, as you can see here, means that nobody speaks at all.",
            "Imagine that wait time means that everybody leaves the room.",
            "Another practice is the use of cards that every learner holds up.",
            "Wait time is a pause.",
            "Voting means you need to fully understand the whole proposal.",
            "Commitment is when Alice produces her part of the result.",
            "The hash function is what is called a random oracle.",
            "Mining is the race to the bottom and you have to get more money.",
            "Elements is a toolkit that somebody built the whole product with.",
            "Summative assessment is different from all of that.",
        ],
    )
    def test_not_taken_for_one(self, text: str) -> None:
        assert defined(text) == []


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "key"),
        [
            ("When the pause is extended to three seconds, students give longer answers.", "three"),
            ("The learners of one school gained 30 percent in mathematics that year.", "30"),
            ("In 1998 the two authors reviewed more than 250 studies of classroom practice.", None),
            ("In 1998 both authors reviewed more than 250 studies of classroom practice.", "250"),
            ("In nineteen ninety eight they read two hundred and fifty studies on it.", None),
            ("In nineteen ninety eight, both authors read two hundred and fifty studies.", "two hundred and fifty"),
            ("In week three the pupils wrote for 20 minutes at the end of lessons.", "20"),
            ("So the teacher can see 30 answers in 10 seconds with whiteboards.", None),
            ("The model from 1998 was used by most schools of the whole country.", None),
            ("To finish, choose one technique and try it for two weeks with a class.", None),
            ("You should wait for three seconds before you take the first answer.", None),
            ("In 1998, public and ill and willy and reviewed more than 250 studies.", None),
            ("Nobody used such a platform for lessons in this country seven years ago.", None),
            ("Of all the schools in this country 100 percent would say the same.", None),
            ("The authors say that teachers like them lose 35 percent of the lessons.", None),
            ("On the left there are 40 percent of all the teachers in the survey.", None),
            ("Layer 6 of the model has seen 20 percent of the data in training.", "20"),
        ],
    )
    def test_one_with_a_unit(self, text: str, key: str | None) -> None:
        assert [each.key for each in numbers_in(said(text))] == ([key] if key else [])

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("forty two", 42),
            ("two hundred and fifty", 250),
            ("one thousand two hundred", 1200),
            ("3,500", 3500),
            ("2.5", 2.5),
            ("nineteen ninety eight", 0),
        ],
    )
    def test_in_words_and_figures(self, text: str, value: float) -> None:
        assert [each.value for each in quantities_in(f"{text} minutes")] == [value]


class TestWhatIsAsked:
    async def test_the_lecture(self) -> None:
        """Read by a person, as a strict teacher would: all of them can be used."""
        result = await RulesQuizGenerator().generate(request_for(cues_of(LECTURE.read_text())))
        assert [(draft.rule, draft.key) for draft in result.drafts] == [
            ("definition", "cold calling"),
            ("definition", "formative assessment"),
            ("definition", "exit ticket"),
            ("definition", "wait time"),
            ("number", "two hundred and fifty"),
            ("number", "three"),
        ]
        chosen = {draft.key: set(draft.options) for draft in result.drafts if draft.kind is QuestionKind.MCQ}
        assert all(options <= {*chosen, "formative assessment"} for options in chosen.values())

    async def test_the_script(self) -> None:
        """Read by a person: each of these can be answered from the video, and has one right answer."""
        result = await RulesQuizGenerator().generate(request_for(cues_of(SCRIPTED)))
        keys = {draft.key for draft in result.drafts}
        assert {"spaced practice", "interleaving", "dual coding", "brain dump", "retrieval practice"} <= keys
        assert {draft.rule for draft in result.drafts} <= {"definition", "number"}
        for draft in result.drafts:
            if draft.kind is QuestionKind.MCQ:
                assert len(draft.options) == 3

    async def test_another_seed_shuffles_and_no_more(self) -> None:
        one, two = [
            (await RulesQuizGenerator().generate(request_for(cues_of(SCRIPTED), seed=seed))).drafts for seed in (1, 2)
        ]
        assert [draft.key for draft in one] == [draft.key for draft in two]
        assert one != two


async def test_what_the_title_tells_is_asked_the_other_way_round() -> None:
    lecture = cues_of(LECTURE.read_text(encoding="utf-8"))
    for title, rule in (("Formative assessment", "meaning"), ("Lesson 3", "definition")):
        drafts = (await RulesQuizGenerator().generate(request_for(lecture, title=title))).drafts
        (first,) = (draft for draft in drafts if "practice of gathering" in draft.evidence[0].quote)
        assert first.rule == rule
    asked = (await RulesQuizGenerator().generate(request_for(lecture, title="Formative assessment"))).drafts
    (meaning,) = (draft for draft in asked if draft.rule == "meaning")
    assert meaning.prompt == "How does the video describe formative assessment?"
    # Without its afterthought it is not the longest answer, which would give it away.
    assert meaning.key == "the practice of gathering evidence of learning during a lesson"
    assert max(map(len, meaning.options)) > len(meaning.key)

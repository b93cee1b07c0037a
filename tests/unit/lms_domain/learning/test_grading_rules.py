"""Answers: what is right stays right however it is written, and what is wrong stays wrong."""

import unicodedata
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms_domain.learning.grading import OptionAnswer, TextAnswer, Verdict, grade_question
from lms_domain.learning.languages.english import ENGLISH
from lms_domain.learning.languages.known import NO_LANGUAGE, words_of
from lms_domain.learning.wording import as_number, folded, read_numbers, split_words, stem, terms, typing_distance
from tests.unit.lms_domain.learning.quiz_samples import a_short_answer, an_mcq


def verdict(accepted: str, given_text: str, *, language: str = "en", tolerance: float = 0.0) -> Verdict:
    question = a_short_answer(1, accepted, tolerance=tolerance)
    return grade_question(question, TextAnswer(given_text), language=language)


@pytest.mark.parametrize(
    ("accepted", "given_text"),
    [
        ("exit ticket", "Exit Ticket"),
        ("exit ticket", "  the exit   ticket. "),
        ("exit ticket", "an “exit-ticket”"),
        ("exit ticket", "exit tickt"),
        ("exit ticket", "exit tickets"),
        ("classroom", "class room"),
        ("Piaget", "piagét"),
        ("naïve", "NAIVE"),
        ("Straße", "STRASSE"),
        ("formative assessment", "formative assesment"),
        ("formative assessment", "fromative assessment"),
        ("metacognition", "metacogniton"),
        ("formative assessment", "formatve assesment"),
        ("pause", "pasue"),
        ("H+", "h +"),
        ("teacher's question", "teachers’ question"),
        ("vitamin A", "Vitamin a"),
        ("CO2", "co2"),
        ("250", "two hundred and fifty"),
        ("two hundred and fifty", "250"),
        ("1998", "1998."),
        ("1,500", "1500"),
        ("1500 dollars", "$1,500"),
        ("40 percent", "40 %"),
        ("40 percent", "forty percent"),
        ("40 percent", "40"),
        ("40 percent", "40 precent"),
        ("40", "40 percent"),
        ("3.14", "3,14159"),
        ("2.5 million", "2500000"),
        ("-5", "−5"),
        ("०५", "5"),
        ("a thousand", "1000"),
        ("three seconds", "3 second"),
    ],
)
def test_right_however_it_is_written(accepted: str, given_text: str) -> None:
    assert verdict(accepted, given_text) is Verdict.RIGHT


@pytest.mark.parametrize(
    ("accepted", "given_text"),
    [
        ("exit ticket", "ticket"),
        ("exit ticket", "ticket exit"),
        ("exit ticket", "not an exit ticket"),
        ("exit ticket", "exot tickot tackets"),
        ("formative", "normative"),
        ("inductive", "deductive"),
        ("inclusion", "exclusion"),
        ("effect", "affect"),
        ("reliable", "unreliable"),
        ("cat", "car"),
        ("wait", "want"),
        ("1998", "1989"),
        ("1998", "1997"),
        ("40 percent", "41 percent"),
        ("40 percent", "400"),
        ("40 percent", "40 minutes"),
        ("40", "not 40"),
        ("40", "40.4"),
        ("H+", "H"),
        ("40", "40 or 50"),
        ("40", "40 and this and that"),
        ("3.14", "3.2"),
        ("5", "-5"),
        ("CO2", "CO3"),
        ("250", "many"),
        ("wait time", "!?"),
        ("wait time", "the"),
        ("कि", "की"),  # in many scripts, marks are vowels
    ],
)
def test_wrong_however_near(accepted: str, given_text: str) -> None:
    assert verdict(accepted, given_text) is Verdict.WRONG


def test_any_accepted_answer_will_do_and_a_tolerance_is_what_its_author_says() -> None:
    question = a_short_answer(1, "wait time", "thinking time")
    assert grade_question(question, TextAnswer("Thinking time"), language="en") is Verdict.RIGHT
    assert verdict("40 percent", "43", tolerance=3) is Verdict.RIGHT
    assert verdict("40 percent", "43.1", tolerance=3) is Verdict.WRONG


def test_without_a_language_articles_and_number_words_are_words() -> None:
    assert verdict("le ticket", "Le Ticket", language="fr") is Verdict.RIGHT
    assert verdict("ticket", "the ticket", language="fr") is Verdict.WRONG
    assert verdict("5", "five", language="") is Verdict.WRONG


def test_options_are_right_or_wrong_and_nothing_else() -> None:
    question = an_mcq(1)
    answers = [
        OptionAnswer(UUID(int=10)),
        OptionAnswer(UUID(int=11)),
        OptionAnswer(UUID(int=99)),
        TextAnswer("exit ticket"),
        None,
    ]
    verdicts = [grade_question(question, answer, language="en") for answer in answers]
    assert verdicts == [Verdict.RIGHT, *[Verdict.WRONG] * 4]


def test_a_person_reads_what_has_no_accepted_answer_unless_there_is_nothing_to_read() -> None:
    question = a_short_answer(1)
    assert grade_question(question, TextAnswer("Because …"), language="en") is Verdict.NEEDS_REVIEW
    for nothing in (TextAnswer(" \n"), None, OptionAnswer(UUID(int=1))):
        assert grade_question(question, nothing, language="en") is Verdict.WRONG


answers = st.one_of(
    st.text(max_size=25),
    st.lists(
        st.sampled_from(["exit", "ticket", "the", "wait", "40", "forty", "%", "naïve", "two", "hundred"]), max_size=4
    ).map(" ".join),
)


@settings(max_examples=120, deadline=None)
@given(answers, answers, st.sampled_from(["en", ""]))
def test_case_accents_and_spaces_never_matter(accepted: str, given_text: str, language: str) -> None:
    if not accepted.strip():
        accepted = "exit ticket"
    accepted = " ".join("".join(c for c in accepted if unicodedata.category(c)[0] != "C").split()) or "x"
    expected = verdict(accepted, given_text, language=language)
    for variant in (
        f"  {given_text}\t",
        given_text.replace(" ", "  \n"),
        unicodedata.normalize("NFD", given_text),
        unicodedata.normalize("NFC", given_text),
        "".join(c.upper() if c.isascii() else c for c in given_text),
        "".join(c + "\u0301" if c.isascii() and c.isalpha() else c for c in given_text),
    ):
        if variant.strip():
            assert verdict(accepted, variant, language=language) is expected, variant


@settings(max_examples=100, deadline=None)
@given(st.text("abcd", max_size=8), st.text("abcd", max_size=8), st.text("abcd", max_size=8))
def test_slips_are_counted_alike_from_both_sides(one: str, other: str, third: str) -> None:
    distance = typing_distance(one, other)
    assert distance == typing_distance(other, one)
    assert (distance == 0) == (one == other)
    assert abs(len(one) - len(other)) <= distance <= max(len(one), len(other))
    assert typing_distance(one + third, other + third) <= distance


@pytest.mark.parametrize(
    ("one", "other", "slips"), [("wait", "wiat", 1), ("wait", "wat", 1), ("wait", "waiit", 1), ("ca", "abc", 3)]
)
def test_what_one_slip_is(one: str, other: str, slips: int) -> None:
    assert typing_distance(one, other) == slips


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("nineteen ninety eight", ["19", "98"]),
        ("three, two, one", ["3", "2", "1"]),
        ("two hundred and fifty studies", ["250", "studies"]),
        ("five thousand three hundred and one", ["5301"]),
        ("one million", ["1000000"]),
        ("five and six or two hundred and", ["5", "and", "6", "or", "200", "and"]),
        ("-", []),
        ("wait -", ["wait"]),
        ("salt and pepper", ["salt", "and", "pepper"]),
        ("a hundred people", ["a", "100", "people"]),
        ("hundreds of hundred", ["hundreds", "of", "hundred"]),
        ("twenty zero", ["20", "0"]),
        ("5-10 minutes", ["5", "10", "minutes"]),
        ("COVID19 is -3", ["covid19", "is", "-3"]),
        ("50% of £5", ["50", "percent", "of", "pounds", "5"]),
        ("1.234.567,5 or 1,234.5", ["1234567.5", "or", "1234.5"]),
        ("it's the students' 1st", ["its", "the", "students", "1", "st"]),
    ],
)
def test_numbers_are_read_as_people_mean_them(text: str, read: list[str]) -> None:
    assert read_numbers(split_words(text, ENGLISH), ENGLISH) == read


def test_words() -> None:
    assert folded(" Ångström\u00a0ﬁt ½ ٣ ") == "angstrom fit 1⁄2 3"
    assert terms("The exit ticket: a short question", ENGLISH) == ["exit", "ticket", "short", "question"]
    assert [
        stem(word, ENGLISH) for word in ("strategies", "classes", "class", "scoring", "score", "asked", "bus", "its")
    ] == [
        "strategy",
        "class",
        "class",
        "scor",
        "scor",
        "ask",
        "bus",
        "its",
    ]
    assert as_number("12a") is None
    assert words_of("en-GB") is ENGLISH
    assert words_of("de") is NO_LANGUAGE

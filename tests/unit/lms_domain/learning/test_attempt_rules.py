"""Attempts: counted, timed and scored by the server, each exactly once."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from lms_domain.errors import Conflict, InvalidInput, NotFound
from lms_domain.learning.attempt import (
    GRACE,
    AttemptState,
    QuizAttempt,
    begin_attempt,
    best_score,
    may_see_answers,
    quiz_standing,
)
from lms_domain.learning.grading import Answer, OptionAnswer, TextAnswer, Verdict
from lms_domain.learning.quiz import QuizState, Review
from lms_domain.learning.submission import Standing
from tests.unit.lms_domain.learning.quiz_samples import ADMIN, NOW, PERSON, a_quiz, a_short_answer, an_mcq, begun

MCQ, TYPED, OPEN_ENDED = an_mcq(1), a_short_answer(2, "wait time"), a_short_answer(3)
QUIZ = a_quiz(MCQ, TYPED)
TIMED = replace(QUIZ, time_limit_seconds=60)
RIGHT: dict[UUID, Answer] = {MCQ.id: OptionAnswer(UUID(int=10)), TYPED.id: TextAnswer("Wait time")}
HALF: dict[UUID, Answer] = {MCQ.id: OptionAnswer(UUID(int=10))}


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def handed_in(answers: dict[UUID, Answer], *earlier: QuizAttempt) -> QuizAttempt:
    attempt = begun(QUIZ, *earlier)
    attempt.submit(QUIZ, answers, now=later(5))
    return attempt


@pytest.mark.parametrize(("answers", "score", "passed"), [(RIGHT, 100.0, True), (HALF, 50.0, False), ({}, 0.0, False)])
def test_what_rules_can_grade_is_graded_at_once(answers: dict[UUID, Answer], score: float, passed: bool) -> None:
    attempt = handed_in(answers)
    assert (attempt.state, attempt.score, attempt.passed) == (AttemptState.GRADED, score, passed)
    assert (attempt.submitted_at, attempt.graded_at, attempt.draft) == (later(5), later(5), {})
    assert set(attempt.marks) == {MCQ.id, TYPED.id}


@pytest.mark.parametrize(
    ("points", "right", "score", "passed"),
    [((1, 1, 1), 2, 66.6, False), ((2, 1, 1), 1, 50.0, False), ((7, 3), 1, 70.0, True), ((699, 301), 1, 69.9, False)],
)
def test_points_weigh_and_scores_are_rounded_down(
    points: tuple[int, ...], right: int, score: float, passed: bool
) -> None:
    # 699 points do not exist: as many questions of 100 and one of 99 stand for them.
    blocks = [[100] * (value // 100) + ([value % 100] if value % 100 else []) for value in points]
    questions, answers = [], {}
    for place, block in enumerate(blocks):
        for value in block:
            question = an_mcq(len(questions) + 1, points=value)
            questions.append(question)
            if place < right:
                answers[question.id] = OptionAnswer(question.correct_option.id)
    quiz = a_quiz(*questions)
    attempt = begun(quiz)
    attempt.submit(quiz, answers, now=NOW)
    assert (attempt.score, attempt.passed) == (score, passed)


def test_who_may_begin() -> None:
    first = handed_in(HALF)
    second = handed_in({}, first)
    third = handed_in({}, first, second)
    assert [attempt.number for attempt in (first, second, third)] == [1, 2, 3]
    for quiz, earlier, code in [
        (replace(QUIZ, state=QuizState.DRAFT), [], "quiz_not_open"),
        (replace(QUIZ, state=QuizState.RETIRED), [], "quiz_not_open"),
        (QUIZ, [first, begun(QUIZ, first)], "attempt_open"),
        (QUIZ, [handed_in(RIGHT)], "already_passed"),
        (QUIZ, [first, second, third], "no_attempts_left"),
    ]:
        with pytest.raises(Conflict) as refused:
            begin_attempt(quiz, earlier, attempt_id=UUID(int=1), user_id=PERSON, seed=1, now=NOW)
        assert refused.value.code == code


def test_the_best_attempt_counts_and_answers_are_shown_when_nothing_more_can_be_done() -> None:
    failed, worse, passed = handed_in(HALF), handed_in({}), handed_in(RIGHT)
    assert best_score([failed, worse]) == 50.0
    assert best_score([begun(QUIZ)]) is None
    assert quiz_standing([]) is quiz_standing([begun(QUIZ)]) is Standing.PENDING
    assert quiz_standing([failed, begun(QUIZ)]) is Standing.FAILED
    assert quiz_standing([failed, passed, worse]) is Standing.PASSED
    assert [may_see_answers(QUIZ, attempts) for attempts in ([], [failed], [failed, worse, begun(QUIZ)])] == [False] * 3
    assert may_see_answers(QUIZ, [passed])
    assert may_see_answers(QUIZ, [failed, worse, failed])


def test_options_are_shuffled_by_attempt_and_then_stay() -> None:
    assert QUIZ.shuffle_options
    seen = set()
    for seed in range(30):
        attempt = begun(QUIZ, seed=seed)
        served = attempt.served_options(QUIZ, MCQ)
        assert served == attempt.served_options(QUIZ, MCQ)
        assert set(served) == set(MCQ.options)
        assert [attempt.option_at(QUIZ, MCQ.id, place).option_id for place in range(3)] == [
            option.id for option in served
        ]
        seen.add(served)
    assert len(seen) == 6
    assert begun(QUIZ).served_options(replace(QUIZ, shuffle_options=False), MCQ) == MCQ.options
    for question_id, place in [(MCQ.id, 3), (MCQ.id, -1), (TYPED.id, 0), (UUID(int=99), 0)]:
        with pytest.raises(InvalidInput):
            begun(QUIZ).option_at(QUIZ, question_id, place)


@pytest.mark.parametrize(
    "answers",
    [
        {UUID(int=99): TextAnswer("x")},
        {MCQ.id: OptionAnswer(UUID(int=99))},
        {MCQ.id: TextAnswer("exit ticket")},
        {TYPED.id: OptionAnswer(UUID(int=10))},
        {TYPED.id: TextAnswer("x" * 2001)},
        {TYPED.id: TextAnswer("\x00")},
    ],
)
def test_answers_that_fit_no_question_are_refused_and_leave_the_attempt_open(answers: dict[UUID, Answer]) -> None:
    attempt = begun(QUIZ)
    for action in (attempt.submit, attempt.save_draft):
        with pytest.raises(InvalidInput) as refused:
            action(QUIZ, answers, now=NOW)
        assert refused.value.errors[0].field == f"answers.{next(iter(answers))}"
    assert (attempt.state, attempt.draft, attempt.answers) == (AttemptState.OPEN, {}, {})


def test_when_the_time_is_over_what_was_kept_until_then_counts() -> None:
    in_time, too_late = later(60) + GRACE, later(61) + GRACE
    attempt = begun(TIMED)
    assert attempt.expires_at == later(60)
    attempt.save_draft(TIMED, HALF, now=later(50))
    assert not attempt.close_if_over(TIMED, now=in_time)
    with pytest.raises(Conflict) as refused:
        attempt.save_draft(TIMED, RIGHT, now=too_late)
    assert refused.value.code == "time_over"
    attempt.submit(TIMED, RIGHT, now=too_late)
    assert (attempt.score, attempt.answers, attempt.submitted_at) == (50.0, HALF, later(60))

    on_the_way = begun(TIMED)
    on_the_way.submit(TIMED, RIGHT, now=in_time)
    assert on_the_way.passed

    left_alone = begun(TIMED)
    assert left_alone.close_if_over(TIMED, now=too_late)
    assert not left_alone.close_if_over(TIMED, now=too_late)
    assert left_alone.score == 0.0
    assert not begun(QUIZ).close_if_over(QUIZ, now=later(10**6))


def test_what_only_a_person_can_read_waits_for_one() -> None:
    quiz = a_quiz(MCQ, OPEN_ENDED)
    attempt = begun(quiz)
    with pytest.raises(Conflict):
        attempt.decide(quiz, OPEN_ENDED.id, is_right=True, by=ADMIN, now=NOW)
    attempt.submit(quiz, HALF | {OPEN_ENDED.id: TextAnswer("Because …")}, now=NOW)
    assert (attempt.state, attempt.score, quiz_standing([attempt])) == (
        AttemptState.SUBMITTED,
        None,
        Standing.SUBMITTED,
    )
    with pytest.raises(NotFound):
        attempt.decide(quiz, UUID(int=99), is_right=True, by=ADMIN, now=NOW)
    attempt.decide(quiz, OPEN_ENDED.id, is_right=True, by=ADMIN, now=later(9))
    assert (attempt.score, attempt.passed, attempt.graded_at) == (100.0, True, later(9))
    assert attempt.marks[OPEN_ENDED.id].decided_by == ADMIN
    unanswered = begun(quiz)
    unanswered.submit(quiz, HALF | {OPEN_ENDED.id: TextAnswer(" \n")}, now=NOW)
    assert (unanswered.score, unanswered.marks[OPEN_ENDED.id].verdict) == (50.0, Verdict.WRONG)


def test_grading_again_takes_nothing_from_anybody_and_keeps_what_people_decided() -> None:
    attempt = handed_in({MCQ.id: OptionAnswer(UUID(int=11)), TYPED.id: TextAnswer("thinking time")})
    attempt.decide(QUIZ, MCQ.id, is_right=True, by=ADMIN, now=NOW)
    assert attempt.score == 50.0
    wider = QUIZ.with_question(a_short_answer(2, "wait time", "thinking time"), now=NOW)
    attempt.regrade(wider, now=later(9))
    assert (attempt.score, attempt.passed) == (100.0, True)
    attempt.regrade(QUIZ, now=later(10))
    assert (attempt.score, attempt.passed) == (100.0, True)
    withdrawn = QUIZ.with_question(TYPED.reviewed(Review.REJECTED), now=NOW)
    other = handed_in(HALF)
    other.regrade(withdrawn, now=later(9))
    assert (other.score, set(other.marks)) == (100.0, {MCQ.id})
    untouched = begun(QUIZ)
    untouched.regrade(QUIZ, now=NOW)
    assert untouched.state is AttemptState.OPEN


def test_a_question_that_is_withdrawn_meanwhile_counts_for_nobody() -> None:
    attempt = begun(QUIZ)
    withdrawn = QUIZ.with_question(MCQ.reviewed(Review.REJECTED), now=NOW)
    attempt.submit(withdrawn, RIGHT, now=NOW)
    assert (attempt.score, set(attempt.answers)) == (100.0, {TYPED.id})
    emptied = begun(QUIZ)
    emptied.submit(QUIZ.with_questions((), now=NOW), RIGHT, now=NOW)
    assert emptied.passed


def test_a_question_that_comes_meanwhile_is_not_asked() -> None:
    attempt = begun(QUIZ)
    longer = QUIZ.with_question(an_mcq(9), now=NOW)
    attempt.submit(longer, RIGHT, now=NOW)
    assert attempt.score == 100.0


class AttemptMachine(RuleBasedStateMachine):
    """Whatever a person, two tabs and an impatient network do: an attempt is scored once, by the answers of then."""

    @initialize(is_timed=st.booleans())
    def begin(self, is_timed: bool) -> None:
        self.quiz = TIMED if is_timed else QUIZ
        self.clock = 0.0
        self.attempts = [begun(self.quiz)]
        self.scored: dict[int, tuple[float | None, datetime | None, dict[UUID, Answer]]] = {}

    @property
    def current(self) -> QuizAttempt:
        return self.attempts[-1]

    @rule(seconds=st.sampled_from([0.5, 5, 40, 75]))
    def wait(self, seconds: float) -> None:
        self.clock += seconds

    @rule(answers=st.sampled_from([RIGHT, HALF, {}]))
    def keep(self, answers: dict[UUID, Answer]) -> None:
        was_open, was_over = self.current.state is AttemptState.OPEN, self.current.is_over(later(self.clock))
        try:
            self.current.save_draft(self.quiz, answers, now=later(self.clock))
        except Conflict:
            assert was_over or not was_open
        else:
            assert was_open
            assert self.current.draft == answers

    @rule(answers=st.sampled_from([RIGHT, HALF, {}]))
    def hand_in(self, answers: dict[UUID, Answer]) -> None:
        before = replace(self.current)
        was_over = self.current.is_over(later(self.clock))
        try:
            self.current.submit(self.quiz, answers, now=later(self.clock))
        except Conflict:
            assert before.state is not AttemptState.OPEN
        else:
            assert before.state is AttemptState.OPEN
            assert self.current.answers == (before.draft if was_over else answers)

    @rule()
    def close(self) -> None:
        self.current.close_if_over(self.quiz, now=later(self.clock))

    @rule()
    def again(self) -> None:
        try:
            self.attempts.append(begun(self.quiz, *self.attempts, now=later(self.clock)))
        except Conflict:
            is_spent = len(self.attempts) == self.quiz.attempts_allowed
            assert is_spent or self.current.passed or self.current.state is AttemptState.OPEN

    @invariant()
    def scored_once(self) -> None:
        for attempt in getattr(self, "attempts", ()):
            now = (attempt.score, attempt.submitted_at, dict(attempt.answers))
            if attempt.state is not AttemptState.OPEN:
                assert self.scored.setdefault(attempt.number, now) == now
            else:
                assert now == (None, None, {})

    @invariant()
    def within_the_rules(self) -> None:
        attempts = getattr(self, "attempts", [])
        assert [attempt.number for attempt in attempts] == list(range(1, len(attempts) + 1))
        assert len(attempts) <= QUIZ.attempts_allowed
        assert sum(attempt.state is AttemptState.OPEN for attempt in attempts) <= 1
        assert not any(attempt.passed for attempt in attempts[:-1])


TestAttemptMachine = AttemptMachine.TestCase
TestAttemptMachine.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)

"""The fake keeps the promises of the generators."""

import pytest

from adapters.memory.quiz_generator import MemoryQuizGenerator
from lms_app.ports.quiz_generator import QuizGeneratorError
from tests.contracts.quiz_generator import SCRIPTED, QuizGeneratorContract, request_for, sentence_cues


class TestMemoryQuizGenerator(QuizGeneratorContract):
    @pytest.fixture
    def generator(self) -> MemoryQuizGenerator:
        return MemoryQuizGenerator()


async def test_it_remembers_and_fails_when_told() -> None:
    generator = MemoryQuizGenerator()
    request = request_for(sentence_cues(SCRIPTED))
    generator.fails_with = QuizGeneratorError("generator_failed", "It makes no sense.")
    with pytest.raises(QuizGeneratorError):
        await generator.generate(request)
    assert generator.asked == [request]

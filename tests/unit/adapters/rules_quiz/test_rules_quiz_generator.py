"""The contract over the rules."""

import pytest

from adapters.rules_quiz.generator import RulesQuizGenerator
from tests.contracts.quiz_generator import QuizGeneratorContract


class TestRulesQuizGenerator(QuizGeneratorContract):
    @pytest.fixture
    def generator(self) -> RulesQuizGenerator:
        return RulesQuizGenerator()

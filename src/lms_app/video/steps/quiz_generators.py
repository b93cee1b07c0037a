"""Who writes the questions of a school's videos."""

from lms_app.ports.quiz_generator import QuizGenerator
from lms_domain.schools.tenant import Tenant


class QuizGenerators:
    """The rules of this installation for everybody, and before them a model for schools that agreed to it.

    ``remote`` None: the operator has set none. Captions leave the installation only where the operator, the school's
    plan and the school itself want it.
    """

    def __init__(self, rules: QuizGenerator, remote: QuizGenerator | None = None) -> None:
        self._rules = rules
        self._remote = remote

    def for_school(self, school: Tenant) -> tuple[QuizGenerator, ...]:
        """Whom to ask for ``school``, in this order; the later ones where the earlier ones give too little."""
        if self._remote is None or not school.generates_quizzes_remotely():
            return (self._rules,)
        return (self._remote, self._rules)

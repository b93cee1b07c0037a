"""The measure itself."""

import pytest

from tests.integration.adapters.faster_whisper.words import normalised


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("In nineteen ninety eight, Paul", "in 1998 paul"),
        ("the nineteen seventies that", "the 1970s that"),
        ("more than two hundred and fifty studies", "more than 250 studies"),
        ("the last five minutes of", "the last 5 minutes of"),
        ("thirty responses in ten seconds", "30 responses in 10 seconds"),
        ("less than one second", "less than 1 second"),
        ("twenty-one and two", "21 and 2"),
        ("don't; it's", "dont its"),
        ("one", "1"),
        ("", ""),
    ],
)
def test_numbers_agree(spoken: str, written: str) -> None:
    assert normalised(spoken) == written
    assert normalised(written) == written

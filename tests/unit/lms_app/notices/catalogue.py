"""The words that people are told, as tests walk over them."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from pkgutil import iter_modules

from lms_app.notices import words as catalogue
from lms_app.notices.words.language import InEach


def subjects() -> Iterator[tuple[str, InEach[object]]]:
    """Whatever the catalogue has, by its name."""
    for module in iter_modules(catalogue.__path__):
        found = vars(import_module(f"{catalogue.__name__}.{module.name}"))
        yield from ((f"{module.name}.{name}", each) for name, each in found.items() if isinstance(each, InEach))


SUBJECTS = dict(subjects())


def sentences(words: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text with its key, whatever it stands in."""
    if isinstance(words, str):
        yield key, words
    elif isinstance(words, tuple):
        for number, each in enumerate(words):
            yield from sentences(each, f"{key}[{number}]")
    else:
        assert is_dataclass(words), key
        for field in fields(words):
            yield from sentences(getattr(words, field.name), f"{key}.{field.name}")

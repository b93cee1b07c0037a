"""What can be read on a printed certificate."""

import io
import unicodedata
from dataclasses import replace

import pypdfium2  # type: ignore[import-untyped]  # comes without types
import pytest
from PIL import Image

from adapters.fpdf2.certificate_printer import Fpdf2CertificatePrinter
from lms_app.ports.certificates import CertificatePaper

PAPER = CertificatePaper(
    school="Hill School",
    title="Certificate of completion",
    person="Lea Learner",
    course="Feedback that helps",
    sentences=("This is to certify that", "has completed the course"),
    facts=("Completed on 22/11/2026", "Code: 0123-4567-89ab-cdef-0123-4567"),
    address="https://hill.lms.example/certificates/0123456789abcdef01234567",
    logo=None,
    color="#1d4ed8",
)


async def read(paper: CertificatePaper) -> str:
    document = pypdfium2.PdfDocument(await Fpdf2CertificatePrinter().print(paper))
    (page,) = document
    return unicodedata.normalize("NFC", page.get_textpage().get_text_bounded())


async def test_everything_stands_on_one_page() -> None:
    text = await read(PAPER)
    wanted = (PAPER.school, PAPER.title, PAPER.person, PAPER.course, *PAPER.sentences, *PAPER.facts, PAPER.address)
    assert [line for line in wanted if line not in text] == []


@pytest.mark.parametrize("name", ["Анна Петрова", "王小明", "김민수", "José Ñandú", "አበበ"])
async def test_names_of_every_script(name: str) -> None:
    assert name in await read(replace(PAPER, person=name, course=f"Course of {name}"))


async def test_the_longest_names_still_fit() -> None:
    text = await read(replace(PAPER, person="Maximiliana " * 20, course="Word " * 40, school="School " * 28))
    assert PAPER.facts[-1] in text
    assert PAPER.address in text
    assert text.count("Maximiliana") == 20


async def test_a_logo_is_shown_and_a_broken_one_left_out() -> None:
    picture = io.BytesIO()
    Image.new("RGBA", (300, 100), (29, 78, 216, 128)).save(picture, "PNG")
    printer = Fpdf2CertificatePrinter()
    assert b"/Subtype /Image" in await printer.print(replace(PAPER, logo=picture.getvalue(), color="#ffffff"))
    assert b"/Subtype /Image" not in await printer.print(replace(PAPER, logo=b"no picture"))

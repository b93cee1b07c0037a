"""What can be read on the pages of a printed report."""

import io
import unicodedata

import pypdfium2  # type: ignore[import-untyped]  # comes without types
from PIL import Image

from adapters.fpdf2.report_printer import Fpdf2ReportPrinter
from lms_app.ports.report_printer import ReportColumn, ReportPaper

NAMES = ("Anna Smith", "Анна Петрова", "王小明", "김민수", "Ελένη", "José Ñandú", "ქეთევან", "አበበ")
COLUMNS = [ReportColumn("Name", 2), ReportColumn("Course", 3), ReportColumn("%", 1)]


def a_paper(rows: list[list[str]], *, logo: bytes | None = None, school: str = "Школа 5") -> ReportPaper:
    return ReportPaper(school, "Course completion", ["Status: OVERDUE"], logo, "#1d4ed8", COLUMNS, rows)


async def pages(paper: ReportPaper) -> list[str]:
    document = pypdfium2.PdfDocument(await Fpdf2ReportPrinter().print(paper))
    return [unicodedata.normalize("NFC", page.get_textpage().get_text_bounded()) for page in document]


async def test_every_page_can_be_read_whatever_its_first_name_is() -> None:
    rows = [[NAMES[number % len(NAMES)], f"Course {number}", "66.6"] for number in range(150)]
    found = await pages(a_paper(rows))
    assert len(found) > 3
    for number, page in enumerate(found, start=1):
        assert "Name" in page, "the header is repeated"
        assert f"{number} / {len(found)}" in page
        assert "Школа 5 · Course completion" in page
    whole = "\n".join(found)
    assert all(name in whole for name in NAMES)
    assert [f"Course {number}" for number in range(150) if f"Course {number}" not in whole] == []


async def test_long_cells_are_cut_and_never_run_into_their_neighbours() -> None:
    (page,) = await pages(a_paper([["word " * 100, "x" * 500, "100"]]))
    assert page.count("…") == 2
    assert "100" in page


async def test_a_logo_is_shown_and_a_broken_one_left_out() -> None:
    picture = io.BytesIO()
    Image.new("RGBA", (300, 100), (29, 78, 216, 128)).save(picture, "PNG")
    printer = Fpdf2ReportPrinter()
    rows = [["Anna Smith", "Course", "1"]]
    shown = await printer.print(a_paper(rows, logo=picture.getvalue()))
    assert b"/Subtype /Image" in shown
    assert b"/Subtype /Image" not in await printer.print(a_paper(rows, logo=b"no picture"))
    assert len(await pages(a_paper([], school="مدرسة النور"))) == 1

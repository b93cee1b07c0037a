"""Certificates as PDF, made by fpdf2: one page in the school's colour, every script, every line as large as fits."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from fpdf import FPDF
from fpdf.enums import Align

from adapters.fpdf2.branding import logo_of, readable_on_white, rgb
from adapters.fpdf2.scripts import BOLD, REGULAR, fonts_for
from lms_app.ports.certificates import CertificatePaper, CertificatePrinter

_MARGIN_MM = 25.0
_FRAME_MM, _FRAME_WIDTH_MM = 10.0, 1.2
_LOGO_HEIGHT_MM, _LOGO_WIDTH_MM = 20.0, 90.0
_GREY, _BLACK = (71, 85, 105), (15, 23, 42)
_SMALLEST_PT = 9.0
_PT_TO_MM = 0.3528


class Fpdf2CertificatePrinter(CertificatePrinter):
    """One certificate at a time, in a thread of its own."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="certificate-printer")

    async def print(self, paper: CertificatePaper) -> bytes:
        return await asyncio.get_running_loop().run_in_executor(self._thread, _printed, paper)


class _Page(FPDF):
    """A4 across, written line by line from the top."""

    def __init__(self, paper: CertificatePaper) -> None:
        super().__init__(orientation="landscape", unit="mm", format="A4")
        self.set_margins(_MARGIN_MM, _MARGIN_MM)
        self.set_auto_page_break(auto=False)
        self.set_title(f"{paper.title} · {paper.course}")
        self.set_creator("Brain LMS")
        self.add_font("sans", fname=REGULAR)
        self.add_font("sans", style="B", fname=BOLD)
        others = fonts_for((paper.school, paper.title, paper.person, paper.course, *paper.sentences, *paper.facts))
        for font in others:
            self.add_font(font.stem, fname=font)
        self.set_fallback_fonts([font.stem for font in others], exact_match=False)
        self.set_text_shaping(use_shaping_engine=bool(others))

    def line_of(self, text: str, size: float, color: tuple[int, int, int], *, is_bold: bool = False) -> None:
        """One centred line; smaller where it would be wider than the page, and in several lines as the last resort."""
        style = "B" if is_bold else ""
        text = " ".join(text.split())
        self._use(size, style)
        while size > _SMALLEST_PT and self.get_string_width(text) > self.epw:
            size -= 1
            self._use(size, style)
        self.set_text_color(*color)
        self.multi_cell(self.epw, size * _PT_TO_MM * 1.5, text, align=Align.C, new_x="LMARGIN", new_y="NEXT")

    def _use(self, size: float, style: str) -> None:
        self.set_font("sans", style=style, size=size)
        # As in reports: the first text of a font must be one of its own letters.
        self.text(self.l_margin, self.t_margin, " ")


def _printed(paper: CertificatePaper) -> bytes:
    page = _Page(paper)
    page.add_page()
    color = rgb(paper.color)
    page.set_draw_color(*color)
    page.set_line_width(_FRAME_WIDTH_MM)
    page.rect(_FRAME_MM, _FRAME_MM, page.w - 2 * _FRAME_MM, page.h - 2 * _FRAME_MM)
    logo = logo_of(paper.logo)
    if logo is not None:
        scale = min(_LOGO_WIDTH_MM / logo.width, _LOGO_HEIGHT_MM / logo.height)
        width, height = logo.width * scale, logo.height * scale
        page.image(logo, x=(page.w - width) / 2, y=_MARGIN_MM, w=width, h=height)
    page.set_y(_MARGIN_MM + _LOGO_HEIGHT_MM + 4)
    page.line_of(paper.school, 14, _GREY)
    page.ln(4)
    page.line_of(paper.title, 30, readable_on_white(color), is_bold=True)
    page.ln(6)
    page.line_of(paper.sentences[0], 12, _GREY)
    page.line_of(paper.person, 26, _BLACK, is_bold=True)
    page.line_of(paper.sentences[1], 12, _GREY)
    page.line_of(paper.course, 20, _BLACK, is_bold=True)
    page.ln(4)
    for fact in paper.facts:
        page.line_of(fact, 11, _GREY)
    page.set_y(page.h - _MARGIN_MM - 4)
    page.set_font("sans", size=9)
    page.set_text_color(*_GREY)
    page.cell(page.epw, 5, paper.address, align=Align.C, link=paper.address)
    return bytes(page.output())

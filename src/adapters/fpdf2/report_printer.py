"""Reports as PDF, made by fpdf2; text is shaped by HarfBuzz, so that Arabic joins and Hebrew runs the right way."""

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

from fpdf import FPDF
from fpdf.enums import Align, TableBordersLayout, VAlign
from fpdf.fonts import FontFace
from PIL import Image, UnidentifiedImageError

from adapters.fpdf2.scripts import BOLD, REGULAR, fonts_for
from lms_app.ports.report_printer import ReportPaper, ReportPrinter

_MARGIN_MM = 12.0
_LOGO_HEIGHT_MM = 14.0
_LOGO_WIDTH_MM = 50.0
_TEXT_PT, _HEADER_PT, _TITLE_PT = 8.0, 8.0, 16.0
_LINE_MM = 5.0
_GREY = (100, 116, 139)
_STRIPE = (246, 248, 250)
_WHITE = (255, 255, 255)


class Fpdf2ReportPrinter(ReportPrinter):
    """One report at a time, in a thread of its own: to lay out a thousand rows keeps a processor busy for seconds."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="report-printer")

    async def print(self, paper: ReportPaper) -> bytes:
        return await asyncio.get_running_loop().run_in_executor(self._thread, _printed, paper)


class _Document(FPDF):
    """A4 across with a footer."""

    def __init__(self, paper: ReportPaper) -> None:
        super().__init__(orientation="landscape", unit="mm", format="A4")
        self._paper = paper
        self.set_margins(_MARGIN_MM, _MARGIN_MM)
        self.set_auto_page_break(auto=True, margin=_MARGIN_MM + 6)
        self.set_title(f"{paper.title} · {paper.school}")
        self.set_creator("Brain LMS")
        self.add_font("sans", fname=REGULAR)
        self.add_font("sans", style="B", fname=BOLD)
        texts = chain((paper.school, paper.title, *paper.facts), chain.from_iterable(paper.rows))
        others = fonts_for(texts)
        for font in others:
            self.add_font(font.stem, fname=font)
        # A script has one weight: what is bold elsewhere is regular there.
        self.set_fallback_fonts([font.stem for font in others], exact_match=False)
        if others:
            self.set_text_shaping(use_shaping_engine=True)

    def footer(self) -> None:
        """The school, and which page of how many."""
        self.set_y(-(_MARGIN_MM + 2))
        self.set_font("sans", size=_HEADER_PT)
        self.set_text_color(*_GREY)
        width = self.epw / 2
        self.cell(width, _LINE_MM, f"{self._paper.school} · {self._paper.title}", align=Align.L)
        self.cell(width, _LINE_MM, f"{self.page_no()} / {{nb}}", align=Align.R)


def _printed(paper: ReportPaper) -> bytes:
    document = _Document(paper)
    document.add_page()
    _heading(document, paper)
    _table(document, paper)
    return bytes(document.output())


def _heading(document: FPDF, paper: ReportPaper) -> None:
    top = document.get_y()
    logo = _logo(paper.logo)
    if logo is not None:
        # Where it fits, without changing its shape.
        scale = min(_LOGO_WIDTH_MM / logo.width, _LOGO_HEIGHT_MM / logo.height)
        width, height = logo.width * scale, logo.height * scale
        document.image(logo, x=document.w - _MARGIN_MM - width, y=top, w=width, h=height)
    document.set_text_color(*_rgb(paper.color))
    document.set_font("sans", style="B", size=_TITLE_PT)
    width = document.epw - _LOGO_WIDTH_MM
    document.multi_cell(width, 8, paper.title, align=Align.L, new_x="LMARGIN", new_y="NEXT")
    document.set_text_color(0, 0, 0)
    document.set_font("sans", size=11)
    document.multi_cell(width, 6, paper.school, align=Align.L, new_x="LMARGIN", new_y="NEXT")
    document.set_text_color(*_GREY)
    document.set_font("sans", size=_HEADER_PT)
    for fact in paper.facts:
        document.multi_cell(width, _LINE_MM, fact, align=Align.L, new_x="LMARGIN", new_y="NEXT")
    document.set_y(max(document.get_y(), top + _LOGO_HEIGHT_MM) + 3)
    document.set_text_color(0, 0, 0)


def _table(document: FPDF, paper: ReportPaper) -> None:
    document.set_font("sans", size=_TEXT_PT)
    document.set_draw_color(226, 232, 240)
    background = _rgb(paper.color)
    heading = FontFace(emphasis="BOLD", color=_readable_on(background), fill_color=background)
    with document.table(
        col_widths=[column.weight for column in paper.columns],
        headings_style=heading,
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        cell_fill_color=_STRIPE,
        cell_fill_mode="ROWS",
        line_height=_LINE_MM,
        padding=(0.6, 1.2),
        text_align=Align.L,
        v_align=VAlign.T,
        repeat_headings=1,
    ) as table:
        header = table.row()
        for column in paper.columns:
            header.cell(column.title)
        for cells in paper.rows:
            row = table.row()
            for cell in cells:
                row.cell(cell)


def _logo(data: bytes | None) -> Image.Image | None:
    if data is None:
        return None
    try:
        picture = Image.open(io.BytesIO(data))
        picture.load()
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return None
    return picture


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _readable_on(background: tuple[int, int, int]) -> tuple[int, int, int]:
    red, green, blue = background
    return (0, 0, 0) if red * 0.299 + green * 0.587 + blue * 0.114 > 150 else _WHITE

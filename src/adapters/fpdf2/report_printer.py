"""Reports as PDF, made by fpdf2; text is shaped by HarfBuzz, so that Arabic joins and Hebrew runs the right way."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain

from fpdf import FPDF
from fpdf.enums import Align

from adapters.fpdf2.branding import logo_of, readable_on, rgb
from adapters.fpdf2.scripts import BOLD, REGULAR, fonts_for, is_plain
from lms_app.ports.report_printer import ReportPaper, ReportPrinter

_MARGIN_MM = 12.0
_LOGO_HEIGHT_MM = 14.0
_LOGO_WIDTH_MM = 50.0
_TEXT_PT, _HEADER_PT, _TITLE_PT = 8.0, 8.0, 16.0
_LINE_MM = 4.6
_PADDING_MM, _GAP_MM = 1.0, 0.7
_MAX_LINES = 3
"""Of a cell."""
_GREY = (100, 116, 139)
_STRIPE = (246, 248, 250)
_RULE = (226, 232, 240)


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
        self._needs_shaping = bool(others)
        self.set_text_shaping(use_shaping_engine=self._needs_shaping)
        self._lines: dict[tuple[str, float], tuple[str, ...]] = {}

    def use_font(self, size: float, *, is_bold: bool = False) -> None:
        """The font of what follows."""
        self.set_font("sans", style="B" if is_bold else "", size=size)
        # fpdf2 writes the choice down with the first text; where that is of another script, in a place where it is
        # forgotten afterwards (2.8.9). So the first text is a space.
        self.text(self.l_margin, self.t_margin, " ")

    def write_line(self, x: float, y: float, width: float, text: str) -> None:
        """One line of a cell."""
        self.set_xy(x, y)
        with self._shaping(text):
            self.cell(width, _LINE_MM, text)

    @contextmanager
    def _shaping(self, text: str) -> Iterator[None]:
        """Letters that need no shaping are taken as they are: that is most of a report, and takes no time."""
        is_needed = self._needs_shaping and not is_plain(text)
        if is_needed == self._needs_shaping:
            yield
            return
        self.set_text_shaping(use_shaping_engine=False)
        yield
        self.set_text_shaping(use_shaping_engine=True)

    def wrapped(self, text: str, width: float) -> tuple[str, ...]:
        """``text`` in lines of at most ``width`` millimetres; the end of a long one is left out, and said so."""
        known = self._lines.get((text, width))
        if known is None:
            known = self._lines[text, width] = self._wrap(" ".join(text.split()), width)
        return known

    def _wrap(self, text: str, width: float) -> tuple[str, ...]:
        if self._fits(text, width):
            return (text,)
        lines: list[str] = []
        rest = text
        while rest and len(lines) < _MAX_LINES:
            end = self._break(rest, width)
            lines.append(rest[:end].rstrip())
            rest = rest[end:].lstrip()
        if rest:
            last = lines[-1]
            while last and not self._fits(f"{last}…", width):
                last = last[:-1]
            lines[-1] = f"{last}…"
        return tuple(lines)

    def _break(self, text: str, width: float) -> int:
        """Where to begin a new line: after a word; within one that is longer than a line, or has no spaces."""
        low, high = 1, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._fits(text[:middle], width) else (low, middle - 1)
        if low == len(text) or text[low] == " ":
            return low
        space = text.rfind(" ", 0, low)
        return space if space > 0 else low

    def _fits(self, text: str, width: float) -> bool:
        with self._shaping(text):
            return self.get_string_width(text) <= width

    def footer(self) -> None:
        """The school, and which page of how many."""
        self.set_y(-(_MARGIN_MM + 2))
        self.use_font(_HEADER_PT)
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


def _heading(document: _Document, paper: ReportPaper) -> None:
    top = document.get_y()
    logo = logo_of(paper.logo)
    if logo is not None:
        # Where it fits, without changing its shape.
        scale = min(_LOGO_WIDTH_MM / logo.width, _LOGO_HEIGHT_MM / logo.height)
        width, height = logo.width * scale, logo.height * scale
        document.image(logo, x=document.w - _MARGIN_MM - width, y=top, w=width, h=height)
    document.set_text_color(*rgb(paper.color))
    document.use_font(_TITLE_PT, is_bold=True)
    width = document.epw - _LOGO_WIDTH_MM
    document.multi_cell(width, 8, paper.title, align=Align.L, new_x="LMARGIN", new_y="NEXT")
    document.set_text_color(0, 0, 0)
    document.use_font(11)
    document.multi_cell(width, 6, paper.school, align=Align.L, new_x="LMARGIN", new_y="NEXT")
    document.set_text_color(*_GREY)
    document.use_font(_HEADER_PT)
    for fact in paper.facts:
        document.multi_cell(width, _LINE_MM, fact, align=Align.L, new_x="LMARGIN", new_y="NEXT")
    document.set_y(max(document.get_y(), top + _LOGO_HEIGHT_MM) + 3)
    document.set_text_color(0, 0, 0)


def _table(document: _Document, paper: ReportPaper) -> None:
    """Rows with as many lines as their fullest cell has. fpdf2's own tables take thirty times as long: they shape every
    cell several times."""
    whole = sum(column.weight for column in paper.columns)
    widths = [document.epw * column.weight / whole for column in paper.columns]
    titles = [column.title for column in paper.columns]
    _header(document, titles, widths, paper.color)
    for number, cells in enumerate(paper.rows):
        lines = [document.wrapped(text, width - 2 * _PADDING_MM) for text, width in zip(cells, widths, strict=True)]
        height = max(len(cell) for cell in lines) * _LINE_MM + 2 * _GAP_MM
        if document.get_y() + height > document.page_break_trigger:
            document.add_page()
            _header(document, titles, widths, paper.color)
        _row(document, lines, widths, height, is_striped=number % 2 == 0)


def _header(document: _Document, titles: list[str], widths: list[float], color: str) -> None:
    background = rgb(color)
    document.set_fill_color(*background)
    document.set_text_color(*readable_on(background))
    document.use_font(_HEADER_PT, is_bold=True)
    for title, width in zip(titles, widths, strict=True):
        document.cell(width, _LINE_MM + 2 * _GAP_MM, title, fill=True)
    document.ln()
    document.use_font(_TEXT_PT)
    document.set_text_color(0, 0, 0)


def _row(
    document: _Document, lines: list[tuple[str, ...]], widths: list[float], height: float, *, is_striped: bool
) -> None:
    x, y = document.l_margin, document.get_y()
    if is_striped:
        document.set_fill_color(*_STRIPE)
        document.rect(x, y, document.epw, height, style="F")
    for cell, width in zip(lines, widths, strict=True):
        for place, line in enumerate(cell):
            document.write_line(x, y + _GAP_MM + place * _LINE_MM, width, line)
        x += width
    document.set_draw_color(*_RULE)
    document.line(document.l_margin, y + height, x, y + height)
    document.set_y(y + height)

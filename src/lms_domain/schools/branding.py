"""How a school looks to its people."""

import re
from dataclasses import dataclass

from lms_domain.errors import InvalidInput

FONTS = ("Inter", "Source Sans 3", "Noto Sans", "Merriweather", "Atkinson Hyperlegible")
_COLOUR = re.compile(r"#[0-9a-f]{6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Branding:
    """Colours as ``#rrggbb`` in lower case, a font from our list, and the public URL of a logo."""

    primary_color: str = "#1d4ed8"
    secondary_color: str = "#0f766e"
    font_family: str = "Inter"
    logo_url: str | None = None

    def __post_init__(self) -> None:
        for field in ("primary_color", "secondary_color"):
            if not _COLOUR.fullmatch(getattr(self, field)):
                raise InvalidInput.for_field(field, "invalid", "A colour is written like #1d4ed8.")
        if self.font_family not in FONTS:
            raise InvalidInput.for_field("font_family", "invalid", f"Choose one of: {', '.join(FONTS)}.")

"""What people upload and write: pictures and HTML."""

from dishka import Provider, Scope, provide

from adapters.nh3.html_sanitizer import Nh3HtmlSanitizer
from lms_app.ports.html_sanitizer import HtmlSanitizer
from lms_app.ports.pictures import PictureEncoder


class FileProvider(Provider):
    """To make pictures or clean HTML by other means, change one line here."""

    scope = Scope.APP

    sanitizer = provide(Nh3HtmlSanitizer, provides=HtmlSanitizer)

    @provide
    def pictures(self) -> PictureEncoder:
        """Pillow."""
        # Processes that never see a picture do not load it.
        from adapters.pillow.picture_encoder import PillowPictureEncoder  # noqa: PLC0415

        return PillowPictureEncoder()

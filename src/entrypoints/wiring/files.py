"""What people upload and write, and what is printed for them: pictures, HTML, reports."""

from dishka import Provider, Scope, provide

from adapters.nh3.html_sanitizer import Nh3HtmlSanitizer
from lms_app.ports.certificates import CertificatePrinter
from lms_app.ports.html_sanitizer import HtmlSanitizer
from lms_app.ports.pictures import PictureEncoder
from lms_app.ports.report_printer import ReportPrinter


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

    @provide
    def report_printer(self) -> ReportPrinter:
        """fpdf2."""
        # The same.
        from adapters.fpdf2.report_printer import Fpdf2ReportPrinter  # noqa: PLC0415

        return Fpdf2ReportPrinter()

    @provide
    def certificate_printer(self) -> CertificatePrinter:
        """fpdf2."""
        # The same.
        from adapters.fpdf2.certificate_printer import Fpdf2CertificatePrinter  # noqa: PLC0415

        return Fpdf2CertificatePrinter()

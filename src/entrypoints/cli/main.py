"""The command line."""

import typer

from entrypoints.cli import check, demo, doctor, openapi, pipeline, processes, school, settings, storage, user

app = typer.Typer(
    name="lms",
    help="Brain LMS: run the platform, onboard schools, look after videos.\n\n"
    "Settings come from LMS_* environment variables; without any, everything runs embedded below ./.data.\n\n"
    "Exit codes: 0 done; 1 refused, or something is wrong, with the reason; 2 wrong usage or settings; 3 database, "
    "storage or queue does not answer.\n\n"
    "Examples: `lms serve`; `lms doctor`; `lms settings`; `lms school onboard --help`; `lms pipeline list --json`",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
processes.add_to(app)
demo.add_to(app)
doctor.add_to(app)
check.add_to(app)
settings.add_to(app)
openapi.add_to(app)
app.add_typer(school.app, name="school")
app.add_typer(user.app, name="user")
app.add_typer(pipeline.app, name="pipeline")
app.add_typer(storage.app, name="storage")


def main() -> None:
    """Entry point of ``lms``."""
    app()


if __name__ == "__main__":
    main()

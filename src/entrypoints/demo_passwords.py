"""The demo's accounts have no place on the internet."""

from entrypoints.settings import Settings
from lms_app.schools.find_demo_passwords import FindDemoPasswords
from lms_domain.errors import StartRefused


async def refuse_demo_passwords(find: FindDemoPasswords, settings: Settings) -> None:
    """Raises StartRefused when a platform that is not somebody's own machine has accounts that everybody knows."""
    if settings.is_local:
        return
    found = await find()
    if found:
        raise StartRefused(
            f"{' and '.join(found)} {'have' if len(found) > 1 else 'has'} the demo's password, which everybody knows, "
            f"and LMS_PLATFORM_DOMAIN is {settings.platform_domain}.",
            "Start once with LMS_PLATFORM_DOMAIN=localhost and change it, or begin with an empty LMS_DATA_DIR.",
        )

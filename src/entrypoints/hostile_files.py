"""The media tools of this machine against hostile files."""

from adapters.ffmpeg.attack_corpus import check_tools
from lms_domain.errors import StartRefused


async def refuse_unsafe_tools() -> None:
    """Try every hostile file on the tools that are going to read what people upload. Takes about a second.

    Raises:
        StartRefused: one got through; the text says what to do.
        ToolMissingError: there is no ffmpeg.
        OSError: the tools cannot be started, or there is no room for temporary files.
    """
    accepted = await check_tools()
    if accepted:
        raise StartRefused(
            f"The media tools of this machine accept hostile files ({', '.join(accepted)}), so no video is touched.",
            "Update ffmpeg, or remove it from PATH: then the one that came with Brain LMS is used.",
        )

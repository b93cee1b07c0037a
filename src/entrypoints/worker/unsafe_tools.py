"""Why a worker refuses to start."""


class UnsafeTools(Exception):
    """The media tools of this machine let hostile files through; the text says what to do."""

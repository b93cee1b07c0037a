"""Telling a recording from something else while its bytes arrive, so that people hear at once about a wrong file.

This reads no more than the outermost frame of a file. What is inside is for VALIDATE to judge.
"""

from lms_domain.errors import InvalidInput

_HEAD_BYTES = 392
"""Enough for every signature: two MPEG-TS packets with timestamps."""

_ISO_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot", b"moof", b"styp", b"sidx"})
_MATROSKA = b"\x1a\x45\xdf\xa3"
_ASF = bytes.fromhex("3026b2758e66cf11")
_BOX_HEADER, _LARGE_BOX_HEADER = 8, 16


class ContainerInspector:
    """Fed with a file from its start, in pieces of any size; keeps less than a kilobyte.

    For the MP4 family it follows the sizes of the outermost boxes (ISO/IEC 14496-12, 4.2), which tells a file that was
    cut off on its way: a box that never ends, or no ``moov`` to play it by.
    """

    def __init__(self) -> None:
        self._head = b""
        self._is_iso = False
        self._is_known = False
        self._position = 0
        self._next_box = 0
        """Where the next outermost box starts; -1: the present one reaches to the end of the file."""
        self._box_head = b""
        self._has_moov = False

    def feed(self, piece: bytes) -> None:
        """Look at the next bytes.

        Raises:
            InvalidInput: ``not_a_video``, as soon as that is clear.
        """
        if not self._is_known:
            self._head += piece[: _HEAD_BYTES - len(self._head)]
            if len(self._head) == _HEAD_BYTES:
                self._recognise()
        self._follow_boxes(piece)
        self._position += len(piece)

    def finish(self) -> None:
        """The file ends here.

        Raises:
            InvalidInput: ``empty``, ``not_a_video`` or ``truncated``.
        """
        if self._position == 0:
            raise InvalidInput.for_field("file", "empty", "This file is empty.")
        if not self._is_known:
            self._recognise()
        is_complete = self._next_box == -1 or (self._next_box == self._position and not self._box_head)
        if self._is_iso and not (is_complete and self._has_moov):
            raise InvalidInput.for_field(
                "file", "truncated", "This video is incomplete: its end is missing. Please export or copy it again."
            )

    def _recognise(self) -> None:
        head = self._head
        self._is_iso = head[4:8] in _ISO_BOXES
        is_transport_stream = any(
            len(head) > start + packet and head[start] == 0x47 == head[start + packet]
            for start, packet in ((0, 188), (4, 192))
        )
        is_avi = head[:4] == b"RIFF" and head[8:12] == b"AVI "
        if not (self._is_iso or head.startswith((_MATROSKA, _ASF)) or is_avi or is_transport_stream):
            raise InvalidInput.for_field(
                "file", "not_a_video", "This is not a video file. MP4, MOV, MKV, WebM, AVI, WMV and TS are accepted."
            )
        self._is_known = True

    def _follow_boxes(self, piece: bytes) -> None:
        end = self._position + len(piece)
        while self._next_box != -1 and self._next_box < end:
            wanted = _LARGE_BOX_HEADER - len(self._box_head)
            start = max(0, self._next_box + len(self._box_head) - self._position)
            self._box_head += piece[start : start + wanted]
            size, header = int.from_bytes(self._box_head[:4], "big"), _BOX_HEADER
            if size == 1:
                size, header = int.from_bytes(self._box_head[8:16], "big"), _LARGE_BOX_HEADER
            if len(self._box_head) < header:
                return
            self._has_moov = self._has_moov or self._box_head[4:8] == b"moov"
            self._box_head = b""
            if size == 0 or size < header:
                # Zero: to the end of the file. Less than its own header: not MP4 after all, which VALIDATE will say.
                self._next_box = -1
            else:
                self._next_box += size

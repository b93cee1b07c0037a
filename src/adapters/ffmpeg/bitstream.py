"""Reads from a finished MPEG-TS segment which codecs it really holds: no second tool is needed for that.

Sources: ISO 13818-1 2.4.3 (transport packets, PES), ITU-T H.264 7.3.2.1 (sequence parameter set), ISO 14496-3 1.A.2
(ADTS), RFC 6381 (names of codecs).
"""

from collections.abc import Iterator
from dataclasses import dataclass

TRANSPORT_PACKET = 188
"""Bytes: a transport stream is a whole number of them."""
_SYNC = 0x47
_VIDEO = range(0xE0, 0xF0)
_AUDIO = range(0xC0, 0xE0)
_SPS = 7
_WITH_CHROMA = frozenset({100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135})
"""Profiles whose parameter set says which chroma format it is."""


class BitstreamError(Exception):
    """The segment holds no H.264 that can be read."""


@dataclass(frozen=True, slots=True)
class SegmentCodecs:
    """What the first segment of a rendition holds."""

    codecs: str
    """RFC 6381, such as ``avc1.64001f,mp4a.40.2``."""
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Picture:
    codec: str
    width: int
    height: int


def read_codecs(segment: bytes) -> SegmentCodecs:
    """Codecs and picture size of a segment; its first few hundred kilobytes are enough.

    Raises:
        BitstreamError: see there.
    """
    video, audio = _first_payloads(segment)
    picture = _read_sps(video)
    sound = _read_adts(audio)
    return SegmentCodecs(f"{picture.codec},{sound}" if sound else picture.codec, picture.width, picture.height)


def _first_payloads(segment: bytes) -> tuple[bytes, bytes]:
    """The first packetised payload of video and of audio."""
    parts: dict[int, bytearray] = {}
    done: set[int] = set()
    kinds: dict[int, range] = {}
    for pid, starts, payload in _packets(segment):
        if starts and payload[:3] == b"\x00\x00\x01" and len(payload) > 9:
            kind = next((kind for kind in (_VIDEO, _AUDIO) if payload[3] in kind), None)
            if pid in parts:
                done.add(pid)
            elif kind is not None and kind not in kinds.values():
                kinds[pid] = kind
                parts[pid] = bytearray(payload[9 + payload[8] :])
        elif pid in parts and pid not in done:
            parts[pid] += payload
    found = {kind: bytes(parts[pid]) for pid, kind in kinds.items()}
    return found.get(_VIDEO, b""), found.get(_AUDIO, b"")


def _packets(segment: bytes) -> Iterator[tuple[int, bool, bytes]]:
    """(pid, whether a payload starts here, payload) of each transport packet."""
    for at in range(0, len(segment) - TRANSPORT_PACKET + 1, TRANSPORT_PACKET):
        packet = segment[at : at + TRANSPORT_PACKET]
        if packet[0] != _SYNC:
            return
        skip = 5 + packet[4] if packet[3] & 0x20 else 4
        if packet[3] & 0x10:
            yield (packet[1] & 0x1F) << 8 | packet[2], bool(packet[1] & 0x40), packet[skip:]


def _read_adts(payload: bytes) -> str:
    """Name of the AAC kind, or nothing when there is no sound."""
    if len(payload) < 3 or payload[0] != 0xFF or payload[1] & 0xF6 != 0xF0:
        return ""
    return f"mp4a.40.{(payload[2] >> 6) + 1}"


def _read_sps(payload: bytes) -> _Picture:
    for unit in payload.split(b"\x00\x00\x01")[1:]:
        if unit and unit[0] & 0x1F == _SPS and len(unit) > 4:
            codec = f"avc1.{unit[1]:02x}{unit[2]:02x}{unit[3]:02x}"
            try:
                width, height = _size(unit[1], _Bits(unit[4:].replace(b"\x00\x00\x03", b"\x00\x00")))
            except IndexError as error:
                raise BitstreamError("the sequence parameter set is cut short") from error
            return _Picture(codec, width, height)
    raise BitstreamError("there is no sequence parameter set")


class _Bits:
    """Reads bits and Exp-Golomb numbers (H.264 9.1)."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def bit(self) -> int:
        value = self._data[self._at >> 3] >> (7 - (self._at & 7)) & 1
        self._at += 1
        return value

    def number(self) -> int:
        """ue(v)."""
        zeros = 0
        while not self.bit():
            zeros += 1
        value = 1
        for _ in range(zeros):
            value = value << 1 | self.bit()
        return value - 1

    def signed(self) -> int:
        """se(v)."""
        number = self.number()
        return (number + 1) // 2 if number % 2 else -(number // 2)


def _size(profile: int, bits: _Bits) -> tuple[int, int]:
    """Width and height of the pictures (H.264 7.3.2.1.1 and 7.4.2.1.1)."""
    bits.number()  # seq_parameter_set_id
    chroma = _skip_chroma(bits) if profile in _WITH_CHROMA else 1
    bits.number()  # log2_max_frame_num_minus4
    order = bits.number()
    if order == 0:
        bits.number()  # log2_max_pic_order_cnt_lsb_minus4
    elif order == 1:
        bits.bit()  # delta_pic_order_always_zero_flag
        bits.signed()
        bits.signed()
        for _ in range(bits.number()):
            bits.signed()
    bits.number()  # max_num_ref_frames
    bits.bit()  # gaps_in_frame_num_value_allowed_flag
    width = (bits.number() + 1) * 16
    rows = bits.number() + 1
    frames_only = bits.bit()
    if not frames_only:
        bits.bit()  # mb_adaptive_frame_field_flag
    height = rows * 16 * (2 - frames_only)
    bits.bit()  # direct_8x8_inference_flag
    if bits.bit():
        left, right, top, bottom = (bits.number() for _ in range(4))
        across = 2 if chroma in {1, 2} else 1
        down = (2 if chroma == 1 else 1) * (2 - frames_only)
        width -= (left + right) * across
        height -= (top + bottom) * down
    return width, height


def _skip_chroma(bits: _Bits) -> int:
    """Chroma format; skips what comes with it."""
    chroma = bits.number()
    if chroma == 3:
        bits.bit()  # separate_colour_plane_flag
    bits.number()  # bit_depth_luma_minus8
    bits.number()  # bit_depth_chroma_minus8
    bits.bit()  # qpprime_y_zero_transform_bypass_flag
    if bits.bit():  # seq_scaling_matrix_present_flag
        for place in range(8 if chroma != 3 else 12):
            if bits.bit():
                _skip_scaling_list(bits, 16 if place < 6 else 64)
    return chroma


def _skip_scaling_list(bits: _Bits, size: int) -> None:
    last = following = 8
    for _ in range(size):
        if following:
            following = (last + bits.signed()) % 256
        last = following or last

"""Does a READY video have every file that it promises, and do they play?"""

from collections.abc import Mapping

from lms_app.operations.hls import Playlist, read_playlist
from lms_app.ports.media_probe import MediaProbe, ProbeError
from lms_app.ports.storage import ObjectNotFound, ObjectStorage
from lms_app.ports.workspace import Workspace
from lms_domain.video.asset import VideoAsset
from lms_domain.video.steps import StepName, StepState
from lms_domain.video.storage_keys import video_prefix

_MAX_PLAYLIST_BYTES = 4 * 1024 * 1024
_SLACK_SECONDS = 1.0


class CheckMedia:
    """Reads every playlist of a video, looks for every file they name, and opens the first segment of each rung with
    the probe. The rest of the segments is believed when it is there and not empty."""

    def __init__(self, storage: ObjectStorage, workspace: Workspace, probe: MediaProbe) -> None:
        self._storage = storage
        self._workspace = workspace
        self._probe = probe

    async def __call__(self, asset: VideoAsset, *, has_transcript: bool) -> tuple[str, ...]:
        """What is missing or broken, as sentences for operators.

        Raises:
            StorageUnavailable: see there.
        """
        prefix = video_prefix(asset.tenant_id, asset.content_id)
        sizes = {found.key: found.size async for found in self._storage.keys(prefix)}
        flaws = [f"{key} is missing or empty" for key in self._promised(asset) if not sizes.get(key)]
        if asset.steps[StepName.TRANSCRIBE].state is StepState.SUCCEEDED and not has_transcript:
            flaws.append("it was transcribed, but has no transcript")
        if asset.hls_key is None:
            flaws.append("there is nothing to play")
        elif sizes.get(asset.hls_key):
            flaws += await self._stream(asset, asset.hls_key, sizes)
        return tuple(flaws)

    @staticmethod
    def _promised(asset: VideoAsset) -> list[str]:
        steps = asset.steps
        keys = [asset.source_key, asset.hls_key, asset.poster_key, asset.captions_key]
        promised = [key for key in keys if key is not None]
        for name, key in ((StepName.THUMBNAIL, asset.poster_key), (StepName.TRANSCRIBE, asset.captions_key)):
            if steps[name].state is StepState.SUCCEEDED and key is None:
                promised.append(f"what {name} made")
        return promised

    async def _stream(self, asset: VideoAsset, master_key: str, sizes: Mapping[str, int]) -> list[str]:
        master = read_playlist(await self._text(master_key), master_key)
        flaws = [] if master.names else [f"{master_key} names no rendition"]
        for key in master.names:
            if not sizes.get(key):
                flaws.append(f"{key} is missing or empty")
                continue
            rendition = read_playlist(await self._text(key), key)
            missing = [name for name in (*rendition.attributes, *rendition.names) if not sizes.get(name)]
            flaws += [f"{name} is missing or empty" for name in missing]
            if abs(rendition.seconds - (asset.duration_seconds or 0.0)) > _SLACK_SECONDS:
                flaws.append(f"{key} lasts {rendition.seconds:.1f} s, the video {asset.duration_seconds} s")
            if rendition.names and not missing:
                flaws += await self._first_segment(rendition)
        return flaws

    async def _first_segment(self, rendition: Playlist) -> list[str]:
        parts = (*rendition.attributes[:1], rendition.names[0])
        async with self._workspace.scratch() as folder:
            whole = folder / "segment"
            with whole.open("wb") as file:
                for key in parts:
                    async with self._storage.open(key) as opened:
                        async for chunk in opened.chunks:
                            file.write(chunk)
            try:
                info = await self._probe.probe(whole)
            except ProbeError as error:
                return [f"{parts[-1]} does not play: {error.detail}"]
        return [] if info.video is not None else [f"{parts[-1]} has no picture"]

    async def _text(self, key: str) -> str:
        try:
            async with self._storage.open(key, end=_MAX_PLAYLIST_BYTES) as opened:
                return b"".join([chunk async for chunk in opened.chunks]).decode(errors="replace")
        except ObjectNotFound:
            return ""

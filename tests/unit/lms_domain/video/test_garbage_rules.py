"""Which files of a video may go, and when."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms_domain.video.asset import VideoAsset
from lms_domain.video.garbage import (
    COLLECT_AFTER,
    Holding,
    at_rest_since,
    holding_of,
    is_garbage,
    live_holdings,
    referenced_keys,
)
from lms_domain.video.playback import MAX_GRANT
from lms_domain.video.steps import StepName
from lms_domain.video.storage_keys import run_name, run_prefix, source_key
from tests.unit.lms_domain.video.pipeline_model import NOW, finish, started, take

TENANT, CONTENT = UUID(int=2), UUID(int=3)
LIVE_RUN, OLD_RUN, TOLD_RUN = (run_name(UUID(int=number)) for number in (100, 101, 102))
SOURCE = source_key(TENANT, CONTENT, UUID(int=200))
LATER = NOW + COLLECT_AFTER + timedelta(seconds=1)


def prefix(run: str) -> str:
    return run_prefix(TENANT, CONTENT, run)


def ready() -> VideoAsset:
    """A video whose stream and upload are named, and whose captions lie in a run that only its step tells."""
    asset = started()
    finish(asset)
    asset.source_key, asset.hls_key = SOURCE, prefix(LIVE_RUN) + "hls/master.m3u8"
    asset.steps[StepName.TRANSCRIBE].output = {"run": TOLD_RUN}
    return asset


def lying(key: str) -> Holding:
    holding = holding_of(key, size=5, modified_at=NOW)
    assert holding is not None
    return holding


def test_the_longest_grant_and_an_hour() -> None:
    assert timedelta(hours=1) + MAX_GRANT == COLLECT_AFTER


@pytest.mark.parametrize(
    ("key", "is_live"),
    [(SOURCE, True), (prefix(LIVE_RUN), True), (prefix(TOLD_RUN), True), (prefix(OLD_RUN), False)],
    ids=["upload", "named", "told by a step", "neither"],
)
def test_what_a_video_needs_stays(key: str, is_live: bool) -> None:
    assert is_garbage(lying(key), ready(), before=LATER) is not is_live
    assert is_garbage(lying(key), None, before=LATER), "without a video nothing is needed"


def test_every_key_of_a_video_keeps_its_run() -> None:
    for name in ("source_key", "hls_key", "poster_key", "captions_key"):
        asset = replace(ready(), **{name: prefix(OLD_RUN) + "thumb.jpg"})
        assert prefix(OLD_RUN) in live_holdings(asset), name
        assert name in referenced_keys(asset)


def test_a_deleted_video_needs_nothing() -> None:
    asset = ready()
    asset.delete(now=NOW)
    assert is_garbage(lying(prefix(LIVE_RUN)), asset, before=LATER)
    assert is_garbage(lying(SOURCE), asset, before=LATER)


def test_nothing_goes_before_its_time() -> None:
    for video in (ready(), None):
        assert not is_garbage(lying(prefix(OLD_RUN)), video, before=NOW)
        assert not is_garbage(lying(prefix(OLD_RUN)).joined(replace(lying(SOURCE), newest=LATER)), video, before=LATER)


def test_an_earlier_run_is_watched_until_after_the_last_change() -> None:
    """The files are old, but they were referenced until a moment ago."""
    asset = ready()
    asset.steps[StepName.THUMBNAIL].finished_at = LATER
    assert at_rest_since(asset) == LATER
    assert not is_garbage(lying(prefix(OLD_RUN)), asset, before=LATER)
    assert is_garbage(lying(prefix(OLD_RUN)), asset, before=LATER + timedelta(seconds=1))


def test_nothing_goes_while_somebody_works() -> None:
    asset = ready()
    asset.rerun(StepName.TRANSCODE, only=True)
    assert not is_garbage(lying(prefix(OLD_RUN)), asset, before=LATER)
    take(asset, StepName.TRANSCODE)
    assert not is_garbage(lying(prefix(OLD_RUN)), asset, before=LATER)
    assert at_rest_since(asset) is None


@pytest.mark.parametrize(
    "key",
    [
        f"tenant/{TENANT}/files/{CONTENT}/r{'0' * 32}/x",
        f"tenant/{TENANT}/videos/{CONTENT}/notes.txt",
        f"tenant/{TENANT}/videos/{CONTENT}/source_{'0' * 32}.bin/x",
        f"tenant/{TENANT}/videos/{CONTENT}/r{'0' * 31}/x",
        f"tenant/{TENANT}/videos/{str(CONTENT).upper()}x/r{'0' * 32}/x",
        f"other/tenant/{TENANT}/videos/{CONTENT}/r{'0' * 32}/x",
        "check/1",
    ],
)
def test_what_is_no_holding_of_a_video_is_never_collected(key: str) -> None:
    assert holding_of(key, size=1, modified_at=NOW) is None


@settings(max_examples=50, deadline=None)
@given(sizes=st.lists(st.integers(0, 9), min_size=1, max_size=6), run=st.uuids(), seconds=st.integers(0, 99))
def test_parts_of_a_run_add_up(sizes: list[int], run: UUID, seconds: int) -> None:
    parts = [
        holding_of(f"{prefix(run_name(run))}hls/{n}.ts", size=size, modified_at=NOW + timedelta(seconds=seconds * n))
        for n, size in enumerate(sizes)
    ]
    whole = parts[0]
    for part in parts[1:]:
        assert whole is not None
        assert part is not None
        whole = whole.joined(part)
    newest = NOW + timedelta(seconds=seconds * (len(sizes) - 1))
    assert whole == Holding(TENANT, CONTENT, prefix(run_name(run)), sum(sizes), newest)

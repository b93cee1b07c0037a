"""Addresses of storages."""

from pathlib import Path

import pytest

from adapters.obstore.storage import storage_from_url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "storage",
        "/var/storage",
        "file:storage",
        "file://storage/here",
        "file:///storage?x=1",
        "http://127.0.0.1:9000/bucket",
        "gs://bucket",
        "s3://",
        "s3:///prefix",
        "s3://KEY@bucket",
        "s3://KEY:hidden@",
        "s3://KEY:hidden@bucket?endpiont=http://127.0.0.1:9000",
        "s3://KEY:hidden@bucket#region",
    ],
)
def test_other_addresses_are_refused_without_telling_secrets(url: str) -> None:
    with pytest.raises(ValueError, match=r"is written|starts with|are written") as caught:
        storage_from_url(url)
    assert "hidden" not in str(caught.value)


def test_the_folder_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "a b" / "ü"
    storage_from_url(folder.as_uri())
    assert folder.is_dir()

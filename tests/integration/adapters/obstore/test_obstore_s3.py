"""S3 over HTTP behind the port."""

from urllib.parse import quote

import pytest

from adapters.obstore.storage import ObstoreStorage, storage_from_url
from lms_app.ports.storage import ObjectStorage, StorageUnavailable
from tests.contracts.storage import BrokenStorageContract, StorageContract, put, read
from tests.integration.adapters.obstore.conftest import KEY, REGION, SECRET, S3Server


def address(server: S3Server, place: str) -> str:
    return f"s3://{quote(KEY, safe='')}:{quote(SECRET, safe='')}@{place}?endpoint={server.endpoint}&region={REGION}"


class TestObstoreS3(StorageContract):
    @pytest.fixture
    def bucket(self, s3_server: S3Server) -> str:
        return s3_server.new_bucket()

    @pytest.fixture
    async def storage(self, s3_server: S3Server, bucket: str) -> ObstoreStorage:
        return storage_from_url(address(s3_server, bucket))

    @pytest.fixture(autouse=True)
    def _server(self, s3_server: S3Server, bucket: str) -> None:
        self._s3, self._bucket = s3_server, bucket

    async def unfinished(self, storage: ObjectStorage) -> list[str]:
        return self._s3.unfinished(self._bucket)


class TestBrokenObstoreS3(BrokenStorageContract):
    @pytest.fixture
    async def broken(self) -> ObstoreStorage:
        return storage_from_url("s3://key:secret@bucket?endpoint=http://127.0.0.1:9")


async def test_a_missing_bucket_is_no_place_to_put_things(s3_server: S3Server) -> None:
    storage = storage_from_url(address(s3_server, "no-such-bucket"))
    with pytest.raises(StorageUnavailable):
        await put(storage, "a/b", b"x")
    with pytest.raises(StorageUnavailable):
        await storage.check()


async def test_a_prefix_keeps_two_installations_in_one_bucket_apart(s3_server: S3Server) -> None:
    bucket = s3_server.new_bucket()
    one, two = (storage_from_url(address(s3_server, f"{bucket}/{name}/")) for name in ("one", "two"))
    await put(one, "a/b", b"1")
    await put(two, "a/b", b"2")
    assert await read(one, "a/b") == b"1"
    assert [found.key async for found in one.keys("a/")] == ["a/b"]
    assert {item["Key"] for item in s3_server.client.list_objects_v2(Bucket=bucket)["Contents"]} == {
        "one/a/b",
        "two/a/b",
    }


async def test_credentials_may_come_from_the_environment(s3_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    storage = storage_from_url(f"s3://{s3_server.new_bucket()}?endpoint={s3_server.endpoint}&region={REGION}")
    await storage.check()

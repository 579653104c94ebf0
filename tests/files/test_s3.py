"""The same store over S3, against a server that speaks it."""

import io
from collections.abc import Iterator

import boto3
import pytest
from moto.server import ThreadedMotoServer
from pytest_django.fixtures import Settings

from sidan.core.actor import Actor
from sidan.files import operations
from sidan.files.s3 import S3Store
from sidan.files.stores import Missing, StoreUnavailable, active_store
from tests.files.conftest import AT, picture_bytes

# botocore and moto still use what newer Pythons advise against.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    client = boto3.client(
        "s3",
        endpoint_url=address,
        region_name="us-east-1",
        aws_access_key_id="id",
        aws_secret_access_key="secret",
    )
    client.create_bucket(Bucket="county")
    client.close()
    yield address
    server.stop()


def url_of(endpoint: str, bucket: str = "county") -> str:
    return f"s3://id:secret@{bucket}/pictures?endpoint={endpoint}&path_style=yes"


def test_bytes_come_back_and_go(endpoint: str) -> None:
    store = S3Store(url_of(endpoint))
    store.put(key="ab/abcdefgh", content=b"one")
    store.put(key="ab/abcdefgh.thumb", content=b"two")
    assert store.get(key="ab/abcdefgh") == b"one"
    assert sorted(key for key in store.walk() if key.startswith("ab/abcdefgh")) == [
        "ab/abcdefgh",
        "ab/abcdefgh.thumb",
    ]
    store.remove(key="ab/abcdefgh")
    store.remove(key="ab/abcdefgh")
    with pytest.raises(Missing):
        store.get(key="ab/abcdefgh")
    store.remove(key="ab/abcdefgh.thumb")


def test_a_bucket_that_is_not_there_is_told(endpoint: str) -> None:
    store = S3Store(url_of(endpoint, bucket="elsewhere"))
    with pytest.raises(StoreUnavailable):
        store.put(key="ab/abcdefgh", content=b"one")


@pytest.mark.django_db
@pytest.mark.usefixtures("friend")
def test_pictures_lie_in_the_store_of_the_setting(endpoint: str, settings: Settings, uploader: Actor) -> None:
    settings.FILES_URL = url_of(endpoint)
    upload = io.BytesIO(picture_bytes())
    file = operations.store_picture(actor=uploader, at=AT, upload=upload, purpose="test_photo")
    assert active_store().get(key=file.storage_key)[:2] == b"\xff\xd8"

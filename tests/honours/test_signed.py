"""The signed file is read by another hand: joserfc, with nothing but the public keys at the known address."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from joserfc import jws
from joserfc.errors import BadSignatureError, JoseError
from joserfc.jwk import KeySet

from sidan.core.crypto import new_key_text
from sidan.core.scope import everything
from sidan.honours.models import Certificate
from sidan.honours.policies import shown_code
from sidan.honours.queries import said_by
from tests.cast import Cast
from tests.factories import AT
from tests.honours.issuing import issued
from tests.hours.serving import hours, served

pytestmark = [
    pytest.mark.django_db,
    # RFC 9864 calls the same algorithm Ed25519; wallets and Open Badges know it by its older name (ADR 0044).
    pytest.mark.filterwarnings("ignore:EdDSA is deprecated"),
]


@pytest.fixture(autouse=True)
def seeing() -> Iterator[None]:
    with everything("looking at what was written"):
        yield


@pytest.fixture
def made(cast: Cast) -> Certificate:
    served(cast, cast.volunteer, AT, hours(2.5))
    return issued(cast.volunteer, "teams")


def file_of(cast: Cast, certificate: Certificate) -> str:
    answer = cast.volunteer.client().get(reverse("honours:credential", args=[certificate.uuid]))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/jwt"
    return answer.content.decode("ascii")


def keys() -> KeySet:
    return KeySet.import_key_set(Client().get(reverse("honours:keys")).json())


def read(text: str) -> dict[str, Any]:
    """Return what a file says, once its signature is right."""
    found: dict[str, Any] = json.loads(jws.deserialize_compact(text, keys(), algorithms=["EdDSA"]).payload)
    return found


def test_a_stranger_reads_the_file_with_the_public_key(cast: Cast, made: Certificate) -> None:
    said = read(file_of(cast, made))
    assert said["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert (said["id"], said["jti"]) == (f"urn:uuid:{made.uuid}", f"urn:uuid:{made.uuid}")
    assert said["iss"] == said["issuer"]["id"]
    subject = said["credentialSubject"]
    assert subject["id"] == said["sub"]
    assert subject["identifier"][0]["identityHash"] == cast.volunteer.person.name
    assert subject["result"][0]["value"] == "2.50"
    facts = said_by(certificate=made)
    assert said["credentialStatus"]["id"].endswith(
        f"/check/{made.number}/?code={shown_code(str(facts['code']))}"
    )


def test_a_file_of_which_one_letter_is_changed_is_refused(cast: Cast, made: Certificate) -> None:
    head, payload, signature = file_of(cast, made).split(".")
    said = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    forged = base64.urlsafe_b64encode(said.replace(b"2.50", b"9.50")).rstrip(b"=").decode("ascii")
    assert forged != payload
    with pytest.raises(BadSignatureError):
        read(f"{head}.{forged}.{signature}")


def test_every_byte_of_the_file_is_signed(cast: Cast, made: Certificate) -> None:
    text = file_of(cast, made)
    for place in range(0, text.rindex("."), 37):
        if text[place] == ".":
            continue
        other = "A" if text[place] != "A" else "B"
        with pytest.raises((JoseError, ValueError)):
            read(text[:place] + other + text[place + 1 :])


def test_the_same_certificate_gives_the_same_file(cast: Cast, made: Certificate) -> None:
    assert file_of(cast, made) == file_of(cast, made)


def test_the_file_names_where_its_key_stands(cast: Cast, made: Certificate) -> None:
    part = file_of(cast, made).partition(".")[0]
    head = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    assert head["alg"] == "EdDSA"
    key = Client().get(head["kid"].removeprefix("http://testserver")).json()
    assert (key["kty"], key["crv"], key["kid"]) == ("OKP", "Ed25519", head["kid"])
    assert "d" not in key


def test_a_file_is_read_after_the_key_was_changed(cast: Cast, made: Certificate) -> None:
    text = file_of(cast, made)
    both = f"{django_settings.SIGNING_KEYS},{new_key_text(version=2)}"
    with override_settings(SIGNING_KEYS=both):
        newer = file_of(cast, made)
        assert newer != text
        assert read(text) == read(newer)
        assert len(Client().get(reverse("honours:keys")).json()["keys"]) == 2


def test_without_a_key_nothing_is_signed_and_the_reader_is_told(cast: Cast, made: Certificate) -> None:
    with override_settings(SIGNING_KEYS=""):
        answer = cast.volunteer.client().get(reverse("honours:credential", args=[made.uuid]))
        assert answer.status_code == 503


def test_a_key_that_is_not_there_is_not_found() -> None:
    assert Client().get(reverse("honours:key", args=[9])).status_code == 404

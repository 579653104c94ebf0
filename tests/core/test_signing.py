"""Keys that sign: the newest signs, all are published, and nothing of the secret half leaves."""

import base64
import json

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.test.utils import override_settings

from sidan.core.crypto import KeyFormatError
from sidan.core.signing import NoSigningKey, SigningKeys, signing_keys

KEYS = SigningKeys(keys={1: b"\x01" * 32, 3: b"\x03" * 32})
FACTS = {"b": 1, "a": "志愿"}


def plain(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def public(version: int) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(plain(KEYS.public_jwk(version=version, kid="k")["x"]))


def test_the_newest_key_signs_and_all_are_published() -> None:
    text = KEYS.sign(payload=FACTS, kid="k", kind="JWT")
    signed, _dot, signature = text.rpartition(".")
    public(3).verify(plain(signature), signed.encode())
    with pytest.raises(InvalidSignature):
        public(1).verify(plain(signature), signed.encode())
    assert KEYS.versions() == [3, 1]


def test_what_is_signed_is_said_as_it_was_given() -> None:
    head, payload, _signature = KEYS.sign(payload=FACTS, kid="k", kind="JWT").split(".")
    assert json.loads(plain(head)) == {"alg": "EdDSA", "kid": "k", "typ": "JWT"}
    assert json.loads(plain(payload)) == FACTS


def test_the_order_of_facts_changes_nothing() -> None:
    turned = dict(reversed(FACTS.items()))
    assert KEYS.sign(payload=FACTS, kid="k", kind="JWT") == KEYS.sign(payload=turned, kid="k", kind="JWT")


def test_a_published_key_has_no_secret_half() -> None:
    assert KEYS.public_jwk(version=1, kid="k").keys() == {"kty", "crv", "x", "kid", "alg", "use"}


def test_an_installation_without_a_key_says_so() -> None:
    with override_settings(SIGNING_KEYS=""), pytest.raises(NoSigningKey):
        signing_keys()


def test_a_key_that_cannot_be_read_names_its_setting() -> None:
    with override_settings(SIGNING_KEYS="1:abc"), pytest.raises(KeyFormatError, match="SIDAN_SIGNING_KEYS"):
        signing_keys()

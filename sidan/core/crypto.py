"""Encryption of single values at rest and the keyed hashes by which they are found again.

An encrypted value is laid out as: key version (1 byte), cipher (1 byte), nonce (12 bytes), ciphertext and tag.
The name of the column is authenticated with it, so that a value cannot be carried from one column to another. A
lookup hash is: key version (1 byte), algorithm (1 byte), HMAC (32 bytes), under keys of its own: whoever holds the
field keys can read values but not recompute the index, and the other way round. Plain hashes would not do: there are
few enough phone numbers to try them all. Article 51 of the PIPL asks for encryption; GB/T 39786 asks for SM ciphers.
"""

import base64
import binascii
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
MASTER_KEY_BYTES: Final = 32
HEAD_BYTES: Final = 2


class CryptoError(Exception):
    """Something about keys or ciphertexts is wrong. An administrator must act; a person at a screen cannot."""


class KeyFormatError(CryptoError):
    """The key setting cannot be read."""


class UnknownKeyVersion(CryptoError):
    """A value was written with a key that this installation no longer (or not yet) has."""


class BrokenCiphertext(CryptoError):
    """A value was changed, cut short, or belongs to another column."""


class _Aead(Protocol):
    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...


class Sm4Gcm:
    """SM4 (GB/T 32907) in GCM with the same two verbs as the library's AESGCM."""

    def __init__(self, key: bytes) -> None:
        self._algorithm = SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """Return the ciphertext with the tag behind it."""
        encryptor = Cipher(self._algorithm, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data or b"")
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """Return the plain bytes; raises InvalidTag when anything was changed."""
        if len(data) < TAG_BYTES:
            raise InvalidTag
        decryptor = Cipher(self._algorithm, modes.GCM(nonce, data[-TAG_BYTES:])).decryptor()
        decryptor.authenticate_additional_data(associated_data or b"")
        return decryptor.update(data[:-TAG_BYTES]) + decryptor.finalize()


@dataclass(frozen=True, slots=True)
class _Suite:
    """A cipher with the hash that belongs to it: an installation under SM rules uses SM4 and SM3 together."""

    id: int
    aead: Callable[[bytes], _Aead]
    key_bytes: int
    digest: Callable[[], hashes.HashAlgorithm]


SUITES: Final[dict[str, _Suite]] = {
    "aes-gcm": _Suite(id=1, aead=AESGCM, key_bytes=32, digest=hashes.SHA256),
    "sm4-gcm": _Suite(id=2, aead=Sm4Gcm, key_bytes=16, digest=hashes.SM3),
}
_SUITE_BY_ID: Final = {suite.id: suite for suite in SUITES.values()}


def parse_keys(*, text: str, name: str) -> dict[int, bytes]:
    """Read "1:base64,2:base64" into keys by version; the highest version encrypts.

    Raises:
        KeyFormatError: a version is not 1…255 or stands twice, or a key is not 32 bytes in base64.
    """
    keys: dict[int, bytes] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        version_text, _, encoded = part.partition(":")
        try:
            version, key = int(version_text), base64.b64decode(encoded, validate=True)
        except (ValueError, binascii.Error):
            raise KeyFormatError(f"{name} must look like 1:base64,2:base64") from None
        if not 1 <= version <= 255 or version in keys:
            raise KeyFormatError(f"{name}: version {version} is out of 1…255 or stands twice")
        if len(key) != MASTER_KEY_BYTES:
            raise KeyFormatError(f"{name}: the key of version {version} must be {MASTER_KEY_BYTES} bytes")
        keys[version] = key
    if not keys:
        raise KeyFormatError(f"{name} holds no key")
    return keys


def new_key_text(*, version: int = 1) -> str:
    """Return a fresh random key in the form of the setting."""
    return f"{version}:{base64.b64encode(os.urandom(MASTER_KEY_BYTES)).decode()}"


def _derive(*, master: bytes, suite: _Suite, use: str, length: int) -> bytes:
    # One master key serves both ciphers in turn; each gets a key of its own, so that neither weakens the other.
    info = f"sidan {use} {suite.id}".encode()
    return HKDF(algorithm=suite.digest(), length=length, salt=None, info=info).derive(master)


class FieldKeys:
    """The keys that encrypt fields: every version reads, the highest one writes."""

    def __init__(self, *, keys: dict[int, bytes], cipher: str) -> None:
        self._keys = keys
        self._active_suite = SUITES[cipher]
        self.active_version = max(keys)
        self._aeads: dict[tuple[int, int], _Aead] = {}

    @property
    def active_head(self) -> bytes:
        """The two bytes that a value written now begins with."""
        return bytes((self.active_version, self._active_suite.id))

    def _aead(self, version: int, suite_id: int) -> _Aead:
        known = self._aeads.get((version, suite_id))
        if known is not None:
            return known
        if version not in self._keys:
            raise UnknownKeyVersion(
                f"a value was encrypted with field key version {version}, which SIDAN_FIELD_KEYS does not hold"
            )
        if suite_id not in _SUITE_BY_ID:
            raise BrokenCiphertext(f"unknown cipher {suite_id}")
        suite = _SUITE_BY_ID[suite_id]
        key = _derive(master=self._keys[version], suite=suite, use="field", length=suite.key_bytes)
        return self._aeads.setdefault((version, suite_id), suite.aead(key))

    def encrypt(self, *, value: str, purpose: str) -> bytes:
        """Encrypt a text for the column named by `purpose`."""
        nonce = os.urandom(NONCE_BYTES)
        head = self.active_head
        aead = self._aead(head[0], head[1])
        return head + nonce + aead.encrypt(nonce, value.encode(), head + purpose.encode())

    def decrypt(self, *, token: bytes, purpose: str) -> str:
        """Decrypt what `encrypt` made for the same column.

        Raises:
            UnknownKeyVersion: its key is not among ours.
            BrokenCiphertext: it was changed, cut short, or made for another column.
        """
        if len(token) < HEAD_BYTES + NONCE_BYTES + TAG_BYTES:
            raise BrokenCiphertext(f"a value of {purpose} is too short to be a ciphertext")
        head, nonce, body = token[:HEAD_BYTES], token[HEAD_BYTES : HEAD_BYTES + NONCE_BYTES], token[14:]
        try:
            plain = self._aead(head[0], head[1]).decrypt(nonce, body, head + purpose.encode())
        except InvalidTag:
            raise BrokenCiphertext(f"a value of {purpose} was changed or belongs elsewhere") from None
        return plain.decode()


class LookupKeys:
    """The keys of the hashes by which encrypted values are found."""

    def __init__(self, *, keys: dict[int, bytes], cipher: str) -> None:
        self._keys = keys
        self._active_suite = SUITES[cipher]
        self.active_version = max(keys)
        self._macs: dict[tuple[int, int], hmac.HMAC] = {}

    @property
    def active_head(self) -> bytes:
        """The two bytes that a hash written now begins with."""
        return bytes((self.active_version, self._active_suite.id))

    def _hash(self, *, value: str, purpose: str, version: int, suite: _Suite) -> bytes:
        started = self._macs.get((version, suite.id))
        if started is None:
            key = _derive(master=self._keys[version], suite=suite, use="lookup", length=32)
            started = self._macs.setdefault((version, suite.id), hmac.HMAC(key, suite.digest()))
        mac = started.copy()
        # The length before the purpose keeps ("a", "bc") and ("ab", "c") apart.
        mac.update(len(purpose).to_bytes(2, "big") + purpose.encode() + value.encode())
        return bytes((version, suite.id)) + mac.finalize()

    def hash(self, *, value: str, purpose: str) -> bytes:
        """Return the hash to store for a (normalised) value."""
        return self._hash(value=value, purpose=purpose, version=self.active_version, suite=self._active_suite)

    def candidates(self, *, value: str, purpose: str) -> list[bytes]:
        """Return every hash under which a value may stand now: one, or more while a rotation is under way.

        A change of cipher is made together with a new key version, so several versions mean several algorithms too.
        """
        if len(self._keys) == 1:
            return [self.hash(value=value, purpose=purpose)]
        return [
            self._hash(value=value, purpose=purpose, version=version, suite=suite)
            for version in sorted(self._keys, reverse=True)
            for suite in SUITES.values()
        ]


@lru_cache(maxsize=8)
def _field_keys(text: str, cipher: str) -> FieldKeys:
    return FieldKeys(keys=parse_keys(text=text, name="SIDAN_FIELD_KEYS"), cipher=cipher)


@lru_cache(maxsize=8)
def _lookup_keys(text: str, cipher: str) -> LookupKeys:
    return LookupKeys(keys=parse_keys(text=text, name="SIDAN_LOOKUP_KEYS"), cipher=cipher)


def field_keys() -> FieldKeys:
    """Return the field keys of this installation."""
    return _field_keys(settings.FIELD_KEYS, settings.FIELD_CIPHER)


def lookup_keys() -> LookupKeys:
    """Return the lookup keys of this installation."""
    return _lookup_keys(settings.LOOKUP_KEYS, settings.FIELD_CIPHER)


def encrypt_text(*, value: str, purpose: str) -> bytes:
    """Encrypt a text for a column; for statements written by hand. The ORM does it by `EncryptedTextField`."""
    return field_keys().encrypt(value=value, purpose=purpose)


def decrypt_text(*, token: bytes, purpose: str) -> str:
    """Decrypt a text of a column; for statements written by hand."""
    return field_keys().decrypt(token=token, purpose=purpose)


def lookup_hash(*, value: str, purpose: str) -> bytes:
    """Return the hash to store for a value; for statements written by hand."""
    return lookup_keys().hash(value=value, purpose=purpose)


def lookup_candidates(*, value: str, purpose: str) -> list[bytes]:
    """Return the hashes to search for; for statements written by hand (`column = ANY(%s)`)."""
    return lookup_keys().candidates(value=value, purpose=purpose)

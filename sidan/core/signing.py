"""Signing what leaves the installation, so that a stranger can check it without asking us: Ed25519 and JWS (RFC 8037).

Only the compact form with EdDSA is written, nothing is read: three parts of base64url, signed by the library of keys
that we have anyway. The keys are versions as those of fields are; the highest signs, all are published.
"""

import base64
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sidan.core.crypto import parse_keys
from sidan.core.errors import Unavailable

ALGORITHM: Final = "EdDSA"


class NoSigningKey(Unavailable):
    """The installation's file has no SIDAN_SIGNING_KEYS: an administrator starts it once with `sidan up`."""

    code = "no_signing_key"
    sentence = _("This installation cannot sign files yet. Please tell its administrator.")


class SigningKeys:
    """The keys that sign: every version is published, the highest one signs."""

    def __init__(self, *, keys: Mapping[int, bytes]) -> None:
        self._keys = {version: Ed25519PrivateKey.from_private_bytes(seed) for version, seed in keys.items()}
        self.active_version = max(keys)

    def versions(self) -> list[int]:
        """Return the versions, the newest first."""
        return sorted(self._keys, reverse=True)

    def public_jwk(self, *, version: int, kid: str) -> dict[str, str]:
        """Return the public half of a key as a JWK (RFC 8037). Raises KeyError for a version that is not ours."""
        public = self._keys[version].public_key().public_bytes_raw()
        return {
            "kty": "OKP", "crv": "Ed25519", "x": _base64url(public), "kid": kid, "alg": ALGORITHM, "use": "sig",
        }  # fmt: skip

    def sign(self, *, payload: Mapping[str, Any], kid: str, kind: str) -> str:
        """Return a payload as a signed JWS in compact form. The same payload gives the same text."""
        head = {"alg": ALGORITHM, "kid": kid, "typ": kind}
        signed = f"{_part(head)}.{_part(payload)}"
        signature = self._keys[self.active_version].sign(signed.encode("ascii"))
        return f"{signed}.{_base64url(signature)}"


def _part(facts: Mapping[str, Any]) -> str:
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return _base64url(text.encode())


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


@lru_cache(maxsize=8)
def _signing_keys(text: str) -> SigningKeys:
    return SigningKeys(keys=parse_keys(text=text, name="SIDAN_SIGNING_KEYS"))


def signing_keys() -> SigningKeys:
    """Return the signing keys of this installation. Raises NoSigningKey."""
    if not settings.SIGNING_KEYS:
        raise NoSigningKey
    return _signing_keys(settings.SIGNING_KEYS)

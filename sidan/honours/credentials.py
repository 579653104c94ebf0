"""A certificate as an Open Badge 3.0, a verifiable credential: a signed file that programs check by themselves.

It says what the paper says and no more. Signed as a VC-JWT (Open Badges 3.0, section 8.2) by the installation's key.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sidan.core.clock import BUSINESS_ZONE
from sidan.core.signing import signing_keys
from sidan.honours.models import Certificate
from sidan.honours.papers import WORDS
from sidan.honours.policies import hours_number
from sidan.honours.words import label_in_both

CONTEXT: Final = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
STATUS_TYPE: Final = "urn:sidan:certificate-page"
"""A page for people, and the same over the API: there is one list of revoked ones less to keep and to trust."""


def key_url(*, base: str, version: int) -> str:
    """Return where the public half of a key stands: its `kid`, as Open Badges asks for."""
    return f"{base}.well-known/keys/{version}.json"


def public_keys(*, base: str) -> list[dict[str, str]]:
    """Return the public keys of this installation, the newest first. Raises NoSigningKey."""
    keys = signing_keys()
    return [
        keys.public_jwk(version=version, kid=key_url(base=base, version=version))
        for version in keys.versions()
    ]


def credential_of(*, certificate: Certificate, facts: Mapping[str, Any], base: str, check_url: str) -> str:
    """Return a certificate as a signed file; asked again it is the same.

    `base` is the address of this installation, with its slash. Raises NoSigningKey.
    """
    keys = signing_keys()
    kid = key_url(base=base, version=keys.active_version)
    payload = _payload(certificate=certificate, facts=facts, base=base, check_url=check_url)
    return keys.sign(payload=payload, kid=kid, kind="JWT")


def _payload(
    *, certificate: Certificate, facts: Mapping[str, Any], base: str, check_url: str
) -> dict[str, Any]:
    name, issued = f"urn:uuid:{certificate.uuid}", certificate.issued_at.astimezone(BUSINESS_ZONE)
    subject = f"{name}#subject"
    title = label_in_both(WORDS["title"])
    return {
        "@context": list(CONTEXT),
        "id": name,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"{title['zh']} {title['en']}",
        "issuer": {"id": base, "type": ["Profile"], "name": facts["unit"]["zh"], "url": base},
        "validFrom": _moment(issued),
        "credentialSubject": {
            "id": subject, "type": ["AchievementSubject"],
            "identifier": [
                {"type": "IdentityObject", "hashed": False, "identityHash": facts["name"], "identityType": "name"}
            ],
            "activityStartDate": _moment(_midnight(facts["first"])),
            "activityEndDate": _moment(_midnight(facts["last"]) + timedelta(days=1)),
            "achievement": _achievement(facts, name),
            "result": [
                {"type": ["Result"], "resultDescription": f"{name}#hours", "value": hours_number(facts["minutes"])}
            ],
        },
        "credentialStatus": {"id": check_url, "type": STATUS_TYPE},
        "iss": base, "jti": name, "sub": subject, "nbf": int(issued.timestamp()),
    }  # fmt: skip


def _achievement(facts: Mapping[str, Any], name: str) -> dict[str, Any]:
    title, unit, hours = label_in_both(WORDS["title"]), facts["unit"], label_in_both(WORDS["hours"])
    done = [
        f"{one['zh']} / {one['en']}: {hours_number(one['minutes'])} h" for one in [*facts["contents"], *_listed(facts)]
    ]  # fmt: skip
    optional = [str(facts[key]) for key in ("volunteer_number",) if facts.get(key)]
    optional += [facts["sex"]["zh"]] if "sex" in facts else []
    optional += [team["zh"] for team in facts.get("teams", [])]
    return {
        "id": f"{name}#achievement", "type": ["Achievement"], "achievementType": "CommunityService",
        "name": f"{title['zh']} {title['en']}",
        "description": f"{unit['zh']} / {unit['en']}",
        "criteria": {"narrative": "\n".join([*done, *optional])},
        "resultDescription": [
            {
                "id": f"{name}#hours", "type": ["ResultDescription"], "name": f"{hours['zh']} {hours['en']}",
                "resultType": "Result",
            }
        ],
    }  # fmt: skip


def _listed(facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"zh": f"{one['day']} {one['zh']}", "en": one["en"], "minutes": one["minutes"]}
        for one in facts.get("services", [])
    ]


def _midnight(text: str) -> datetime:
    return datetime.combine(date.fromisoformat(text), time(), BUSINESS_ZONE)


def _moment(at: datetime) -> str:
    return at.replace(microsecond=0).isoformat()

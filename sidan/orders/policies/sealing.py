"""What a private order says, as one text that is encrypted whole: no word of it can be searched for."""

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sealed:
    """The words of a private order that would otherwise stand in the open."""

    need: str
    name: str


def seal(sealed: Sealed) -> str:
    """Return the text to encrypt; never empty, so that a sealed order is told from one without words."""
    return json.dumps({"need": sealed.need, "name": sealed.name}, ensure_ascii=False)


def unseal(text: str) -> Sealed:
    """Read what `seal` wrote; what was erased has no words."""
    told = json.loads(text) if text else {"need": "", "name": ""}
    return Sealed(need=told["need"], name=told["name"])

"""The kinds of notices. Higher apps register theirs in `apps.ready()`; notify knows none of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sidan.core.language import shown
from sidan.core.moments import when_words
from sidan.notify.enums import Topic

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """How a kind of notice reads. `sentence` has %(fact)s; `words` turns codes among the facts into words.

    A name stands among the facts twice, as `team` and `team_en`, and reads in the reader's language.

    What `goes_out` is also sent to who wants its topic; what `is_urgent` does not wait for the morning or for others.
    """

    code: str
    sentence: str | Promise
    icon: str = "bell"
    goes_out: bool = False
    topic: Topic = Topic.OTHER
    is_urgent: bool = False
    words: Callable[[Facts], Facts] | None = None

    def render(self, facts: Facts) -> str:
        """Return the sentence in the active language. A missing fact reads as a dash, never as an error."""
        named = _in_language(facts)
        spoken = self.words(named) if self.words else named
        return str(self.sentence) % _Forgiving(spoken)


class _Forgiving(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "–"


def _in_language(facts: Facts) -> Facts:
    """Say each fact that stands in English as well (`team` and `team_en`) in the reader's language."""
    both = (name for name in facts if f"{name}_en" in facts)
    return {**facts, **{name: shown(str(facts[name]), str(facts[f"{name}_en"])) for name in both}}


def with_when(facts: Facts) -> Facts:
    """Say the moment at which something `begins` in the reader's language, its day as of when it was `told`."""
    try:
        begins, told = (datetime.fromisoformat(str(facts[name])) for name in ("begins", "told"))
    except (KeyError, ValueError):
        return facts
    return {**facts, "when": when_words(begins, now=told)}


class KindTwice(RuntimeError):
    """Two apps claim one kind."""


_kinds: dict[str, NoticeKind] = {}
CODE: Final = "code"
DIGEST: Final = "digest"
"""What stands in the outbox and is no notice: a sign-in code, and several notices in one message."""
UNKNOWN: Final = NoticeKind(code="unknown", sentence=_("There is something new for you."))


def register_kind(kind: NoticeKind) -> NoticeKind:
    """Make a kind known.

    Raises:
        KindTwice: another with the same code is.
    """
    if _kinds.get(kind.code, kind) != kind:
        raise KindTwice(kind.code)
    _kinds[kind.code] = kind
    return kind


def kind_of(code: str) -> NoticeKind:
    """Return a kind; one whose app is gone reads as something new, so that an old inbox stays readable."""
    return _kinds.get(code, UNKNOWN)


def known_kinds() -> list[NoticeKind]:
    """Return all kinds by code."""
    return [_kinds[code] for code in sorted(_kinds)]

"""Reading the trail: only one's own subtree, newest first, with names for the ids."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sidan.audit.models import AuditEntry
from sidan.audit.permissions import reading_grants
from sidan.audit.registry import FactWords, fact_words, looking_verbs, names_of, sentence_of, within
from sidan.core.actor import Actor
from sidan.core.clock import midnight

UNTOLD: Final = frozenset({"turn", "grant", "limit", "photo", "file", "into", "chip", "fields", "sheet"})
"""Facts for programs only: in which order things happened, what a list was filtered by, and rows without a name."""


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What of the trail is wanted. Days are business days, both included."""

    actor_uuid: UUID | None = None
    verb: str = ""
    subject_kind: str = ""
    subject_id: int | None = None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One act in words."""

    uuid: UUID
    at: datetime
    who: str
    who_uuid: UUID | None
    sentence: str
    verb: str
    subject_kind: str
    subject_id: int | None
    place: str
    facts: str
    """As stored, for programs."""
    details: str
    """The same in words."""
    request_id: str


def trail(*, actor: Actor, wanted: TrailFilter) -> QuerySet[AuditEntry]:
    """Return the entries of the subtrees the actor audits, ready for a keyset page by "-id".

    Raises:
        MayNotReadTrail: the actor audits nothing.
    """
    rows = AuditEntry.objects.filter(within(reading_grants(actor=actor))).select_related("actor")
    if wanted.actor_uuid is not None:
        rows = rows.filter(actor__uuid=wanted.actor_uuid)
    if wanted.verb:
        rows = rows.filter(verb=wanted.verb)
    if wanted.subject_kind:
        rows = rows.filter(subject_kind=wanted.subject_kind)
    if wanted.subject_id is not None:
        rows = rows.filter(subject_id=wanted.subject_id)
    if wanted.first_day is not None:
        rows = rows.filter(at__gte=midnight(wanted.first_day))
    if wanted.last_day is not None:
        rows = rows.filter(at__lt=midnight(wanted.last_day + timedelta(days=1)))
    return rows


def told(entries: Sequence[AuditEntry]) -> list[TrailLine]:
    """Return entries in words: one query for each kind of thing among them, however many there are."""
    ids: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        _collect(ids, "account", entry.actor_id)
        _collect(ids, "place", entry.place_id)
        _collect(ids, entry.subject_kind, entry.subject_id)
        for kind, number in _ids_among(entry.facts):
            _collect(ids, kind, number)
    names = {kind: names_of(kind, found) for kind, found in ids.items()}
    return [_line(entry, names) for entry in entries]


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked at what is somebody's own: when, who, and what they were shown."""

    at: datetime
    who: str
    what: str


def who_looked(*, subject: tuple[str, int], limit: int = 50) -> list[Look]:
    """Return who looked at a subject, in whichever app, newest first, by name; two queries, by the index of subjects.

    The caller has checked that the reader may know: a resident reads who looked at their own things (R-Z10).
    """
    kind, number = subject
    verbs = looking_verbs(kind)
    rows = AuditEntry.objects.filter(subject_kind=kind, subject_id=number, verb__in=verbs)
    entries = list(rows.order_by("-id")[:limit])
    names = names_of("account", {entry.actor_id for entry in entries if entry.actor_id})
    return [
        Look(at=entry.at, who=names.get(entry.actor_id or 0, ""), what=str(verbs[entry.verb]))
        for entry in entries
    ]


def has_done(
    *, account_id: int, verb: str, subject: tuple[str, int], since: datetime, until: datetime
) -> bool:
    """Tell whether an account did this to the subject in this time, both ends included; by the index of subjects."""
    kind, number = subject
    return AuditEntry.objects.filter(
        subject_kind=kind, subject_id=number, verb=verb, actor_id=account_id, at__range=(since, until)
    ).exists()


def has_done_lately(
    *,
    account_id: int,
    lasting: Mapping[str, timedelta],
    subject: tuple[str, int],
    since: datetime,
    until: datetime,
) -> bool:
    """Tell whether an account did one of these to the subject until then, and it lasted into this time; one query.

    Args:
        lasting: for how long each verb goes on after it was done.
    """
    kind, number = subject
    done = Q(pk__in=[])
    for verb, span in lasting.items():
        done |= Q(verb=verb, at__range=(since - span, until))
    return AuditEntry.objects.filter(done, subject_kind=kind, subject_id=number, actor_id=account_id).exists()


def last_done_by(*, verbs: Collection[str], subject: tuple[str, int], until: datetime) -> int | None:
    """Return the account that did one of these to the subject last, until a moment; by the index of subjects."""
    kind, number = subject
    rows = AuditEntry.objects.filter(subject_kind=kind, subject_id=number, verb__in=verbs, at__lte=until)
    return rows.order_by("-id").values_list("actor_id", flat=True).first()


def all_done_by(
    *, verb: str, subject: tuple[str, int], since: datetime, until: datetime
) -> QuerySet[AuditEntry, int | None]:
    """Return the ids of the accounts that did this to the subject in this time; by the index of subjects."""
    kind, number = subject
    rows = AuditEntry.objects.filter(
        subject_kind=kind, subject_id=number, verb=verb, actor__isnull=False, at__range=(since, until)
    )
    return rows.values_list("actor_id", flat=True)


def verbs_used(*, actor: Actor) -> Iterable[str]:
    """Return the kinds of act that stand in the own trail's newest thousand entries."""
    newest = trail(actor=actor, wanted=TrailFilter()).order_by("-id").values_list("verb", flat=True)[:1000]
    return sorted(set(newest))


def _collect(ids: dict[str, set[int]], kind: str, number: int | None) -> None:
    if number is not None:
        ids[kind].add(number)


def _ids_among(facts: Mapping[str, object]) -> Iterator[tuple[str, int]]:
    """Yield the ids that stand among the facts, each with the kind of thing it is of."""
    for key, value in facts.items():
        words = fact_words(key)
        if words is not None and words.kind:
            yield from ((words.kind, each) for each in _each(value) if isinstance(each, int))


def _each(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _details(facts: Mapping[str, object], names: Mapping[str, Mapping[int, str]]) -> str:
    """Return the facts in words, without those that only programs understand."""
    return " · ".join(_detail(key, value, names) for key, value in sorted(facts.items()) if key not in UNTOLD)


def _detail(key: str, value: object, names: Mapping[str, Mapping[int, str]]) -> str:
    words = fact_words(key)
    if words is None:
        return f"{key}: {value}"
    said = [_said(words, each, names) for each in _each(value)]
    return _("%(label)s: %(value)s") % {"label": words.label, "value": ", ".join(said)}


def _said(words: FactWords, value: object, names: Mapping[str, Mapping[int, str]]) -> str:
    if words.kind and isinstance(value, int):
        return names.get(words.kind, {}).get(value, str(value))
    return str((words.codes or {}).get(str(value), value))


def _line(entry: AuditEntry, names: Mapping[str, Mapping[int, str]]) -> TrailLine:
    def name(kind: str, number: int | None) -> str:
        return names.get(kind, {}).get(number, "") if number is not None else ""

    subject = name(entry.subject_kind, entry.subject_id)
    return TrailLine(
        uuid=entry.uuid,
        at=entry.at,
        who=name("account", entry.actor_id),
        who_uuid=entry.actor.uuid if entry.actor else None,
        sentence=sentence_of(entry.verb, subject),
        verb=entry.verb,
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        place=name("place", entry.place_id),
        facts=", ".join(f"{key}: {value}" for key, value in sorted(entry.facts.items())),
        details=_details(entry.facts, names),
        request_id=entry.request_id,
    )

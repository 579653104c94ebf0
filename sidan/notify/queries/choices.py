"""What people chose about messages outward."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Max

from sidan.notify.addresses import Recipient
from sidan.notify.enums import Address, DeliveryState, Topic
from sidan.notify.models import Delivery, MessageSettings, Wanted
from sidan.notify.rhythm import DEFAULTS, Rhythm


@dataclass(frozen=True, slots=True)
class Choices:
    """One account's choices; where it chose nothing, the defaults."""

    rhythm: Rhythm = field(default_factory=Rhythm)
    chosen: Mapping[tuple[str, str], bool] = field(default_factory=dict)
    chat: str = ""

    def wants(self, *, topic: str, way: str) -> bool:
        """Tell whether a topic is wanted by a way."""
        return self.chosen.get((topic, way), topic in DEFAULTS[way])


def choices_of(*, account_ids: Sequence[int]) -> dict[int, Choices]:
    """Return the choices of those who made some: two queries, however many are asked for."""
    chosen: dict[int, dict[tuple[str, str], bool]] = {}
    rows = Wanted.objects.filter(account_id__in=account_ids)
    for account_id, topic, way, is_wanted in rows.values_list("account_id", "topic", "way", "is_wanted"):
        chosen.setdefault(account_id, {})[topic, way] = is_wanted
    settings = {row.account_id: row for row in MessageSettings.objects.filter(account_id__in=account_ids)}
    return {
        account_id: Choices(
            rhythm=_rhythm(settings.get(account_id)),
            chosen=chosen.get(account_id, {}),
            chat=settings[account_id].chat if account_id in settings else "",
        )
        for account_id in chosen.keys() | settings.keys()
    }


def _rhythm(row: MessageSettings | None) -> Rhythm:
    if row is None:
        return Rhythm()
    return Rhythm(row.quiet_from, row.quiet_until, timedelta(minutes=row.digest_minutes))


def chat_recipients(*, account_ids: Sequence[int]) -> list[Recipient]:
    """Return the group chats of the active accounts among these."""
    rows = MessageSettings.objects.filter(account_id__in=account_ids, account__is_active=True)
    return [
        Recipient(account_id=account_id, address=chat, language=language)
        for account_id, chat, language in rows.values_list("account_id", "chat", "account__language")
        if chat
    ]


def last_sent_to(*, account_ids: Sequence[int], since: datetime) -> dict[int, datetime]:
    """Return when a notice last left for each of these, within the day before a moment: no window is longer.

    What was given up before it was tried never left.
    """
    rows = Delivery.objects.filter(
        account_id__in=account_ids, at__gt=since - timedelta(days=1), is_urgent=False
    ).exclude(state=DeliveryState.GIVEN_UP, attempts=0)
    latest = rows.values("account_id").annotate(latest=Max("at")).values_list("account_id", "latest")
    return {account_id: at for account_id, at in latest if account_id is not None}


def topics_and_ways(
    *, choices: Choices, ways: Sequence[Address]
) -> list[tuple[Topic, list[tuple[Address, bool]]]]:
    """Return the table of one's settings: each topic with each way and whether it is wanted."""
    return [
        (topic, [(way, choices.wants(topic=topic, way=way)) for way in ways]) for topic in Topic
    ]  # fmt: skip

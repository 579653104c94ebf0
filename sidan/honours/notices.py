"""What is told about certificates, and about stars and titles."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from sidan.honours.models import Award, Certificate, Nominee, Objection, Proposal
from sidan.honours.permissions import GIVING_ROLES
from sidan.honours.words import honour_words
from sidan.notify.enums import Topic
from sidan.notify.kinds import Facts, NoticeKind, register_kind
from sidan.notify.operations import notify
from sidan.people.queries import account_ids_of_persons, accounts_with_roles, leader_accounts_of

SENTENCES: Final = {
    "certificate_issued": _("The office issued a certificate of your service: number %(number)s."),
    "certificate_spoiled": _(
        "A record in your certificate %(number)s was taken back, so it is no longer valid. You can issue a new one."
    ),
}
OF_HONOURS: Final = {
    "honour_noticed": _("Public notice: %(honour)s is to be given, and your name is in the list."),
    "honour_given": _("Congratulations! You have been given: %(honour)s."),
    "honour_taken_out": _("Your name was taken out of the public notice of %(honour)s. Why, you read here."),
    "honour_withdrawn": _("The public notice of %(honour)s was taken off. Why, the office tells you."),
    "honour_taken_back": _("This was taken back: %(honour)s. Why, you read here."),
    "honour_answered": _("The office has answered what you objected to: %(honour)s."),
}
TO_OFFICE: Final = {
    "honour_objected": _("Somebody objects to a name on public notice: %(honour)s. Please look into it."),
    "honour_notice_over": _("A public notice is over: %(honour)s. Please settle it."),
}


def _spoken(facts: Facts) -> Facts:
    return {
        **facts,
        "honour": honour_words(
            kind=str(facts["of"]),
            stars=facts.get("stars"),
            year=facts["year"],
            title=str(facts.get("title", "")),
        ),
    }


def register() -> None:
    """Make the sentences known to the inbox."""
    for code, sentence in SENTENCES.items():
        register_kind(
            NoticeKind(code=code, sentence=sentence, icon="scroll-text", goes_out=True, topic=Topic.MINE)
        )
    for topic, sentences in ((Topic.MINE, OF_HONOURS), (Topic.OFFICE, TO_OFFICE)):
        for code, sentence in sentences.items():
            register_kind(
                NoticeKind(
                    code=code, sentence=sentence, icon="star", goes_out=True, topic=topic, words=_spoken
                )
            )


def tell_person(*, kind: str, certificate: Certificate, at: datetime) -> None:
    """Tell whose certificate it is; of each kind once, however many records are taken back."""
    notify(
        account_ids=account_ids_of_persons(person_ids=[certificate.person_id]), kind=kind,
        facts={"number": certificate.shown_number}, link=f"/my/certificates/{certificate.uuid}/", at=at,
        effect=f"{kind}:{certificate.pk}",
    )  # fmt: skip


def _facts(of: Proposal | Award, *, stars: int | None = None) -> dict[str, Any]:
    title = of.title
    return {
        "of": of.kind, "stars": stars, "year": of.year, "title": title.name if title else "",
        "title_en": title.name_en if title else "",
    }  # fmt: skip


def _accounts(named: Sequence[Nominee | Award]) -> list[int]:
    people = account_ids_of_persons(person_ids=[one.person_id for one in named if one.person_id])
    return people + leader_accounts_of(team_ids=[one.team_id for one in named if one.team_id])


def tell_named(
    *, kind: str, proposal: Proposal, at: datetime, nominees: Sequence[Nominee] | None = None
) -> None:
    """Tell those whose names stand in a list, or some of them; of a team its leader."""
    if nominees is None:
        nominees = list(Nominee.objects.filter(proposal=proposal, out_at=None))
    notify(account_ids=_accounts(nominees), kind=kind, facts=_facts(proposal), link="/my/honours/", at=at)


def tell_given(*, proposal: Proposal, nominees: Sequence[Nominee], at: datetime) -> None:
    """Tell everybody what they were given: all who have the same number of stars at once."""
    for stars in sorted({one.stars or 0 for one in nominees}):
        same = [one for one in nominees if (one.stars or 0) == stars]
        facts = _facts(proposal, stars=stars or None)
        notify(account_ids=_accounts(same), kind="honour_given", facts=facts, link="/my/honours/", at=at)


def tell_taken_back(*, award: Award, at: datetime) -> None:
    """Tell whose star or title it was; of a team its leader."""
    notify(
        account_ids=_accounts([award]), kind="honour_taken_back", facts=_facts(award, stars=award.stars),
        link="/my/honours/", at=at, effect=f"honour_taken_back:{award.pk}",
    )  # fmt: skip


def tell_objector(*, objection: Objection, proposal: Proposal, at: datetime) -> None:
    """Tell who objected that there is an answer."""
    notify(
        account_ids=[objection.by_id], kind="honour_answered", facts=_facts(proposal),
        link=f"/honours/notice/{proposal.uuid}/", at=at,
    )  # fmt: skip


def tell_objected(*, proposal: Proposal, at: datetime) -> None:
    """Tell the office that somebody objects."""
    tell_office(kind="honour_objected", proposal=proposal, at=at)


def tell_office(*, kind: str, proposal: Proposal, at: datetime, effect: str = "") -> None:
    """Tell those of the county's office who give."""
    notify(
        account_ids=accounts_with_roles(place_id=proposal.county_id, roles=GIVING_ROLES), kind=kind,
        facts=_facts(proposal), link=f"/console/honours/{proposal.uuid}/", at=at, effect=effect,
    )  # fmt: skip

"""What staff make of a wish: the wall, an order, a project, or an answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from sidan.catalogue.models import Project
from sidan.catalogue.operations import ProjectText, create_project
from sidan.catalogue.permissions import require_library
from sidan.core.actor import SYSTEM, Actor
from sidan.core.danger import numbers_to_call
from sidan.core.errors import Conflict, FieldProblem, Invalid
from sidan.files.models import StoredFile
from sidan.orders.enums import Channel, ConsentWay, Urgency
from sidan.orders.models import Order
from sidan.orders.operations import Consent, Contact, mark_danger, place_order_for
from sidan.orders.operations import Wish as WishedOrder
from sidan.orders.operations.looking import write_paper_down as write_down_at_orders
from sidan.orders.queries import place_above
from sidan.people.models import Person
from sidan.wishes.enums import WishChannel
from sidan.wishes.models import MOST_ADOPTERS, Wish, WishConsent, WishOrder, WishProject, WishText
from sidan.wishes.notices import tell_adopters, tell_staff, tell_wisher
from sidan.wishes.operations.door import leave_trail, pass_door, require_no_open_order
from sidan.wishes.permissions import NoSuchWish, may_read_words, require_handling
from sidan.wishes.policies import Points, as_read, names_perhaps, pointing_at_somebody


class PersonalSentence(Invalid):
    code = "personal_sentence"
    sentence = _(
        "The sentence on the wall must not hold a name, a telephone or an address: everybody reads it. "
        "Please take out: %(found)s."
    )


FOUND_WORDS: Final = {
    Points.NUMBER: _("the number “%(words)s”"),
    Points.ACCOUNT: _("the account “%(words)s”"),
    Points.DOOR: _("the house or group “%(words)s”"),
    Points.NAME: _("the name “%(words)s”"),
}

CAME_BY: Final[dict[str, Channel]] = {
    WishChannel.PORTAL: Channel.PORTAL,
    WishChannel.API: Channel.API,
    WishChannel.ON_BEHALF: Channel.ON_BEHALF,
}


class SentenceNotRead(Invalid):
    """Nobody has confirmed yet what hangs on the wall, or the sentence was changed since."""

    code = "sentence_not_read"
    sentence = _(
        "Please read it as it will hang on the wall, and confirm that nobody can be recognised by it."
    )

    def __init__(self, *, texts: Sequence[str]) -> None:
        self.preview = as_read(texts)
        self.suspected = [words for text in texts for words in names_perhaps(text)]
        detail = str(self.sentence)
        if self.suspected:
            named = pgettext("between names", ", ").join(f"“{words}”" for words in self.suspected)
            detail = f"{detail} {_('Could this be a name: %(words)s?') % {'words': named}}"
        super().__init__(errors=[FieldProblem("/confirmed", detail)])


class WishHasAdopters(Conflict):
    code = "wish_is_adopted"
    sentence = _("Somebody has adopted this wish. Let them release it first.")


def publish_wish(
    *, actor: Actor, at: datetime, wish: Wish, sentence: str, sentence_en: str = "", takes: int = 1, read: str
) -> Wish:
    """Put a wish onto the wall under a sentence that tells nobody who it is.

    Args:
        read: what somebody read and confirmed to be nothing personal, as `as_read` shows it.

    Raises:
        NotYourWishesDesk, WishMovedOn
        PersonalSentence: it holds the wisher's name or a number.
        SentenceNotRead: `read` is not what would hang there.
        Invalid: it takes fewer than one adopter or too many.
    """
    require_handling(actor=actor, wish=wish)
    require_impersonal(wish=wish, texts=[sentence, sentence_en])
    if not 1 <= takes <= MOST_ADOPTERS or not sentence.strip():
        raise Invalid
    require_read(texts=[sentence, sentence_en], read=read)
    with transaction.atomic():
        wish.sentence, wish.sentence_en, wish.takes = sentence, sentence_en, takes
        wish.save(update_fields=["sentence", "sentence_en", "takes", "search"])
        pass_door(wish=wish, actor=actor, at=at, verb="publish")
        tell_wisher(kind="wish_published", wish=wish, at=at)
    return wish


def require_impersonal(*, wish: Wish, texts: list[str]) -> None:
    """Refuse a public text in which something points at one person, and say what. Raises PersonalSentence."""
    contact = WishText.objects.filter(wish=wish).values_list("contact_name", flat=True).first()
    names = [name for name in (wish.wisher.name, str(contact or "")) if len(name) > 1]
    found = dict.fromkeys(one for text in texts for one in pointing_at_somebody(text, names=names))
    if found:
        words = [str(FOUND_WORDS[one.points]) % {"words": one.words} for one in found]
        told = pgettext("between names", ", ").join(words)
        detail = PersonalSentence.sentence % {"found": told}
        raise PersonalSentence(found=told, errors=[FieldProblem("/sentence", detail)])


def require_read(*, texts: Sequence[str], read: str) -> None:
    """Refuse public texts that nobody has confirmed as they are. Raises SentenceNotRead."""
    if read != as_read(texts):
        raise SentenceNotRead(texts=texts)


def take_down_wish(*, actor: Actor, at: datetime, wish: Wish, words: str = "") -> Wish:
    """Take a wish off the wall again. Raises NotYourWishesDesk, WishMovedOn, WishHasAdopters."""
    require_handling(actor=actor, wish=wish)
    with transaction.atomic():
        pass_door(wish=wish, actor=actor, at=at, verb="take_down", words=words)
        if wish.adoptions.filter(released_at=None).exists():
            raise WishHasAdopters
    return wish


def order_for_wish(*, actor: Actor, at: datetime, wish: Wish, wanted: WishedOrder) -> Order:
    """Turn a wish into an order for the wisher; may be done several times.

    The order came to us as the wish did: what residents wished themselves is not counted as on behalf. Where the wish
    speaks of danger to life the order is marked as one, with the numbers to call, whatever the team is told.

    Raises:
        NotYourWishesDesk, WishMovedOn; and all that `orders.place_order_for` raises.
    """
    require_handling(actor=actor, wish=wish)
    person = Person.unscoped.get(pk=wish.wisher_id)
    with transaction.atomic():
        pass_door(wish=wish, actor=actor, at=at, verb="order")
        order = place_order_for(
            actor=actor, at=at, wish=_as_pressing(wanted, wish), person=person, consent=_consent_of(wish),
            channel=CAME_BY[wish.channel],
        )  # fmt: skip
        if wish.urgency == Urgency.DANGER:
            mark_danger(actor=actor, at=at, order=order, numbers=_numbers(wish))
        WishOrder.objects.create(wish=wish, order=order)
        tell_wisher(kind="wish_in_hand", wish=wish, at=at)
        tell_adopters(kind="wish_in_hand", wish=wish, at=at)
    return order


def _as_pressing(wanted: WishedOrder, wish: Wish) -> WishedOrder:
    """Return what is wanted, as a danger to life where the words of the wish speak of one."""
    return replace(wanted, urgency=Urgency.DANGER) if wish.urgency == Urgency.DANGER else wanted


def _numbers(wish: Wish) -> tuple[str, ...]:
    """Return whom to call by the words of the wish, which the order does not hold."""
    return numbers_to_call(
        str(WishText.objects.filter(wish=wish).values_list("words", flat=True).first() or "")
    )


def _consent_of(wish: Wish) -> Consent:
    """Return the yes behind an order of this wish: what was kept when staff wrote it down, else one's own wish."""
    told = WishConsent.objects.filter(wish=wish).select_related("paper").first()
    return Consent(way=told.way, paper=told.paper) if told else Consent(way=ConsentWay.OWN_WISH)


def contact_of(*, wish: Wish) -> Contact:
    """Return the contact that the wisher named for this wish; the rest comes from their file."""
    told = WishText.objects.filter(wish=wish).first()
    if told is None:
        return Contact()
    return Contact(name=str(told.contact_name), phone=str(told.contact_phone))


def draft_project(*, actor: Actor, at: datetime, wish: Wish, text: ProjectText) -> Project:
    """Draft a new project for the library because of a wish.

    Raises:
        NotYourWishesDesk, WishMovedOn; and all that `catalogue.create_project` raises.
    """
    require_handling(actor=actor, wish=wish)
    # Asked before the door, although the library asks again: who may not leaves nothing behind.
    require_library(actor=actor, team=text.team, place=wish.place)
    with transaction.atomic():
        pass_door(wish=wish, actor=actor, at=at, verb="draft")
        project = create_project(actor=actor, at=at, place=wish.place, text=text)
        WishProject.objects.create(wish=wish, project=project)
        tell_wisher(kind="wish_in_hand", wish=wish, at=at)
        tell_adopters(kind="wish_in_hand", wish=wish, at=at)
    return project


def answer_wish(*, actor: Actor, at: datetime, wish: Wish, words: str) -> Wish:
    """Answer why it cannot be; the wisher reads the words.

    Raises:
        NotYourWishesDesk, WishMovedOn, WishHasAdopters, WishHasOpenOrder
    """
    require_handling(actor=actor, wish=wish)
    with transaction.atomic():
        pass_door(wish=wish, actor=actor, at=at, verb="answer", words=words)
        if wish.adoptions.filter(released_at=None).exists():
            raise WishHasAdopters
        require_no_open_order(wish=wish)
        tell_wisher(kind="wish_answered", wish=wish, at=at)
    return wish


def look_at_words(*, actor: Actor, at: datetime, wish: Wish) -> Person:
    """Return the wisher with their telephone, and record who looked. Raises NoSuchWish."""
    if not may_read_words(actor=actor, wish=wish):
        raise NoSuchWish
    with transaction.atomic():
        leave_trail(wish=wish, actor=actor, at=at, verb="look")
        return Person.unscoped.get(pk=wish.wisher_id)


def write_paper_down(actor: Actor, file: StoredFile, at: datetime) -> None:
    """Record who looked at a signed paper, with the wish and with the orders made of it."""
    for told in WishConsent.objects.filter(paper=file).select_related("wish"):
        if told.wish.wisher_id != actor.person_id:
            leave_trail(wish=told.wish, actor=actor, at=at, verb="look_paper")
    write_down_at_orders(actor, file, at)


class NobodyAboveAnswers(Conflict):
    code = "nobody_above_answers"
    sentence = _("There is no place above %(place)s that answers wishes.")


def pass_up_wish(*, at: datetime, wish: Wish) -> Wish:
    """Let the next place above answer a wish that nobody answered in time; the wisher is told. For the clocks.

    Raises:
        NobodyAboveAnswers, WishMovedOn
    """
    above = place_above(place=wish.holder)
    if above is None:
        raise NobodyAboveAnswers(place=wish.holder.short_name)
    with transaction.atomic():
        wish.holder = above
        wish.save(update_fields=["holder"])
        pass_door(wish=wish, actor=SYSTEM, at=at, verb="pass_up")
        told = {"holder": above.short_name, "holder_en": above.name_en}
        tell_staff(kind="wish_passed_up", wish=wish, at=at, facts=told)
        tell_wisher(kind="wish_passed_up_to_wisher", wish=wish, at=at, facts=told)
    return wish

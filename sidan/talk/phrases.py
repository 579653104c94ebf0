"""Sentences to send with a tap, as every county begins with them; its own of a side and step take their place.

A code is kept with what was sent by it and is never given to another sentence: whoever reads such a message reads it
in their own language. None has values to fill in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sidan.talk.enums import Side


@dataclass(frozen=True, slots=True)
class Sentence:
    """What can be sent with a tap, and by which code it is remembered."""

    code: str
    words: str | Promise


Sentences = tuple[Sentence, ...]
ALWAYS: Final = ""
_THANKS: Final = Sentence("thanks", _("Thank you."))
SENTENCES: Final[Mapping[tuple[str, str], Sentences]] = {
    (Side.RESIDENT, "submitted"): (Sentence("call_first", _("Please call me before you decide.")),),
    (Side.RESIDENT, "admitted"): (
        Sentence("no_hurry", _("There is no hurry.")), Sentence("hurry", _("It is urgent now.")),
    ),
    (Side.RESIDENT, "dispatched"): (Sentence("any_team", _("Any team is fine with me.")),),
    (Side.RESIDENT, "accepted"): (
        Sentence("any_time", _("Any time suits me.")), Sentence("mornings", _("Mornings, please.")),
        Sentence("afternoons", _("Afternoons, please.")),
    ),
    (Side.RESIDENT, "scheduled"): (
        Sentence("at_home", _("I am at home then.")),
        Sentence("another_time", _("I cannot make it then. Another time, please.")),
    ),
    (Side.RESIDENT, "under_way"): (Sentence("somebody_here", _("Somebody is at home. Please knock.")),),
    (Side.RESIDENT, "done"): (Sentence("left_behind", _("Something was left behind at my place.")),),
    (Side.RESIDENT, "failed"): (Sentence("still_wanted", _("I still need it.")),),
    (Side.RESIDENT, "reopened"): (Sentence("still_waiting", _("I am still waiting for it.")),),
    (Side.RESIDENT, ALWAYS): (_THANKS, Sentence("call_me", _("Please call me."))),
    (Side.TEAM, "accepted"): (
        Sentence("taken", _("We have taken your order and will call you today.")),
        Sentence("when", _("When does it suit you?")),
    ),
    (Side.TEAM, "scheduled"): (
        Sentence("on_our_way", _("We are on our way.")),
        Sentence("late", _("We will be half an hour late. Sorry!")),
    ),
    (Side.TEAM, "under_way"): (Sentence("at_the_door", _("We are at the door.")),),
    (Side.TEAM, "done"): (Sentence("how_was_it", _("It is done. Please say how it was.")),),
    (Side.TEAM, ALWAYS): (_THANKS, Sentence("look_at_the_time", _("Please look at the time once more."))),
    (Side.OFFICE, "submitted"): (
        Sentence("will_answer", _("We have your order and will answer soon.")),
        Sentence("tell_more", _("Please tell us a little more.")),
    ),
    (Side.OFFICE, "admitted"): (Sentence("looking", _("We are looking for a team.")),),
    (Side.OFFICE, "dispatched"): (Sentence("team_asked", _("We have asked a team and wait for its answer.")),),
    (Side.OFFICE, "accepted"): (Sentence("team_calls", _("The team will call to agree on a time.")),),
    (Side.OFFICE, "scheduled"): (Sentence("keep_the_time", _("Please keep to the time that was agreed.")),),
    (Side.OFFICE, "under_way"): (Sentence("how_goes_it", _("How is it going?")),),
    (Side.OFFICE, "done"): (Sentence("please_review", _("Please say in the review how it was.")),),
    (Side.OFFICE, "failed"): (Sentence("another_team", _("We will look for another team.")),),
    (Side.OFFICE, "reopened"): (Sentence("opened_again", _("We have taken it up again and are looking for a team.")),),
    (Side.OFFICE, ALWAYS): (
        Sentence("all_well", _("Is everything well?")),
        Sentence("call_resident", _("Please call the resident.")),
    ),
}  # fmt: skip
_BY_CODE: Final = {one.code: one for sentences in SENTENCES.values() for one in sentences}


def begun_with(*, side: str, step: str) -> Sentences:
    """Return the sentences for one side at one step: a state of an order, or always."""
    return SENTENCES.get((side, step), ())


def in_readers_language(*, code: str, written: str) -> str:
    """Return the sentence of a code as its reader reads it; what was written where there is none such any more."""
    sentence = _BY_CODE.get(code)
    return str(sentence.words) if sentence else written


def reads_so(*, code: str, words: str) -> bool:
    """Tell whether words are the sentence of a code, in any of the languages."""
    sentence = _BY_CODE.get(code)
    return sentence is not None and words in {
        _in(language, sentence) for language, _name in settings.LANGUAGES
    }


def _in(language: str, sentence: Sentence) -> str:
    with override(language):
        return str(sentence.words)

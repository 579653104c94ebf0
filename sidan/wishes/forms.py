"""What people and staff enter about wishes."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sidan.catalogue.queries import MenuCard, category_tree
from sidan.core.errors import Invalid
from sidan.core.inputs import CleanCharField
from sidan.core.phones import normalise_phone
from sidan.orders.consenting import ConsentForm
from sidan.orders.hearing import HearingForm
from sidan.people.models import Team
from sidan.wishes.enums import ForWhom
from sidan.wishes.models import MOST_ADOPTERS, Adoption
from sidan.wishes.operations import SentenceNotRead

LOCAL_MOMENT: Final = "%Y-%m-%dT%H:%M"


class WishForm(HearingForm):
    """A wish in one's own words."""

    words = CleanCharField(
        label=_("What do you wish for?"), max_length=500, lines="many",
        help_text=_("Something small that somebody could make come true. Only the office reads these words."),
    )  # fmt: skip
    for_whom = forms.ChoiceField(
        label=_("For whom?"), choices=ForWhom.choices, widget=forms.RadioSelect(attrs={"class": "chips"})
    )
    wished_by = forms.DateField(
        label=_("By when?"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    contact_name = CleanCharField(label=_("Whom may we ask for?"), max_length=60, required=False)
    contact_phone = CleanCharField(
        label=_("Telephone"), max_length=30, required=False, help_text=_("Leave empty for the one we know.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hear_while_typing("words")
        self.fields["contact_phone"].widget.attrs |= {"inputmode": "tel", "autocomplete": "tel"}

    def clean_contact_phone(self) -> str:
        """Return the digits of a number that can be called, if one was given."""
        typed = str(self.cleaned_data["contact_phone"])
        try:
            return normalise_phone(typed) if typed else ""
        except Invalid as bad:
            raise ValidationError(str(bad)) from bad


class WishForForm(ConsentForm, WishForm):
    """A wish that a resident told, and how they agreed that it is written down."""

    is_of_staff = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        consent = self.fields["consent"]
        consent.label = _("How did they agree that you write this down for them?")
        consent.error_messages["required"] = _("Please say how the resident agreed.")


class AdoptForm(forms.Form):
    """As whom one adopts: as oneself, or for a team one leads."""

    team = forms.UUIDField(label=_("Adopt as"), required=False)

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Myself")), *((str(team.uuid), team.shown_name) for team in teams)]
        self.fields["team"].widget = forms.Select(choices=choices)
        if not teams:
            del self.fields["team"]


class WordsForm(forms.Form):
    """A word beside an act."""

    words = CleanCharField(label=_("A word about it"), max_length=300, lines="many", required=False)


class ReleaseForm(WordsForm):
    """Whose adoption staff give back, and a word about it."""

    adoption = forms.UUIDField(label=_("Whose adoption?"), required=False)
    field_order = ("adoption", "words")

    def __init__(self, *args: Any, adoptions: list[Adoption], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.uuid), one.shown_name) for one in adoptions]
        if len(choices) > 1:
            choices = [("", str(_("Please choose"))), *choices]
        self.fields["adoption"].widget = forms.Select(choices=choices)


class AnswerForm(forms.Form):
    """Why it cannot be."""

    words = CleanCharField(
        label=_("Your answer"), max_length=500, lines="many",
        help_text=_("The person who wished reads this: say why, and where else they may ask."),
    )  # fmt: skip


class PublicForm(forms.Form):
    """Words for the wall: shown once more, to be confirmed as they are."""

    preview: str = ""
    suspected: Sequence[str] = ()

    def clean(self) -> dict[str, Any]:
        """Add what was read on the page before, as it stood there."""
        return {**(super().clean() or {}), "read": self.data.get("confirmed", "")}

    def ask(self, unread: SentenceNotRead) -> None:
        """Show what would hang there, and the words of it that could be a name."""
        self.preview, self.suspected = unread.preview, unread.suspected

    def ask_again(self) -> None:
        """Show what was read already: something else is missing."""
        self.preview = self.data.get("confirmed", "")


class PublishForm(PublicForm):
    """The sentence on the wall."""

    sentence = CleanCharField(
        label=_("Sentence on the wall"), max_length=80,
        help_text=_("Everybody reads it: no name, telephone or address. For example: a child wishes for a dictionary."),
    )  # fmt: skip
    sentence_en = CleanCharField(label=_("The same in English"), max_length=160, required=False)
    takes = forms.IntegerField(
        label=_("How many may adopt it?"), min_value=1, max_value=MOST_ADOPTERS, initial=1
    )


class OrderForm(forms.Form):
    """A service for the wisher, and when."""

    service = forms.UUIDField(label=_("Service"))
    wished_from = forms.DateTimeField(
        label=_("Day and time"),
        widget=forms.DateTimeInput(format=LOCAL_MOMENT, attrs={"type": "datetime-local"}),
    )
    need = CleanCharField(label=_("What the team should know"), max_length=500, lines="many", required=False)

    def __init__(self, *args: Any, services: list[MenuCard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(card.uuid), f"{card.title} · {card.team}") for card in services]
        self.fields["service"].widget = forms.Select(choices=choices)


class ProjectForm(forms.Form):
    """A new service for the library, as a draft."""

    title = CleanCharField(label=_("Name of the new service"), max_length=60)
    category = forms.ChoiceField(label=_("Kind of service"))
    team = forms.UUIDField(label=_("Team"))
    summary = CleanCharField(label=_("What is done"), max_length=500, lines="many", required=False)

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {team.uuid: team for team in teams}
        category: Any = self.fields["category"]
        category.choices = [
            (node.category.code, "　" * node.depth + node.category.shown_name) for node in category_tree()
        ]
        choices = [(str(team.uuid), f"{team.shown_name} · {team.place.shown_short}") for team in teams]
        self.fields["team"].widget = forms.Select(choices=choices)

    def clean_team(self) -> Team:
        team = self.teams.get(self.cleaned_data["team"])
        if team is None:
            raise ValidationError(_("Please choose one of the list."))
        return team


class FulfilForm(forms.Form):
    """How it came true."""

    words = CleanCharField(
        label=_("How did it come true?"), max_length=500, lines="many", required=False,
        help_text=_("The office reads this and may write a sentence of it for the wall."),
    )  # fmt: skip
    photo = forms.FileField(
        label=_("Picture"), required=False,
        help_text=_(
            "Please ask before you take a picture of somebody. A picture of the thing is often better. "
            "Everybody sees it only if the office hangs it up, with the consent of who is on it."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/*"}),
    )  # fmt: skip


class ShareForm(forms.Form):
    """What one of several adopters did."""

    words = CleanCharField(
        label=_("What did you bring or do?"), max_length=300, lines="many", required=False,
        help_text=_("The person and the office read this."),
    )  # fmt: skip


class ThanksForm(PublicForm):
    """The sentence on the wall about a wish that came true, and whether its picture may hang there."""

    thanks = CleanCharField(
        label=_("Sentence of thanks on the wall"), max_length=120, help_text=_("No name, no telephone, no address.")
    )  # fmt: skip
    agreed = forms.BooleanField(
        required=False,
        label=_("Everybody on the picture has agreed that all may see it; for a child, the parents have."),
    )
    """Asked for where the picture hangs there too."""

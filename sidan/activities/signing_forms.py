"""What people enter who sign up, and staff about posts and who comes."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.activities.enums import MOST_SEATS, OLDEST, Entry, PostRole
from sidan.activities.models import EntryRules, Post
from sidan.activities.operations import Answers, PostPlan
from sidan.core.inputs import CleanCharField
from sidan.people.enums import Skill

MOMENT: Final = "%Y-%m-%dT%H:%M"


class EnrolForm(forms.Form):
    """Who comes, and what the activity asks of them."""

    who = forms.ChoiceField(
        label=_("Who comes?"), initial="self", widget=forms.RadioSelect(attrs={"class": "chips"}),
        choices=[("self", _("I do")), ("family", _("Somebody of my family"))],
    )  # fmt: skip
    name = CleanCharField(
        label=_("Name of who comes"), max_length=60, required=False,
        help_text=_("Only where it is somebody of your family. Messages come to you."),
    )  # fmt: skip
    age = forms.IntegerField(
        label=_("How old?"), min_value=0, max_value=OLDEST, required=False,
        help_text=_("It is compared and not kept."),
    )  # fmt: skip
    code = CleanCharField(label=_("Code"), max_length=20, required=False)
    words = CleanCharField(
        label=_("What should the place know?"), max_length=200, lines="many", required=False,
        help_text=_("Only you and the place read this."),
    )  # fmt: skip

    def __init__(self, *args: Any, post: Post, rules: EntryRules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not post.activity.ages_for(post.role).are_said:
            del self.fields["age"]
        if rules.entry != Entry.CODE:
            del self.fields["code"]
        self.fields["words"].widget.attrs |= {"rows": 2}

    def clean(self) -> dict[str, Any]:
        """Ask for the name of who is signed up by another."""
        data = super().clean() or self.cleaned_data
        if data.get("who") == "family" and not data.get("name"):
            self.add_error("name", forms.ValidationError(_("Please say who comes.")))
        return data

    @property
    def relative(self) -> str:
        """The name of who of the family comes; nothing for oneself."""
        return self.cleaned_data["name"] if self.cleaned_data["who"] == "family" else ""

    def answers(self) -> Answers:
        """Return what a valid form holds as operations take it."""
        data = self.cleaned_data
        return Answers(age=data.get("age"), code=data.get("code", ""), words=data["words"])


class PostForm(forms.Form):
    """What people sign up for."""

    role = forms.ChoiceField(
        label=_("What for?"), choices=PostRole.choices, initial=PostRole.AUDIENCE,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )  # fmt: skip
    name = CleanCharField(
        label=pgettext_lazy("of a post", "Name"), max_length=40,
        help_text=_("As people read it: “Listeners”, “Cutting hair”."),
    )  # fmt: skip
    name_en = CleanCharField(label=_("The same in English"), max_length=80, required=False)
    places = forms.IntegerField(
        label=_("How many places"), min_value=1, max_value=MOST_SEATS, required=False,
        help_text=_("Empty: for whoever comes. Those who help are always counted."),
    )  # fmt: skip
    skill = forms.ChoiceField(
        label=_("What whoever helps must know"), required=False,
        choices=[("", pgettext_lazy("skill", "Nothing special")), *Skill.choices],
    )  # fmt: skip

    @staticmethod
    def of(typed: dict[str, Any]) -> PostPlan:
        """Return what a valid form holds as operations take it."""
        return PostPlan(**typed)

    @staticmethod
    def known(post: Post) -> dict[str, Any]:
        """Return what stands in the form for a post that is there already."""
        return {name: getattr(post, name) for name in ("role", "name", "name_en", "places", "skill")}


def _moment_field(label: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label, required=False, input_formats=[MOMENT], help_text=_("Empty: until it begins."),
        widget=forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local"}),
    )  # fmt: skip


class EntryForm(forms.Form):
    """Who may sign up, and until when."""

    entry = forms.ChoiceField(
        label=_("Who may sign up"), choices=Entry.choices, widget=forms.RadioSelect(attrs={"class": "chips"})
    )
    code = CleanCharField(
        label=_("Code"), max_length=20, required=False, help_text=_("Only where a code is needed.")
    )
    signup_until = _moment_field(_("Sign up until"))
    signoff_until = _moment_field(_("Sign off until"))

    @staticmethod
    def known(rules: EntryRules) -> dict[str, Any]:
        """Return what stands in the form now."""
        return {name: getattr(rules, name) for name in ("entry", "code", "signup_until", "signoff_until")}


class _PostChoice(forms.Form):
    """One of the posts of an activity."""

    post = forms.ChoiceField(label=_("Post"))

    def __init__(self, *args: Any, posts: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._posts = {str(post.uuid): post for post in posts}
        field = self.fields["post"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(uuid, post.shown_name) for uuid, post in self._posts.items()]

    def clean_post(self) -> Post:
        """Return the post that was chosen."""
        return self._posts[self.cleaned_data["post"]]


class AddForm(_PostChoice):
    """Writing down who called or came by."""

    words = CleanCharField(
        label=_("What should be known?"), max_length=200, lines="many", required=False,
        help_text=_("The person reads this too."),
    )  # fmt: skip


class ShiftForm(_PostChoice):
    """Another post of the same activity."""


class WhyForm(forms.Form):
    """Why; the person reads it."""

    words = CleanCharField(
        label=pgettext_lazy("of who signed up", "Why?"), max_length=200, lines="many",
        help_text=_("The person reads this."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].widget.attrs |= {"rows": 2}


class WordsForm(WhyForm):
    """The same where it need not be said."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = False


class AnswerForm(forms.Form):
    """What whoever is said not to have been there answers."""

    words = CleanCharField(
        label=_("What do you say to that?"), max_length=200, lines="many", help_text=_("The place reads this.")
    )  # fmt: skip


class SignoffForm(forms.Form):
    """Signing off, with a word or without."""

    words = CleanCharField(
        label=_("Why can you not come?"), max_length=200, lines="many", required=False,
        help_text=_("You need not say. Only the place reads this."),
    )  # fmt: skip

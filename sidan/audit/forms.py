"""The filters of the trail."""

from django import forms

from sidan.audit.queries import TrailFilter
from sidan.core.inputs import DaysForm


class TrailSearch(DaysForm):
    """What of the trail is wanted."""

    verb = forms.RegexField(r"^[\w.]*$", max_length=60, required=False)
    who = forms.UUIDField(required=False)
    kind = forms.RegexField(r"^\w*$", max_length=40, required=False)
    subject = forms.IntegerField(min_value=0, max_value=2**63 - 1, required=False)

    def wanted(self) -> TrailFilter:
        """Return what queries take."""
        data = self.cleaned_data
        return TrailFilter(
            actor_uuid=data["who"],
            verb=data["verb"],
            subject_kind=data["kind"],
            subject_id=data["subject"],
            first_day=data["first"],
            last_day=data["last"],
        )

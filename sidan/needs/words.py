"""How needs and surveys read."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sidan.core.badges import StateLook
from sidan.needs.enums import NeedState, SurveyState

NEED_LOOKS: Final[Mapping[str, StateLook]] = {
    NeedState.NOTED.value: StateLook(NeedState.NOTED.label, icon="clock", tone="waiting"),
    NeedState.TRACED.value: StateLook(NeedState.TRACED.label, icon="circle-check", tone="done"),
}
SURVEY_LOOKS: Final[Mapping[str, StateLook]] = {
    SurveyState.DRAFT.value: StateLook(SurveyState.DRAFT.label, icon="clock", tone="waiting"),
    SurveyState.OPEN.value: StateLook(SurveyState.OPEN.label, icon="megaphone", tone="moving"),
    SurveyState.CLOSED.value: StateLook(SurveyState.CLOSED.label, icon="circle-check", tone="done"),
}
TRAIL: Final[dict[str, str | Promise]] = {
    "needs.surveys_exported": _("took the list of surveys along as a table"),
    "survey.draft": _("drafted the survey %(subject)s"),
    "survey.open": _("opened the survey %(subject)s"),
    "survey.look": _("looked at numbers in an answer to the survey %(subject)s"),
    "survey.close": _("closed the survey %(subject)s"),
    "survey.answer": _("entered an answer to the survey %(subject)s"),
    "need.note": _("wrote down the need %(subject)s"),
    "need.kind": _("said of which kind the need %(subject)s is"),
    "need.look": _("looked at numbers in the note of the need %(subject)s"),
    "need.merge": _("counted the need %(subject)s with another"),
    "need.part": _("counted the need %(subject)s by itself again"),
    "need.trace": _("wrote down what came of the need %(subject)s"),
    "need.untrace": _("took a wrong link of the need %(subject)s back"),
    "needs.exported": _("took the list of needs along as a table"),
}

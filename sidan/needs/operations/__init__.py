"""Every write of surveys and needs."""

from sidan.needs.operations.joining import (
    MergedAlready,
    NotAlike,
    merge_need,
    part_need,
)
from sidan.needs.operations.looking import look_at_note, look_at_sheet
from sidan.needs.operations.needs import (
    KindSaidAlready,
    NeedAlready,
    NewNeed,
    NotOfThisOrder,
    SurveyStillOpen,
    note_need,
    say_kind,
)
from sidan.needs.operations.surveys import (
    AnswerDoesNotFit,
    ElsewhereAnswered,
    QuestionsUnclear,
    SurveyMovedOn,
    TooManySheets,
    answer_survey,
    calls_for_answer,
    close_survey,
    draft_survey,
    enter_answer,
    open_survey,
)
from sidan.needs.operations.tracing import (
    NothingTold,
    PrivateOrder,
    TracedAlready,
    answer_need,
    trace_to_order,
    trace_to_project,
)

__all__ = [
    "AnswerDoesNotFit",
    "ElsewhereAnswered",
    "KindSaidAlready",
    "MergedAlready",
    "NeedAlready",
    "NewNeed",
    "NotAlike",
    "NotOfThisOrder",
    "NothingTold",
    "PrivateOrder",
    "QuestionsUnclear",
    "SurveyMovedOn",
    "SurveyStillOpen",
    "TooManySheets",
    "TracedAlready",
    "answer_need",
    "answer_survey",
    "calls_for_answer",
    "close_survey",
    "draft_survey",
    "enter_answer",
    "look_at_note",
    "look_at_sheet",
    "merge_need",
    "note_need",
    "open_survey",
    "part_need",
    "say_kind",
    "trace_to_order",
    "trace_to_project",
]

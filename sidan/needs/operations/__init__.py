"""Every write of surveys and needs."""

from sidan.needs.operations.needs import (
    MergedAlready,
    NewNeed,
    NotAlike,
    NothingTold,
    TracedAlready,
    answer_need,
    merge_need,
    note_need,
    part_need,
    trace_to_order,
    trace_to_project,
)
from sidan.needs.operations.surveys import (
    AnswerDoesNotFit,
    QuestionsUnclear,
    SurveyMovedOn,
    answer_survey,
    close_survey,
    draft_survey,
    enter_answer,
    open_survey,
)

__all__ = [
    "AnswerDoesNotFit",
    "MergedAlready",
    "NewNeed",
    "NotAlike",
    "NothingTold",
    "QuestionsUnclear",
    "SurveyMovedOn",
    "TracedAlready",
    "answer_need",
    "answer_survey",
    "close_survey",
    "draft_survey",
    "enter_answer",
    "merge_need",
    "note_need",
    "open_survey",
    "part_need",
    "trace_to_order",
    "trace_to_project",
]

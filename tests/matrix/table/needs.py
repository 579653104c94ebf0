"""Surveys and needs."""

from typing import Final

from tests.matrix.lines import ALL, ENTERERS, HANDLERS, MALLORY, OFFICES, OURS, Line, get, post

DECIDE = HANDLERS | {"practitioner"}
SURVEY = {"place": "@chengbei", "title": "问问大家", "text": "您需要什么？\n- 理发\n- 维修"}
NEED = {
    "place": "@chengbei",
    "title": "想有人修家电",
    "source": "visit",
    "voices": "1",
    "category": "",
    "words": "",
}
SHEET = {"q0": "理发"}
ELSEWHERE = frozenset({"supervisor"}) | MALLORY

LINES: Final[tuple[Line, ...]] = (
    get("needs:sheet", ALL, uuid="survey"),
    post("needs:sheet", ALL, SHEET, uuid="survey"),
    get("needs:thanks", ALL, uuid="survey"),
    get("needs:desk", OFFICES),
    get("needs:export", OFFICES, leaves="rows"),
    get("needs:new", OFFICES),
    post("needs:new", ENTERERS, NEED, told=ELSEWHERE),
    get("needs:surveys", OFFICES),
    get("needs:new_survey", OFFICES),
    post("needs:new_survey", DECIDE, SURVEY, told=ELSEWHERE),
    get("needs:survey", OURS, uuid="survey"),
    post("needs:open_survey", DECIDE, uuid="draft_survey"),
    post("needs:close_survey", DECIDE, uuid="survey"),
    get("needs:enter_answer", OURS, uuid="survey"),
    post(
        "needs:enter_answer",
        ENTERERS,
        {**SHEET, "place": "@chengbei", "source": "visit"},
        told=frozenset({"supervisor"}),
        uuid="survey",
    ),
    get("needs:paper", OURS, uuid="survey"),
    get("needs:need", OURS, uuid="need"),
    post("needs:merge", DECIDE, {"into": "@other_need"}, uuid="need"),
    post("needs:part", DECIDE, uuid="merged_need"),
    post("needs:trace", DECIDE, {"answer": "下月起有人来修"}, uuid="need"),
)

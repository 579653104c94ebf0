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
API = "/api/v1/needs"
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
    get("needs:export_surveys", OFFICES, leaves="rows"),
    get("needs:offline", ALL),
    get("needs:offline_worker", ALL),
    get("needs:offline_sheets", OFFICES),
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
    get("needs:heard", OURS, ask={"of": "0.0"}, uuid="closed_survey"),
    post(
        "needs:heard",
        ENTERERS,
        {"place": "@chengbei", "title": "想理发", "voices": "1", "category": "", "words": ""},
        told=frozenset({"supervisor"}),
        query="of",
        uuid="closed_survey",
    ),
    get("needs:need", OURS, uuid="need"),
    post("needs:look", ENTERERS, uuid="need"),
    post("needs:look_at_sheet", ENTERERS, {"sheet": "@sheet"}, uuid="survey"),
    post("needs:kind", DECIDE, {"category": "hair"}, uuid="need"),
    post("needs:merge", DECIDE, {"into": "@other_need"}, uuid="need"),
    post("needs:part", DECIDE, uuid="merged_need"),
    post("needs:trace", DECIDE, {"answer": "下月起有人来修"}, uuid="need"),
    post("needs:untrace", DECIDE, {"trace": "@trace"}, uuid="traced_need"),
    post(f"{API}/{{need_id}}/traces/{{trace_id}}/take-back", DECIDE, need_id="traced_need", trace_id="trace"),
    get(API, OFFICES),
    post(API, ENTERERS, {"place": "@chengbei", "title": "想有人修家电", "source": "visit"}),
    get(f"{API}/{{need_id}}", OURS, need_id="need"),
    post(f"{API}/{{need_id}}/kind", DECIDE, {"category": "hair"}, need_id="need"),
    post(f"{API}/{{need_id}}/merge", DECIDE, {"into": "@other_need"}, need_id="need"),
    post(f"{API}/{{need_id}}/part", DECIDE, need_id="merged_need"),
    post(f"{API}/{{need_id}}/traces", DECIDE, {"answer": "下月起有人来修"}, need_id="need"),
    get(f"{API}/beside-menu/{{menu_id}}", OURS, menu_id="draft_menu"),
    get(f"{API}/surveys", OFFICES),
    post(f"{API}/surveys", DECIDE, SURVEY),
    get(f"{API}/surveys/{{survey_id}}", OURS, survey_id="survey"),
    post(f"{API}/surveys/{{survey_id}}/open", DECIDE, survey_id="draft_survey"),
    post(f"{API}/surveys/{{survey_id}}/close", DECIDE, survey_id="survey"),
    post(
        f"{API}/surveys/{{survey_id}}/sheets",
        ENTERERS,
        {"place": "@chengbei", "source": "visit", "answers": {"0": ["理发"]}},
        survey_id="survey",
    ),
)

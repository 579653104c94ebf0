"""Campaigns of a county."""

from typing import Final

from tests.matrix.lines import ALL, MALLORY, MANAGER, MANAGERS, OFFICES, OURS, ROLL, Line, get, post

RECORD: Final = ROLL | {"grid_keeper"}
"""Who writes down that something was reached."""
V: Final = "/api/v1/campaigns"
HEAD = {
    "kind": "campaign", "name": "消防安全进村", "first_day": "@campaign_day", "last_day": "@campaign_last",
    "task": "policy", "answers": "消防大队 王队长",
}  # fmt: skip
TARGET = {"unit": "sessions", "kind": "", "amount": "5"}
SITE = {"kind": "@campaign_school", "name": "城北幼儿园", "place": "@chengbei"}
RECORDED = {"day": "@campaign_day", "people": "30", "leaflets": "20"}
WHY = {"words": "记错了"}
AT: Final = {"uuid": "campaign"}
STOP: Final = {**AT, "stop": "campaign_stop"}
TOLD: Final = {"uuid": "campaign_told", "stop": "campaign_recorded", "record": "campaign_record"}

LINES: Final[tuple[Line, ...]] = (
    get("campaigns:campaigns", ALL),
    get("campaigns:public_campaign", ALL, **AT),
    get("campaigns:feed", ALL, **AT),
    get("campaigns:desk", OFFICES),
    get("campaigns:export", OFFICES, leaves="rows"),
    get("campaigns:new", OFFICES),
    post("campaigns:new", MANAGER, {"place": "@center", **HEAD}, told=OFFICES - MANAGER),
    get("campaigns:kinds", MANAGER | MALLORY),
    post("campaigns:kinds", MANAGER | MALLORY, {"name": "茶馆"}),
    post("campaigns:retire_kind", MANAGER, kind="campaign_kind"),
    get("campaigns:campaign", OURS, **AT),
    get("campaigns:edit", MANAGER, uuid="campaign_draft"),
    post("campaigns:edit", MANAGER, HEAD, uuid="campaign_draft"),
    post("campaigns:announce", MANAGER, uuid="campaign_draft"),
    post("campaigns:run", MANAGER, **AT),
    post("campaigns:end", MANAGER, uuid="campaign_running"),
    post("campaigns:resume", MANAGER, uuid="campaign_ended"),
    post("campaigns:stop", MANAGER, WHY, **AT),
    post("campaigns:drop", MANAGER, uuid="campaign_draft"),
    get("campaigns:targets", MANAGER, uuid="campaign_draft"),
    post("campaigns:targets", MANAGER, TARGET, uuid="campaign_draft"),
    post("campaigns:remove_target", MANAGER, uuid="campaign_draft", target="campaign_target_draft"),
    get("campaigns:shares", MANAGER, **AT, target="campaign_target"),
    post("campaigns:shares", MANAGER, {}, **AT, target="campaign_target"),
    get("campaigns:sites", OURS, **AT),
    get("campaigns:export_sites", OURS, leaves="rows", **AT),
    get("campaigns:new_site", OURS, **AT),
    post("campaigns:new_site", ROLL, SITE, told=OURS - ROLL, **AT),
    post("campaigns:network", MANAGER, **AT),
    get("campaigns:bring", ROLL, **AT),
    post("campaigns:bring", ROLL, {"pasted": "@campaign_pasted"}, leaves="nothing", **AT),
    post("campaigns:take_in", ROLL, {"rows": "@campaign_rows"}, **AT),
    get("campaigns:site", OURS, **AT, site="campaign_site"),
    post("campaigns:record_site", RECORD, RECORDED, **AT, site="campaign_free"),
    post("campaigns:plan_stop", ROLL, {"day": "@campaign_later"}, **AT, site="campaign_site"),
    post("campaigns:remove_site", ROLL, **AT, site="campaign_free"),
    get("campaigns:stops", OURS, **AT),
    get("campaigns:export_stops", OURS, leaves="rows", **AT),
    get("campaigns:stop_page", OURS, **STOP),
    post("campaigns:record_stop", RECORD, RECORDED, **STOP),
    post("campaigns:prove_activity", ROLL, {"activity": "@campaign_activity"}, **STOP),
    post("campaigns:let_go", ROLL, **AT, stop="campaign_promised"),
    post("campaigns:prove_order", RECORD, {"order": "@campaign_order"}, **STOP),
    post("campaigns:move_stop", ROLL, {"day": "@campaign_later"}, **STOP),
    post("campaigns:call_off", ROLL, **STOP),
    post("campaigns:word", MANAGERS | {"grid_keeper"}, **TOLD),
    post("campaigns:take_back", ROLL, WHY, **TOLD),
    post("campaigns:link_activity", ROLL, {"stop": "@campaign_stop"}, activity="campaign_activity"),
    get(V, ALL),
    get(f"{V}/{{campaign_id}}", ALL, campaign_id="campaign"),
)

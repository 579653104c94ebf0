"""The talk about an order that the leader's team has accepted: resident, leader, office."""

from typing import Final

from tests.matrix.lines import ENTERERS, HANDLERS, LEADER, MALLORY, MANAGER, RESIDENT, TEAM, Line, get, post

PARTIES = RESIDENT | TEAM | ENTERERS
SAY = {"words": "好的，谢谢"}
PHRASE = {"words": "我们到楼下了", "words_en": "", "side": "team", "step": ""}
WHY = {"why": "rude"}
API = "/api/v1/talk/{number}"
AT: Final = {"number": "talk_number"}

LINES: Final[tuple[Line, ...]] = (
    get("talk:thread", PARTIES, **AT),
    get("talk:lines", PARTIES, **AT),
    post("talk:say", PARTIES, SAY, **AT),
    post("talk:read", PARTIES, **AT),
    get("talk:report", PARTIES, **AT, uuid="said"),
    post("talk:report", PARTIES - LEADER, WHY, told=LEADER, **AT, uuid="said"),
    get("talk:reports", HANDLERS | MALLORY),
    get("talk:export_reports", HANDLERS | MALLORY, leaves="rows"),
    post("talk:settle", HANDLERS, {"verdict": "hidden"}, uuid="talk_report"),
    get("talk:phrases", MANAGER | MALLORY),
    post("talk:phrases", MANAGER | MALLORY, PHRASE),
    post("talk:end_phrase", MANAGER, uuid="talk_phrase"),
    get(API, PARTIES, **AT),
    post(f"{API}/messages", PARTIES, SAY, **AT),
    post(f"{API}/read", PARTIES, **AT),
    post(
        f"{API}/messages/{{message_id}}/report", PARTIES - LEADER, WHY, told=LEADER, **AT, message_id="said"
    ),
)

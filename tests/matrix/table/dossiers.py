"""The ledger of activities: offices read it, who runs the activities adds to it, everybody reads what was published."""

from typing import Final

from tests.matrix.lines import ALL, OFFICES, OURS, ROLL, Line, get, post

KEEP: Final = ROLL
OVER = {"uuid": "activity_over"}
PHOTO = {**OVER, "photo": "activity_photo"}

LINES: Final[tuple[Line, ...]] = (
    get("dossiers:happened", ALL),
    get("dossiers:told", ALL, uuid="activity_told"),
    get("dossiers:desk", OFFICES),
    get("dossiers:export", OFFICES, leaves="rows"),
    get("dossiers:month", OURS, ask={"place": "@chengbei", "format": "xlsx"}, leaves="rows"),
    get("dossiers:dossier", OURS, **OVER),
    post("dossiers:add_photos", KEEP, {"pictures": "@picture", "caption": ""}, **OVER),
    post("dossiers:take_photo", KEEP, {"pictures": "@picture"}, **OVER),
    post("dossiers:describe_photo", KEEP, {"caption": "合影", "alt": ""}, **PHOTO),
    post("dossiers:remove_photo", KEEP, **PHOTO),
    post("dossiers:write_minutes", KEEP, {"words": "来了三十多人。"}, **OVER),
    post("dossiers:publish_news", KEEP, {"title": "办完了", "words": "热热闹闹。"}, **OVER),
    post("dossiers:withdraw_news", KEEP, uuid="activity_told"),
    post("dossiers:count_again", KEEP, uuid="activity_filed"),
)

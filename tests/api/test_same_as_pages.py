"""The API offers the same operations as the pages: every write of a page has its operation, or a reason why not."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from ninja import Schema

from sidan.api.urls import api
from tests.matrix.table import TABLE
from tests.matrix.table.kiosk import LINES as KIOSK
from tests.matrix.table.rotas import LINES as ROTAS

SAME: Final[dict[str, str]] = {
    "notify:read_all": "POST /notices/read",
    "notify:read_one": "POST /notices/{notice_id}/read",
    "people:sign_in": "POST /sign-in",
    "people:sign_in_code": "POST /sign-in/code/confirm",
    # The second factor is sent with the first one.
    "people:sign_in_totp": "POST /sign-in",
    "people:register": "POST /register",
    "people:sign_out": "POST /sign-out",
    "people:settings": "PATCH /me/settings",
    "people:contact": "PUT /me/contact",
    "people:email": "POST /me/email/confirm",
    "people:remove_email": "DELETE /me/email",
    "people:password": "PUT /me/password",
    "people:totp": "POST /me/second-factor/confirm",
    "people:remove_totp": "POST /me/second-factor/remove",
    "people:revoke_token": "DELETE /me/tokens/{token_id}",
    "people:become_volunteer": "POST /me/volunteer",
    "people:pause_myself": "POST /me/volunteer/pause",
    "people:resume_myself": "POST /me/volunteer/resume",
    "people:leave_myself": "POST /me/volunteer/leave",
    "people:new_volunteer": "POST /volunteers",
    "people:show_volunteer_phone": "POST /volunteers/{volunteer_id}/phone",
    "people:edit_volunteer": "PUT /volunteers/{volunteer_id}",
    "people:approve_volunteer": "POST /volunteers/{volunteer_id}/approve",
    "people:pause_volunteer": "POST /volunteers/{volunteer_id}/pause",
    "people:resume_volunteer": "POST /volunteers/{volunteer_id}/resume",
    "people:leave_volunteer": "POST /volunteers/{volunteer_id}/leave",
    "people:new_team": "POST /teams",
    "people:edit_team": "PUT /teams/{team_id}",
    "people:choose_leader": "PUT /teams/{team_id}/leader",
    "people:add_member": "POST /teams/{team_id}/members",
    "people:add_member_by_number": "POST /teams/{team_id}/members/by-number",
    "people:remove_member": "DELETE /teams/{team_id}/members/{person_id}",
    "people:pause_team": "POST /teams/{team_id}/pause",
    "people:resume_team": "POST /teams/{team_id}/resume",
    "people:dissolve_team": "POST /teams/{team_id}/dissolve",
    "people:new_account": "POST /accounts",
    "people:show_account_phone": "POST /accounts/{account_id}/phone",
    "people:grant_role": "POST /accounts/{account_id}/roles",
    "people:end_role": "DELETE /accounts/{account_id}/roles/{role_id}",
    "people:close_account": "POST /accounts/{account_id}/close",
    "people:reopen_account": "POST /accounts/{account_id}/reopen",
    "people:reset_totp": "POST /accounts/{account_id}/second-factor/reset",
    "people:directors": "POST /places/{place_id}/directors",
    "people:end_term": "POST /places/{place_id}/directors/{term_id}/end",
    "places:new": "POST /places",
    "places:edit": "PUT /places/{place_id}/facts",
    "places:rename": "POST /places/{place_id}/rename",
    "places:move": "POST /places/{place_id}/move",
    "places:close": "POST /places/{place_id}/close",
    "places:announce_rounds": "POST /pop-ups/again",
    "places:new_pop_up": "POST /pop-ups",
    "places:change_pop_up": "PUT /pop-ups/{pop_up_id}",
    "places:call_off_pop_up": "POST /pop-ups/{pop_up_id}/call-off",
    "places:set_day": "POST /places/{place_id}/working-days",
    "limits:change": "POST /limits/{place_id}",
    "limits:take_back": "POST /limits/{place_id}/take-back",
    "places:add_photo": "POST /places/{place_id}/photos",
    "places:remove_photo": "DELETE /places/{place_id}/photos/{photo_id}",
    "catalogue:new": "POST /catalogue/projects",
    "catalogue:edit": "PUT /catalogue/projects/{project_id}",
    "catalogue:add_photo": "POST /catalogue/projects/{project_id}/photos",
    "catalogue:remove_photo": "DELETE /catalogue/projects/{project_id}/photos/{photo_id}",
    "catalogue:move_photo": "PUT /catalogue/projects/{project_id}/photos",
    "catalogue:stage": "POST /catalogue/projects/{project_id}/stage",
    "catalogue:capacity": "POST /catalogue/projects/{project_id}/capacity",
    "catalogue:support": "POST /catalogue/projects/{project_id}/support",
    "catalogue:take_back_support": "POST /catalogue/projects/{project_id}/support/{support_id}/back",
    "catalogue:new_task": "POST /catalogue/projects/{project_id}/tasks",
    "catalogue:move_task": "POST /catalogue/tasks/{task_id}/{verb}",
    "catalogue:move": "POST /catalogue/projects/{project_id}/{verb}",
    "catalogue:begin_menu": "POST /catalogue/menus",
    "catalogue:add_item": "PUT /catalogue/menus/{menu_id}/items",
    "catalogue:remove_item": "PUT /catalogue/menus/{menu_id}/items",
    "catalogue:move_item": "PUT /catalogue/menus/{menu_id}/items",
    "catalogue:publish_menu": "POST /catalogue/menus/{menu_id}/publish",
    "catalogue:unpublish_menu": "POST /catalogue/menus/{menu_id}/unpublish",
    "catalogue:new_category": "POST /catalogue/categories",
    "catalogue:edit_category": "PUT /catalogue/categories/{code}",
    "catalogue:retire_category": "POST /catalogue/categories/{code}/retire",
    "catalogue:restore_category": "POST /catalogue/categories/{code}/restore",
    "catalogue:results": "PUT /catalogue/categories/{code}/results",
    "catalogue:follow_results": "POST /catalogue/categories/{code}/results/follow",
    "catalogue:team_services": "PUT /catalogue/teams/{team_id}/services",
    "catalogue:end_team_service": "PUT /catalogue/teams/{team_id}/services",
    "orders:place": "POST /orders",
    "orders:change": "POST /orders/{number}/change",
    "orders:change_for": "POST /orders/{number}/change",
    "orders:cancel": "POST /orders/{number}/cancel",
    "orders:cancel_for": "POST /orders/{number}/cancel-for",
    "orders:review": "POST /orders/{number}/review",
    "orders:review_for": "POST /orders/{number}/review-for",
    "orders:queue_code": "GET /orders/{number}/code",
    "orders:ask_take_over": "POST /team-work/assignments/{assignment}/ask-take-over",
    "orders:take_over": "POST /team-work/take-overs/{take_over}/accept",
    "orders:keep_with_team": "POST /team-work/take-overs/{take_over}/decline",
    "orders:withdraw_asked": "POST /team-work/take-overs/{take_over}/withdraw",
    "orders:take_back": "POST /orders/{number}/take-back",
    "orders:take_from_team": "POST /orders/{number}/take-from-team",
    "orders:leave_with_team": "POST /orders/{number}/leave",
    "notify:choose": "PUT /notices/settings",
    "talk:say": "POST /talk/{number}/messages",
    "talk:read": "POST /talk/{number}/read",
    "talk:report": "POST /talk/{number}/messages/{message_id}/report",
    "orders:task_contact": "POST /orders/{number}/contact",
    "orders:check_in": "POST /team-work/visits/{visit}/check-in",
    "orders:check_out": "POST /team-work/visits/{visit}/check-out",
    "orders:judge_time": "POST /team-work/times/{time}/word",
    "attendance:allow_location": "PUT /attendance/location-consent",
    "attendance:withdraw_location": "DELETE /attendance/location-consent",
    "orders:call": "POST /orders/{number}/call",
    "orders:end_call": "POST /orders/{number}/end-call",
    "orders:pick": "POST /orders/{number}/pick",
    "orders:claim": "POST /team-work/calls/{call}/claim",
    "orders:apply": "POST /team-work/calls/{call}/apply",
    "orders:take_offer_back": "POST /team-work/calls/{call}/take-offer-back",
    "orders:release": "POST /team-work/assignments/{assignment}/release",
    "orders:report": "POST /team-work/visits/{visit}/report-with-pictures",
    "orders:hand_back": "POST /team-work/assignments/{assignment}/give-up",
    "orders:queue_contact": "POST /orders/{number}/contact",
    "orders:admit": "POST /orders/{number}/admit",
    "orders:refuse": "POST /orders/{number}/refuse",
    "orders:cannot": "POST /orders/{number}/cannot",
    "orders:dispatch": "POST /orders/{number}/dispatch",
    "orders:withdraw": "POST /orders/{number}/withdraw",
    "orders:split": "POST /orders/{number}/split",
    "orders:join": "POST /orders/{number}/join",
    "orders:leave_out": "POST /orders/{number}/leave-out",
    "orders:merge": "POST /orders/{number}/merge",
    "orders:close": "POST /orders/{number}/close",
    "orders:reopen": "POST /orders/{number}/reopen",
    "orders:accept": "POST /team-work/assignments/{assignment}/accept",
    "orders:decline": "POST /team-work/assignments/{assignment}/decline",
    "orders:members": "POST /team-work/assignments/{assignment}/members",
    "orders:time": "POST /team-work/assignments/{assignment}/schedule",
    "orders:card_contact": "POST /orders/{number}/contact",
    "orders:card_check_in": "POST /team-work/visits/{visit}/check-in",
    "orders:card_check_out": "POST /team-work/visits/{visit}/check-out",
    "orders:enter_resident": "POST /persons",
    "orders:enter_for": "POST /orders/on-behalf",
    "orders:pass_up": "POST /orders/{number}/pass-up",
    "orders:ask_help": "POST /orders/{number}/ask-help",
    "orders:send_down": "POST /orders/{number}/send-down",
    "desk:code_review": "POST /desk/code/review",
    "desk:call_back": "POST /desk/orders/{number}/call-back",
    "desk:calling": "POST /desk/orders/{number}/calling",
    "desk:end_calling": "POST /desk/orders/{number}/calling/end",
    "desk:issue": "POST /desk/orders/{number}/code",
    "honours:issue": "POST /certificates",
    "honours:issue_for": "POST /certificates/office",
    "honours:renew": "POST /certificates/{certificate_id}/renew",
    "honours:staff_renew": "POST /certificates/{certificate_id}/renew",
    "hours:object": "POST /hours/claims/{claim_id}/object",
    "hours:agree": "POST /hours/claims/{claim_id}/agree",
    "hours:publish": "POST /hours/claims/{claim_id}/publish",
    "hours:refuse": "POST /hours/claims/{claim_id}/refuse",
    "hours:dismiss": "POST /hours/claims/{claim_id}/dismiss",
    "hours:late": "POST /hours/late",
    "hours:take_back": "POST /hours/records/{record_id}/take-back",
    "hours:correct": "POST /hours/records/{record_id}/correct",
    "wishes:new": "POST /wishes",
    "wishes:enter_for": "POST /wishes/on-behalf",
    "wishes:adopt": "POST /wishes/{wish_id}/adopt",
    "wishes:release": "POST /wishes/{wish_id}/release",
    "wishes:staff_release": "POST /wishes/{wish_id}/release",
    "wishes:fulfil": "POST /wishes/{wish_id}/fulfil",
    "wishes:staff_fulfil": "POST /wishes/{wish_id}/fulfil",
    "wishes:withdraw": "POST /wishes/{wish_id}/withdraw",
    "wishes:look": "POST /wishes/{wish_id}/look",
    "wishes:publish": "POST /wishes/{wish_id}/publish",
    "wishes:take_down": "POST /wishes/{wish_id}/take-down",
    "wishes:answer": "POST /wishes/{wish_id}/answer",
    "wishes:order": "POST /wishes/{wish_id}/order",
    "wishes:project": "POST /wishes/{wish_id}/project",
    "wishes:ask_project": "POST /wishes/{wish_id}/project/ask",
    "wishes:thanks": "POST /wishes/{wish_id}/thanks",
    "wishes:thanks_with_picture": "POST /wishes/{wish_id}/thanks/picture",
    "wishes:hide_picture": "POST /wishes/{wish_id}/thanks/picture/take-down",
    "wishes:hide_thanks": "POST /wishes/{wish_id}/thanks/take-down",
    "orders:pin": "PUT /orders/{number}/point",
    "orders:pin_for": "PUT /orders/{number}/point",
    "orders:unpin": "DELETE /orders/{number}/point",
    "orders:unpin_for": "DELETE /orders/{number}/point",
    "orders:write_refused": "POST /team-work/offline/refused/{time}/write",
    "plans:new": "POST /plans",
    "plans:edit": "PUT /plans/{plan_id}",
    "plans:copy": "POST /plans/{plan_id}/copy",
    "plans:submit": "POST /plans/{plan_id}/{verb}",
    "plans:take_back": "POST /plans/{plan_id}/{verb}",
    "plans:send_back": "POST /plans/{plan_id}/{verb}",
    "plans:approve": "POST /plans/{plan_id}/{verb}",
    "plans:publish": "POST /plans/{plan_id}/{verb}",
    "plans:drop": "POST /plans/{plan_id}/{verb}",
    "plans:take_in": "POST /plans/{plan_id}/lines",
    "plans:add_line": "POST /plans/{plan_id}/lines",
    "plans:change_line": "PUT /plans/{plan_id}/lines/{line_id}",
    "plans:remove_line": "POST /plans/{plan_id}/lines/{line_id}/remove",
    "plans:prepare": "POST /plans/{plan_id}/lines/{line_id}/prepare",
    "plans:link": "POST /plans/{plan_id}/lines/{line_id}/link",
    "plans:unlink": "POST /plans/{plan_id}/lines/{line_id}/unlink",
    "plans:link_series": "POST /plans/{plan_id}/lines/{line_id}/link-series",
    "plans:unlink_series": "POST /plans/{plan_id}/lines/{line_id}/unlink-series",
    "plans:erase_name": "POST /plans/{plan_id}/lines/{line_id}/erase-name",
    "plans:leave_out": "POST /plans/{plan_id}/lines/{line_id}/leave-out",
    "plans:take_up": "POST /plans/{plan_id}/lines/{line_id}/take-up",
    "bookings:ask": "POST /rooms/{room_id}/ask",
    "bookings:cancel": "POST /bookings/{booking_id}/cancel",
    "bookings:grant": "POST /bookings/{booking_id}/grant",
    "bookings:refuse": "POST /bookings/{booking_id}/refuse",
    "bookings:staff_cancel": "POST /bookings/{booking_id}/cancel",
    "bookings:look": "POST /bookings/{booking_id}/look",
    "bookings:new_room": "POST /rooms",
    "bookings:change_room": "PUT /rooms/{room_id}",
    "bookings:close_room": "POST /rooms/{room_id}/close",
    "bookings:reopen_room": "POST /rooms/{room_id}/reopen",
    "bookings:new_turns": "POST /rooms/{room_id}/turns",
    "bookings:leave_out_turn": "POST /turns/{turns_id}/leave-out",
    "bookings:give_turn": "POST /turns/{turns_id}/give",
    "bookings:end_turns": "POST /turns/{turns_id}/end",
    "bookings:owner": "PUT /rooms/{room_id}/owner",
    "bookings:look_owner": "POST /rooms/{room_id}/owner/look",
    "bookings:hold": "POST /rooms/{room_id}/hold",
    "activities:new_series": "POST /series",
    "activities:skip_day": "POST /series/{series_id}/skip",
    "activities:move_day": "POST /series/{series_id}/move",
    "activities:add_day": "POST /series/{series_id}/add",
    "activities:undo_day": "POST /series/{series_id}/undo",
    "activities:edit_series": "POST /series/{series_id}/change",
    "activities:end_series": "POST /series/{series_id}/end",
    "activities:new": "POST /activities",
    "activities:edit": "PUT /activities/{activity_id}",
    "activities:change": "POST /activities/{activity_id}/change",
    **{
        f"activities:{verb}": "POST /activities/{activity_id}/{verb}"
        for verb in ("submit", "send_back", "announce", "open", "run", "end", "file", "drop", "cancel")
    },
    "activities:enrol": "POST /activities/{activity_id}/posts/{post_id}/enrol",
    "activities:withdraw": "POST /enrolments/{enrolment_id}/mine/{verb}",
    "activities:answer": "POST /enrolments/{enrolment_id}/mine/{verb}",
    "activities:posts": "POST /activities/{activity_id}/posts",
    "activities:entry": "PUT /activities/{activity_id}/entry",
    "activities:change_post": "PUT /activities/{activity_id}/posts/{post_id}",
    "activities:remove_post": "POST /activities/{activity_id}/posts/{post_id}/remove",
    "activities:add_person": "POST /activities/{activity_id}/posts/{post_id}/enrol-for",
    "activities:here": "POST /activities/{activity_id}/check-in",
    "activities:scan": "POST /activities/{activity_id}/scan",
    "activities:hand": "POST /activities/{activity_id}/marks",
    "activities:judge": "POST /activities/{activity_id}/marks/{mark_id}/word",
    "activities:heads": "POST /activities/{activity_id}/heads",
    "activities:shift": "POST /enrolments/{enrolment_id}/shift",
    **{
        f"activities:{verb}": "POST /enrolments/{enrolment_id}/{verb}"
        for verb in ("sign_off", "refuse", "miss", "uphold", "excuse")
    },
    "lectures:new": "POST /talks",
    "lectures:edit": "PUT /talks/{talk_id}",
    "lectures:add_material": "POST /talks/{talk_id}/materials",
    "lectures:remove_material": "POST /talks/{talk_id}/materials/{material_id}/remove",
    **{
        f"lectures:{verb}": "POST /talks/{talk_id}/{verb}"
        for verb in ("submit", "send_back", "publish", "withdraw", "drop")
    },
    "lectures:pass_on": "POST /talks/{talk_id}/pass-on",
    "lectures:receive": "POST /talks/passed-on/{passed_id}/read",
    "lectures:take_back_passed": "POST /talks/passed-on/{passed_id}/take-back",
    "lectures:new_lecturer": "POST /talks/lecturers",
    "lectures:end_lecturer": "POST /talks/lecturers/{lecturer_id}/end",
    "lectures:at_activity": "POST /talks/at/{activity_id}",
    "lectures:take_off": "POST /talks/at/{activity_id}/{given_id}/take-off",
    "needs:new": "POST /needs",
    "needs:kind": "POST /needs/{need_id}/kind",
    "needs:merge": "POST /needs/{need_id}/merge",
    "needs:part": "POST /needs/{need_id}/part",
    "needs:trace": "POST /needs/{need_id}/traces",
    "needs:untrace": "POST /needs/{need_id}/traces/{trace_id}/take-back",
    "needs:new_survey": "POST /needs/surveys",
    "needs:open_survey": "POST /needs/surveys/{survey_id}/open",
    "needs:close_survey": "POST /needs/surveys/{survey_id}/close",
    "needs:enter_answer": "POST /needs/surveys/{survey_id}/sheets",
}
CONFIDENTIAL: Final = "a case of mediation is read and written by its mediator alone, on the page, by design"
BY_CODE: Final = "a browser keeps open for half an hour what a code on paper opened; a program signs in"
AT_A_STATION: Final = (
    "typed with a finger on a station's screen, which keeps who was found for a minute; a program signs in"
)
WORDS_ON_PAGES: Final = "the API tells no words of anybody, so there are no numbers in them to look at"
COUNTY_RULE: Final = "a rule of the county, set a few times a year on a page that shows what would follow"
AT_THE_FAIR: Final = "stalls are laid out, asked for and counted by people on the spot; a program reads them"
BY_A_SECOND_PERSON: Final = "judged by a person at the console who has all that was said of it on one page"
HONOURS_OF_A_COUNTY: Final = (
    "decided by the county's office a few times a year, with all that was said of a name before it"
)
OWN_NAME: Final = (
    "a person's own choice of how lists of honours name them, made on the page that shows those lists"
)
REPAIR: Final = "the system administrator's repair, done while looking at what went wrong"
ON_THE_SPOT: Final = (
    "a photo, a line of minutes and news are looked at by who was there before many see them, on the page"
)
PROVEN_BY_PEOPLE: Final = (
    "what a campaign reached is written down by people on the spot; a program reads how far it is"
)
OF_A_ROTA: Final = "agreed between people who know each other, on their pages; no program swaps for them"
NOT_OVER_THE_API: Final[dict[str, str]] = {
    "activities:make_address": "shown once to the person; a program reads with its own token",
    "activities:remove_address": "goes with the one that is made on the page",
    "web:place": "keeps in a cookie of the browser whose menu it shows; a program names the place in each question",
    "web:preferences": "keeps in a cookie how this one screen looks; the account's own choice is PATCH /me/settings",
    "web:narrow": "keeps in the session which place the console shows; a program names the place in each question",
    "activities:look_at_change": "shows beforehand what a change means; a program reads it in the answer to its change",
    "activities:dates": "shows while somebody chooses what a rule means; a program reads it in the answer to its rule",
    "orders:danger": "listens while somebody types; a program finds the urgency in the answer to its order",
    **dict.fromkeys(("desk:code", "desk:claim", "desk:leave"), BY_CODE),
    **dict.fromkeys(
        (
            "reviews:adopt",
            "reviews:answer",
            "reviews:call",
            "reviews:call_contact",
            "reviews:follow_up",
            "reviews:review",
            "talk:settle",
        ),
        BY_A_SECOND_PERSON,
    ),
    **{line.route: AT_A_STATION for line in KIOSK if line.method == "POST"},
    **dict.fromkeys(
        (
            "dossiers:add_photos",
            "dossiers:count_again",
            "dossiers:describe_photo",
            "dossiers:publish_news",
            "dossiers:remove_photo",
            "dossiers:take_photo",
            "dossiers:withdraw_news",
            "dossiers:write_minutes",
        ),
        ON_THE_SPOT,
    ),
    **{line.route: OF_A_ROTA for line in ROTAS if line.method == "POST"},
    **dict.fromkeys(("notify:send_again", "notify:send_all_again"), REPAIR),
    **dict.fromkeys(("needs:look", "needs:look_at_sheet"), WORDS_ON_PAGES),
    **dict.fromkeys(
        (
            "honours:" + name
            for name in (
                "propose_stars",
                "ladders",
                "end_ladder",
                "titles",
                "end_title",
                "propose_title",
                "take_back",
                "name",
                "unname",
                "publish",
                "drop",
                "withdraw",
                "give",
                "keep",
                "take_out",
            )
        ),
        HONOURS_OF_A_COUNTY,
    ),
    "honours:object": "said beside the name on the notice, by somebody who reads what it says of objecting",
    **dict.fromkeys(("honours:show_name", "honours:hide_name"), OWN_NAME),
    **dict.fromkeys(("reviews:rules", "talk:phrases", "talk:end_phrase"), COUNTY_RULE),
    "needs:sheet": "anybody's with the link and without a name; the API knows who asks",
    **dict.fromkeys(
        (
            "fairs:absent",
            "fairs:add",
            "fairs:add_kind",
            "fairs:ask",
            "fairs:came",
            "fairs:change",
            "fairs:copy",
            "fairs:correct",
            "fairs:count",
            "fairs:end_series_layout",
            "fairs:give",
            "fairs:give_back",
            "fairs:helpers",
            "fairs:lay_out_series",
            "fairs:my_correct",
            "fairs:my_count",
            "fairs:place_other",
            "fairs:place_team",
            "fairs:put_kind_aside",
            "fairs:refuse",
            "fairs:remove",
            "fairs:take_back",
            "fairs:take_kind_up",
            "fairs:unmark",
            "fairs:withdraw",
        ),
        AT_THE_FAIR,
    ),
    **dict.fromkeys(
        ("lectures:add_picture", "lectures:remove_picture"),
        "a picture is chosen by looking at it, on the page that makes it small before it is sent",
    ),
    "plans:bring": "reads a table and shows its rows, and writes nothing; a program sends the lines themselves",
    "needs:heard": "a need is noted over the API as any other; the page only brings the words along",
    **dict.fromkeys(
        ("web:keep_view", "web:rename_view", "web:throw_view_away", "web:begin_with", "web:begin_plain"),
        "a person's own filter of a page; a program keeps its own",
    ),
    **dict.fromkeys(
        (
            "mediation:agree",
            "mediation:call_off_sitting",
            "mediation:close",
            "mediation:fail",
            "mediation:hand_over",
            "mediation:hold_sitting",
            "mediation:new",
            "mediation:plan_follow_up",
            "mediation:plan_sitting",
            "mediation:record_sitting",
            "mediation:reopen",
            "mediation:report_follow_up",
            "mediation:withdraw",
        ),
        CONFIDENTIAL,
    ),
    **dict.fromkeys(
        (
            "campaigns:announce",
            "campaigns:bring",
            "campaigns:call_off",
            "campaigns:drop",
            "campaigns:edit",
            "campaigns:end",
            "campaigns:kinds",
            "campaigns:let_go",
            "campaigns:link_activity",
            "campaigns:move_stop",
            "campaigns:network",
            "campaigns:new",
            "campaigns:new_site",
            "campaigns:plan_stop",
            "campaigns:prove_activity",
            "campaigns:prove_order",
            "campaigns:record_site",
            "campaigns:record_stop",
            "campaigns:remove_site",
            "campaigns:remove_target",
            "campaigns:resume",
            "campaigns:retire_kind",
            "campaigns:run",
            "campaigns:shares",
            "campaigns:stop",
            "campaigns:take_back",
            "campaigns:take_in",
            "campaigns:targets",
            "campaigns:word",
        ),
        PROVEN_BY_PEOPLE,
    ),
    "audit:export": "a table for a spreadsheet; a program reads the same rows by GET /audit",
}


def _operations() -> set[str]:
    paths = api.get_openapi_schema()["paths"]
    return {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, verbs in paths.items()
        for method in verbs
    }


def test_every_write_of_a_page_has_its_operation_or_a_reason() -> None:
    writes = {line.route for line in TABLE if line.method == "POST" and not line.is_api}
    assert writes == SAME.keys() | NOT_OVER_THE_API.keys()
    assert not SAME.keys() & NOT_OVER_THE_API.keys()


def test_every_operation_named_here_is_there() -> None:
    assert set(SAME.values()) <= _operations()


def _below(parent: type) -> Iterator[type]:
    for child in parent.__subclasses__():
        yield child
        yield from _below(child)


def test_no_two_documents_of_the_api_share_a_name() -> None:
    """The document of the API names them without their module: one would stand for both."""
    assert api.get_openapi_schema()
    ours = {
        (each.__name__, each.__module__) for each in _below(Schema) if each.__module__.startswith("sidan.")
    }
    names = Counter(name for name, _module in ours)
    assert [name for name, count in names.items() if count > 1] == []

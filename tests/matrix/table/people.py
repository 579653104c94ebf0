"""The door, one's own page, volunteers, teams, accounts, directors."""

from typing import Final

from tests.factories import PASSWORD
from tests.matrix.lines import (
    ALL,
    KEEPERS,
    LEADER,
    MALLORY,
    MANAGERS,
    NONE,
    OFFICES,
    RESIDENT,
    ROLL,
    SIGNED,
    TEAM,
    Line,
    get,
    post,
)

OFFER = {"place": "@chengbei", "skills": ["haircut"], "free_time": "周末"}
CONTACT = {"name": "周奶奶", "contact_phone": "12900008887", "address": "城北路", "place": "@chengbei"}
TEAM_WORDS = {
    "name": "新的名字",
    "name_en": "",
    "category": "life",
    "level": "squad",
    "parent": "",
    "about": "",
}
NEW_VOLUNTEER = {**OFFER, "name": "新来的", "phone": "12600000099", "sex": "9", "consent": "on"}
GOOD_SECRET = {"secret": "@totp_secret", "code": "@totp_code"}
ON_TEAMS = OFFICES | TEAM
RUN_TEAM = MANAGERS | LEADER
RESTING = frozenset({"grid_keeper"})
"""Is on the roll and takes a rest."""
TWO_FACTORS = frozenset({"supervisor"})
GRANTERS = frozenset({"manager", "security_admin"})
OPENERS = frozenset({"manager", "system_admin"})

LINES: Final[tuple[Line, ...]] = (
    get("people:sign_in", ALL),
    post("people:sign_in", ALL, {"phone": "12600000001", "password": PASSWORD}),
    get("people:sign_in_code", ALL),
    post("people:sign_in_code", ALL, {"phone": "12600000001"}),
    # Nobody has shown a first factor: led back to the beginning.
    get("people:sign_in_totp", NONE),
    post("people:sign_in_totp", NONE, {"code": "123456"}),
    get("people:register", ALL),
    post("people:register", ALL, {"phone": "12600000098"}),
    post("people:sign_out", SIGNED, told=ALL),
    get("people:me", SIGNED),
    get("people:settings", SIGNED),
    post("people:settings", SIGNED, {"language": "en", "size": "large", "theme": "dark"}),
    get("people:contact", SIGNED),
    post("people:contact", SIGNED - MALLORY, CONTACT, told=MALLORY),
    get("people:email", SIGNED),
    post("people:email", SIGNED, {"email": "somebody@xunwu.example"}),
    # Nobody has an address that could be taken away.
    post("people:remove_email", frozenset(), told=SIGNED),
    get("people:password", SIGNED),
    post("people:password", SIGNED, {"present": PASSWORD, "new": "another-password-1"}),
    get("people:totp", SIGNED),
    post("people:totp", SIGNED - TWO_FACTORS, GOOD_SECRET, told=TWO_FACTORS),
    post("people:remove_totp", TWO_FACTORS, {"code": "@totp_code"}),
    post("people:revoke_token", RESIDENT, uuid="zhou_token"),
    get("people:become_volunteer", SIGNED),
    post("people:become_volunteer", SIGNED, OFFER),
    get("people:pause_myself", SIGNED),
    post("people:pause_myself", TEAM, told=SIGNED),
    get("people:resume_myself", SIGNED),
    post("people:resume_myself", RESTING, told=SIGNED),
    get("people:leave_myself", SIGNED),
    post("people:leave_myself", TEAM | RESTING, told=SIGNED),
    get("people:volunteers", ROLL | MALLORY),
    get("people:export_volunteers", ROLL | MALLORY, leaves="rows"),
    get("people:new_volunteer", ROLL | MALLORY),
    post("people:new_volunteer", ROLL, NEW_VOLUNTEER, told=MALLORY),
    get("people:volunteer", ROLL, uuid="active"),
    post("people:show_volunteer_phone", ROLL, uuid="active"),
    get("people:edit_volunteer", ROLL, uuid="active"),
    post("people:edit_volunteer", ROLL, OFFER, uuid="active"),
    get("people:approve_volunteer", MANAGERS, uuid="applied"),
    post("people:approve_volunteer", MANAGERS, uuid="applied"),
    get("people:pause_volunteer", MANAGERS, uuid="active"),
    post("people:pause_volunteer", MANAGERS, uuid="active"),
    get("people:resume_volunteer", MANAGERS, uuid="rested"),
    post("people:resume_volunteer", MANAGERS, uuid="rested"),
    get("people:leave_volunteer", MANAGERS, uuid="active"),
    post("people:leave_volunteer", MANAGERS, uuid="active"),
    get("people:teams", ON_TEAMS),
    get("people:export_teams", ON_TEAMS),
    get("people:new_team", MANAGERS | MALLORY),
    post("people:new_team", MANAGERS, {**TEAM_WORDS, "place": "@chengbei"}, told=MALLORY),
    get("people:team", ON_TEAMS, uuid="team"),
    get("people:edit_team", MANAGERS, uuid="team"),
    post("people:edit_team", MANAGERS, TEAM_WORDS, uuid="team"),
    get("people:choose_leader", MANAGERS, uuid="team"),
    post("people:choose_leader", MANAGERS, {"person": "@volunteer_person"}, uuid="team"),
    get("people:add_member", RUN_TEAM, uuid="team"),
    # A leader sees nobody outside the team: volunteers tell their number.
    post("people:add_member", MANAGERS, {"person": "@candidate"}, uuid="team"),
    post("people:add_member_by_number", RUN_TEAM, {"number": "@candidate_number"}, uuid="team"),
    # Whoever wants to leave ends the own membership.
    post("people:remove_member", RUN_TEAM | {"volunteer"}, {"person": "@volunteer_person"}, uuid="team"),
    get("people:pause_team", MANAGERS, uuid="team"),
    post("people:pause_team", MANAGERS, uuid="team"),
    get("people:resume_team", MANAGERS, uuid="resting_team"),
    post("people:resume_team", MANAGERS, uuid="resting_team"),
    get("people:dissolve_team", MANAGERS, uuid="resting_team"),
    post("people:dissolve_team", MANAGERS, uuid="resting_team"),
    get("people:accounts", KEEPERS | MALLORY),
    get("people:export_accounts", KEEPERS | MALLORY, leaves="rows"),
    get("people:new_account", OPENERS | MALLORY),
    post(
        "people:new_account",
        OPENERS,
        {"name": "新账号", "phone": "12600000097", "place": "@chengbei", "password": ""},
        told=MALLORY,
    ),
    get("people:account", KEEPERS, uuid="colleague"),
    post("people:show_account_phone", KEEPERS, uuid="colleague"),
    post(
        "people:grant_role",
        GRANTERS,
        {"role": "operator", "place": "@chengbei"},
        told=KEEPERS,
        uuid="colleague",
    ),
    get("people:end_role", GRANTERS, uuid="colleague", grant_uuid="colleague_role"),
    post("people:end_role", GRANTERS, uuid="colleague", grant_uuid="colleague_role"),
    get("people:close_account", OPENERS, uuid="colleague"),
    post("people:close_account", OPENERS, uuid="colleague"),
    get("people:reopen_account", OPENERS, uuid="closed_account"),
    post("people:reopen_account", OPENERS, uuid="closed_account"),
    get("people:reset_totp", OPENERS, uuid="colleague"),
    post("people:reset_totp", OPENERS, uuid="colleague"),
    get("people:directors", MANAGERS, uuid="chengbei"),
    post(
        "people:directors",
        MANAGERS,
        {"title": "站长", "starts_on": "@today", "ends_on": ""},
        query="person",
        uuid="chengbei",
    ),
    get("people:end_term", MANAGERS, uuid="changning", term_uuid="term"),
    post("people:end_term", MANAGERS, {"last_day": "@yesterday"}, uuid="changning", term_uuid="term"),
)

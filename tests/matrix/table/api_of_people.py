"""The API of people, places and notices."""

from typing import Final

from tests.factories import PASSWORD
from tests.matrix.lines import (
    ALL,
    KEEPERS,
    LEADER,
    MALLORY,
    MANAGER,
    MANAGERS,
    OFFICES,
    RESIDENT,
    ROLL,
    SIGNED,
    TEAM,
    Line,
    delete,
    get,
    patch,
    post,
    put,
)

V1 = "/api/v1"
OFFER = {"place_id": "@chengbei", "skills": ["haircut"], "free_time": ""}
GRANTERS = frozenset({"manager", "security_admin"})
OPENERS = frozenset({"manager", "system_admin"})
ON_ROLL = TEAM | {"grid_keeper"}

LINES: Final[tuple[Line, ...]] = (
    get(f"{V1}/notices", SIGNED),
    post(f"{V1}/notices/{{notice_id}}/read", RESIDENT, notice_id="notice"),
    post(f"{V1}/notices/read", TEAM | RESIDENT | {"director"}, told=SIGNED),
    post(f"{V1}/sign-in", ALL, {"phone": "12600000001", "password": PASSWORD}),
    post(f"{V1}/sign-in/code", ALL, {"phone": "12600000001"}),
    # Without a code that was sent it is 422 for everybody.
    post(f"{V1}/sign-in/code/confirm", frozenset(), {"phone": "12600000001", "code": "123456"}, told=ALL),
    post(
        f"{V1}/register",
        frozenset(),
        {"phone": "12600000098", "code": "123456", "name": "新人", "place_id": "@chengbei"},
        told=ALL,
    ),
    post(f"{V1}/sign-out", SIGNED),
    get(f"{V1}/me", SIGNED),
    patch(f"{V1}/me/settings", SIGNED, {"theme": "dark"}),
    put(
        f"{V1}/me/contact",
        SIGNED,
        {"name": "某人", "contact_phone": "12900008887", "address": "", "place_id": "@chengbei"},
    ),
    post(f"{V1}/me/volunteer", SIGNED - ON_ROLL, OFFER, told=ON_ROLL),
    get(f"{V1}/volunteers", ROLL | MALLORY),
    post(f"{V1}/volunteers", ROLL, {**OFFER, "name": "新来的", "phone": "12600000099"}),
    get(f"{V1}/volunteers/{{volunteer_id}}", ROLL, volunteer_id="active"),
    put(f"{V1}/volunteers/{{volunteer_id}}", ROLL, OFFER, volunteer_id="active"),
    post(f"{V1}/volunteers/{{volunteer_id}}/approve", MANAGERS, volunteer_id="applied"),
    post(f"{V1}/volunteers/{{volunteer_id}}/pause", MANAGERS, volunteer_id="active"),
    post(f"{V1}/volunteers/{{volunteer_id}}/resume", MANAGERS, volunteer_id="rested"),
    post(f"{V1}/volunteers/{{volunteer_id}}/leave", MANAGERS, volunteer_id="active"),
    post(f"{V1}/volunteers/{{volunteer_id}}/phone", ROLL, volunteer_id="active"),
    get(f"{V1}/teams", SIGNED),
    post(f"{V1}/teams", MANAGERS, {"name": "新队", "place_id": "@chengbei", "category": "life"}),
    get(f"{V1}/teams/{{team_id}}", SIGNED, team_id="team"),
    get(f"{V1}/teams/{{team_id}}/members", MANAGERS | TEAM, team_id="team"),
    post(f"{V1}/teams/{{team_id}}/members", MANAGERS, {"person_id": "@candidate"}, team_id="team"),
    post(
        f"{V1}/teams/{{team_id}}/members/by-number",
        MANAGERS | LEADER,
        {"number": "@candidate_number"},
        team_id="team",
    ),
    delete(
        f"{V1}/teams/{{team_id}}/members/{{person_id}}",
        MANAGERS | TEAM,
        team_id="team",
        person_id="volunteer_person",
    ),
    put(f"{V1}/teams/{{team_id}}/leader", MANAGERS, {"person_id": "@volunteer_person"}, team_id="team"),
    post(f"{V1}/teams/{{team_id}}/pause", MANAGERS, team_id="team"),
    post(f"{V1}/teams/{{team_id}}/resume", MANAGERS, team_id="resting_team"),
    post(f"{V1}/teams/{{team_id}}/dissolve", MANAGERS, team_id="resting_team"),
    get(f"{V1}/accounts", KEEPERS | MALLORY),
    post(f"{V1}/accounts", OPENERS, {"name": "新账号", "phone": "12600000097", "place_id": "@chengbei"}),
    get(f"{V1}/accounts/{{account_id}}", KEEPERS, account_id="colleague"),
    post(
        f"{V1}/accounts/{{account_id}}/roles",
        GRANTERS,
        {"role": "operator", "place_id": "@chengbei"},
        account_id="colleague",
    ),
    delete(
        f"{V1}/accounts/{{account_id}}/roles/{{role_id}}",
        GRANTERS,
        account_id="colleague",
        role_id="colleague_role",
    ),
    post(f"{V1}/accounts/{{account_id}}/close", OPENERS, account_id="colleague"),
    post(f"{V1}/accounts/{{account_id}}/reopen", OPENERS, account_id="closed_account"),
    post(f"{V1}/accounts/{{account_id}}/phone", KEEPERS, account_id="colleague"),
    get(f"{V1}/persons", OFFICES | TEAM, ask={"q": "周"}),
    get(f"{V1}/places", ALL),
    post(f"{V1}/places", MANAGERS, {"kind": "station", "name": "新站", "parent_id": "@changning"}),
    get(f"{V1}/places/{{place_id}}", ALL, place_id="chengbei"),
    get(f"{V1}/places/{{place_id}}/children", ALL, place_id="changning"),
    post(f"{V1}/places/{{place_id}}/rename", MANAGERS, {"name": "新名字"}, place_id="chengbei"),
    post(f"{V1}/places/{{place_id}}/move", MANAGER, {"parent_id": "@liuche"}, place_id="huangxiang"),
    post(f"{V1}/places/{{place_id}}/close", MANAGERS, {}, place_id="huangxiang"),
)

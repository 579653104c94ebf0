"""Choices of people: roles, states of volunteers, levels of teams."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    """What one may be granted at a place; it holds for the place's subtree."""

    RESIDENT = "resident", _("Resident")
    VOLUNTEER = "volunteer", _("Volunteer")
    LEADER = "leader", _("Team leader")
    PRACTITIONER = "practitioner", _("Practitioner")
    GRID_KEEPER = "grid_keeper", _("Grid keeper")
    OPERATOR = "operator", _("Telephone operator")
    DIRECTOR = "director", _("Director")
    DISPATCHER = "dispatcher", _("Dispatcher")
    MANAGER = "manager", _("Manager")
    SUPERVISOR = "supervisor", _("Supervisor")
    SYSTEM_ADMIN = "system_admin", _("System administrator")
    SECURITY_ADMIN = "security_admin", _("Security administrator")
    AUDIT_ADMIN = "audit_admin", _("Audit administrator")


ADMIN_ROLES = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
"""Three roles that one account cannot hold together (GB/T 22239, level 3)."""

STAFF_ROLES = frozenset(
    {
        Role.PRACTITIONER,
        Role.GRID_KEEPER,
        Role.OPERATOR,
        Role.DIRECTOR,
        Role.DISPATCHER,
        Role.MANAGER,
        Role.SUPERVISOR,
    }
    | ADMIN_ROLES
)
"""Who works in the console."""

ORDER_STAFF_ROLES = frozenset(
    {
        Role.PRACTITIONER,
        Role.GRID_KEEPER,
        Role.OPERATOR,
        Role.DIRECTOR,
        Role.DISPATCHER,
        Role.MANAGER,
        Role.SUPERVISOR,
    }
)
"""Whose grant opens the rows of the subtree. Administrators of the system see accounts, not orders."""

DISPATCHING_ROLES = frozenset({Role.DISPATCHER, Role.DIRECTOR, Role.MANAGER})
"""Who admits, refuses and dispatches."""

HOLDING_ROLES = frozenset({Role.PRACTITIONER})
"""Who decides too, but only about what the very place of the grant holds: a station has no dispatcher (ADR 0035)."""

ENTERING_ROLES = frozenset({Role.PRACTITIONER, Role.GRID_KEEPER, Role.OPERATOR}) | DISPATCHING_ROLES
"""Who may enter an order for a resident (R-O3)."""

MANAGING_ROLES = frozenset({Role.MANAGER, Role.DIRECTOR})
"""Who edits the catalogue, menus, places and people of a subtree."""

FIGURE_ROLES = MANAGING_ROLES | {Role.SUPERVISOR, Role.DISPATCHER}


ACCOUNT_ROLES = frozenset({Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN, Role.MANAGER})
"""Who sees the accounts of a subtree: the security administrator grants, the system administrator opens and closes."""

OPENING_ROLES = frozenset({Role.SYSTEM_ADMIN, Role.MANAGER})
"""Who opens and closes accounts of a subtree and takes a second factor off; never who grants every role."""

GRANTING_ROLES = frozenset({Role.SECURITY_ADMIN, Role.MANAGER})
"""Who grants and ends roles in a subtree."""

PEOPLE_ROLES = MANAGING_ROLES | {Role.PRACTITIONER}
"""Who reads and enters volunteers and teams; approving and dissolving stay with MANAGING_ROLES."""

WORKING_ROLES = frozenset(
    {
        Role.RESIDENT,
        Role.VOLUNTEER,
        Role.LEADER,
        Role.PRACTITIONER,
        Role.GRID_KEEPER,
        Role.OPERATOR,
        Role.DIRECTOR,
        Role.DISPATCHER,
    }
)
"""What a manager may grant within its own subtree."""

TOTP_ROLES = frozenset({Role.MANAGER, Role.SUPERVISOR}) | ADMIN_ROLES
"""Who must sign in with two factors where the installation says so (SIDAN_REQUIRE_TOTP)."""


class VolunteerState(models.TextChoices):
    APPLIED = "applied", _("Applied")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    LEFT = "left", _("Left")


SERVING = frozenset({VolunteerState.ACTIVE, VolunteerState.PAUSED})
"""Volunteers of whom hours are recorded: admitted, and not gone."""


class Skill(models.TextChoices):
    """What a volunteer can do, as the teams of the counties are sorted."""

    CARE = "care", _("Care and company")
    HAIRCUT = "haircut", _("Haircuts")
    REPAIR = "repair", _("Repairs")
    MEDICAL = "medical", _("Medicine and nursing")
    LAW = "law", _("Law and mediation")
    TEACHING = "teaching", _("Teaching")
    LECTURE = "lecture", _("Lectures")
    ARTS = "arts", _("Arts and performance")
    SPORTS = "sports", _("Sports")
    FARMING = "farming", _("Farming and technology")
    COMPUTER = "computer", _("Computers and phones")
    PSYCHOLOGY = "psychology", _("Counselling")
    COOKING = "cooking", _("Cooking")
    DRIVING = "driving", _("Driving")
    ENVIRONMENT = "environment", _("Cleaning and nature")
    RESCUE = "rescue", _("Rescue and safety")


class TeamLevel(models.TextChoices):
    """Corps, detachment, brigade, squad: the order of the names differs by county, so it is data, not code (R-P2)."""

    CORPS = "corps", _("Corps")
    DETACHMENT = "detachment", _("Detachment")
    BRIGADE = "brigade", _("Brigade")
    SQUAD = "squad", _("Squad")


class TeamState(models.TextChoices):
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    DISSOLVED = "dissolved", _("Dissolved")


class Sex(models.TextChoices):
    """GB/T 2261.1."""

    UNKNOWN = "0", _("Unknown")
    MALE = "1", _("Male")
    FEMALE = "2", _("Female")
    UNSTATED = "9", _("Not stated")


class Theme(models.TextChoices):
    PAPER = "paper", _("Light")
    DARK = "dark", _("Dark")


class OrganisationKind(models.TextChoices):
    """In whose name a resident may ask for something besides their own (R-O3)."""

    VILLAGE = "village", pgettext_lazy("orders for", "Village or community")
    SCHOOL = "school", pgettext_lazy("orders for", "School")
    ENTERPRISE = "enterprise", pgettext_lazy("orders for", "Enterprise")
    OTHER = "other", pgettext_lazy("orders for", "Another organisation")

"""The drawings a kind of service may have. A fixed list: the front-end build collects the icons that code names."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class CategoryIcon:
    """A drawing and what it shows."""

    icon: str
    word: str | Promise


ICONS: Final = (
    CategoryIcon(icon="heart-handshake", word=pgettext_lazy("icon", "Helping hands")),
    CategoryIcon(icon="house", word=pgettext_lazy("icon", "House")),
    CategoryIcon(icon="scissors", word=pgettext_lazy("icon", "Scissors")),
    CategoryIcon(icon="wrench", word=pgettext_lazy("icon", "Repair")),
    CategoryIcon(icon="stethoscope", word=pgettext_lazy("icon", "Health")),
    CategoryIcon(icon="accessibility", word=pgettext_lazy("icon", "Disability")),
    CategoryIcon(icon="users-round", word=pgettext_lazy("icon", "People")),
    CategoryIcon(icon="baby", word=pgettext_lazy("icon", "Children")),
    CategoryIcon(icon="graduation-cap", word=pgettext_lazy("icon", "Learning")),
    CategoryIcon(icon="book-open", word=pgettext_lazy("icon", "Reading")),
    CategoryIcon(icon="megaphone", word=pgettext_lazy("icon", "Talks")),
    CategoryIcon(icon="landmark", word=pgettext_lazy("icon", "Policy")),
    CategoryIcon(icon="scale", word=pgettext_lazy("icon", "Law")),
    CategoryIcon(icon="music", word=pgettext_lazy("icon", "Music")),
    CategoryIcon(icon="palette", word=pgettext_lazy("icon", "Arts")),
    CategoryIcon(icon="dumbbell", word=pgettext_lazy("icon", "Sport")),
    CategoryIcon(icon="lightbulb", word=pgettext_lazy("icon", "Science")),
    CategoryIcon(icon="smartphone", word=pgettext_lazy("icon", "Telephone and computer")),
    CategoryIcon(icon="sprout", word=pgettext_lazy("icon", "Farming")),
    CategoryIcon(icon="tree-pine", word=pgettext_lazy("icon", "Nature")),
    CategoryIcon(icon="leaf", word=pgettext_lazy("icon", "Environment")),
    CategoryIcon(icon="shield-check", word=pgettext_lazy("icon", "Safety")),
    CategoryIcon(icon="flame", word=pgettext_lazy("icon", "Fire protection")),
    CategoryIcon(icon="cooking-pot", word=pgettext_lazy("icon", "Meals")),
    CategoryIcon(icon="bus", word=pgettext_lazy("icon", "Transport")),
    CategoryIcon(icon="gift", word=pgettext_lazy("icon", "Gifts")),
    CategoryIcon(icon="calendar-days", word=pgettext_lazy("icon", "Festivals")),
    CategoryIcon(icon="flag", word=pgettext_lazy("icon", "Flag")),
)
NAMES: Final = frozenset(drawing.icon for drawing in ICONS)

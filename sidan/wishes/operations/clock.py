"""The clock of wishes: told of each step by the door, set by the app of the time limits (`core.clockwork`)."""

from typing import Final

from sidan.core.clockwork import Clockwork
from sidan.wishes.models import Wish

CLOCKWORK: Final = Clockwork[Wish](table="wishes_wish")

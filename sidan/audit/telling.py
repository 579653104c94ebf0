"""How a look is told over the API, by whichever app shows whose it is."""

from datetime import datetime

from ninja import Schema


class LookOut(Schema):
    """Somebody looked at what is one's own: `what` says at what, in the reader's language."""

    at: datetime
    who: str
    what: str

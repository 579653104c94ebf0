"""Django's sessions in the database, read by a statement that is built once: every page begins with it."""

from datetime import UTC, datetime
from typing import Any, Final

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from sidan.core.compiled import PublicRows

_DATA: Final = PublicRows(
    lambda key, at: Session.objects.filter(session_key=key, expire_date__gt=at).values_list("session_data"),
    key="\ue000key",
    at=datetime(1, 1, 2, tzinfo=UTC),
)


class SessionStore(DatabaseStore):
    """The same table, the same keys and the same encoding as Django's own."""

    def load(self) -> dict[str, Any]:
        found = _DATA.rows(key=self.session_key, at=timezone.now())
        if not found:
            self._session_key = None
            return {}
        data: dict[str, Any] = self.decode(found[0][0])
        return data

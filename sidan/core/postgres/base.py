"""The backend itself; Django looks for it under this name.

A connection stays open between requests, so it must be looked at before each: the server may have been started again
meanwhile. Django asks `SELECT 1`, a whole round trip and a tenth of a small write's CPU. But an idle connection has
nothing to say: when its socket can be read, the server has hung up or sent a notice. Only then it is asked.
"""

import select
from typing import Any

from django.db.backends.postgresql.base import DatabaseWrapper as PostgresWrapper


class DatabaseWrapper(PostgresWrapper):
    """Asks the kernel before it asks the server."""

    def is_usable(self) -> bool:
        """Tell whether the connection of the last request can serve the next one.

        A server that vanished without a word (its machine lost power) is not noticed here but by the first statement,
        as it would be with a question a moment before.
        """
        if self.connection is None or self.connection.closed:
            return False
        return self._is_quiet() or bool(super().is_usable())

    def _is_quiet(self) -> bool:
        poll: Any = select.poll()
        poll.register(self.connection.pgconn.socket, select.POLLIN | select.POLLHUP | select.POLLERR)
        return not poll.poll(0)

"""Pages that another site may show within its own: they say so themselves, and nothing else may be framed."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpResponseBase

from sidan.core.middleware import content_security_policy

View = Callable[..., HttpResponseBase]


def embeddable(view: View) -> View:
    """Let everybody frame a page that has no form and shows what everybody may see: nobody can be tricked there."""

    @wraps(view)
    def page(*args: object, **kwargs: object) -> HttpResponseBase:
        answer = view(*args, **kwargs)
        policy = content_security_policy(live_url=settings.LIVE_URL, framed_by="*")
        answer.headers["Content-Security-Policy"] = policy
        answer.headers["Cache-Control"] = "public, max-age=300"
        return answer

    return page

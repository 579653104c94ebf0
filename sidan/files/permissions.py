"""Who may see a file: asked of the app that uses it. A purpose that nobody registered is refused."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import NotFound
from sidan.files.models import StoredFile

Access = Callable[[Actor, StoredFile], bool]
_access: dict[str, Access] = {}


class UnknownPurpose(LookupError):
    """A picture was to be stored for a purpose that no app registered: nobody could ever see it."""


class FileNotYours(NotFound):
    """There is no such file, or it is not the actor's to see: the same answer for both."""

    code = "file_not_found"
    sentence = _("This picture does not exist, or it is not yours to see.")


def register_access(purpose: str, access: Access) -> None:
    """Say who may see files of a purpose; called in the using app's `ready()`."""
    _access[purpose] = access


def is_known(purpose: str) -> bool:
    """Tell whether an app registered this purpose."""
    return purpose in _access


def check_may_see(*, actor: Actor, file: StoredFile) -> None:
    """Let pass who may see a file: the one who just uploaded it, and whom the using app names.

    Raises:
        FileNotYours: everybody else.
    """
    access = _access.get(file.purpose)
    if access is None or file.deleted_at is not None:
        raise FileNotYours()
    is_own = actor.account_id is not None and actor.account_id == file.uploaded_by_id
    if not is_own and not access(actor, file):
        raise FileNotYours()

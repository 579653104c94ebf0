"""Words of the screens: English sentences in the code, their Chinese in one catalogue per app.

`python -m ops.words update [app …]` reads code and templates and brings the catalogues up to date,
`compile` turns them into what Django loads, `check` names everything that is missing or wrong. No gettext
binaries are needed: a bare machine has none. English has no catalogue, because the sentences in the code are English.
"""

from ops.words.catalogue import compile_catalogues, update_catalogue
from ops.words.review import review_words

__all__ = ["compile_catalogues", "review_words", "update_catalogue"]

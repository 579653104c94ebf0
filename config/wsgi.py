"""The WSGI door that granian serves."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from ops.static import with_static_files

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = with_static_files(get_wsgi_application(), root=settings.STATIC_ROOT)

"""The WSGI door that granian serves."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from ops.static import with_static_files
from sidan.core.requests import ReadableRequest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
handler = get_wsgi_application()
handler.request_class = ReadableRequest
application = with_static_files(handler, root=settings.STATIC_ROOT)

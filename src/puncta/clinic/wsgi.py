"""The web application for a server."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "puncta.clinic.settings")
application = get_wsgi_application()

"""The WSGI entry. Each worker reads the public pages once before it serves, so that no visitor waits for a cold start."""

import os
from wsgiref.util import setup_testing_defaults

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.service.settings")
application = get_wsgi_application()

FIRST_PAGES = ("/", "/policies/", "/duties/", "/goals/", "/sectors/", "/calculator/", "/accounts/login/")


def warm_up() -> None:
    """Load views, templates, packs and rules; the pages themselves are thrown away."""
    from django.conf import settings  # noqa: PLC0415 - settings exist once the application does
    from django.db import connections  # noqa: PLC0415

    host = settings.ALLOWED_HOSTS[0].lstrip(".*") or "localhost"
    for address in FIRST_PAGES:
        environ = {"PATH_INFO": address, "HTTP_HOST": host, "REMOTE_ADDR": "127.0.0.1"}
        setup_testing_defaults(environ)
        application(environ, lambda *_: None).close()
    connections.close_all()


if os.environ.get("LUODI_WARM_UP") == "1":
    warm_up()

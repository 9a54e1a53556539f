"""Write the API's schema: ``python -m luodi.service.api.schema > docs/reference/openapi.json``."""

from __future__ import annotations

import json
import os
import sys


def written() -> str:
    """The OpenAPI schema in the form that is checked in."""
    from luodi.service.api.endpoints import api  # noqa: PLC0415 - needs Django set up

    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, sort_keys=True, indent=1, default=str) + "\n"


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.service.settings")
    django.setup()
    sys.stdout.write(written())

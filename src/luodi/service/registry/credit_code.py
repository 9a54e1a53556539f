"""The check of the unified social credit code (统一社会信用代码, GB 32100) at the registry's door."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from luodi.codes.credit_code import check_credit_code
from luodi.errors import ContentError


def validate_credit_code(code: str) -> None:
    """Refuse a code that the standard refuses, with the place that is wrong and what is expected there."""
    try:
        check_credit_code(code)
    except ContentError as error:
        raise ValidationError(str(error)) from error

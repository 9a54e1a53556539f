"""The small generated city."""

from integration.award_city import at_day, city, crowd, sign_in

__all__ = ["at_day", "city", "crowd", "sign_in"]

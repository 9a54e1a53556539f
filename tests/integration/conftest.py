"""One policy and a person for every role in every place."""

from integration.every_role import come, records, world

__all__ = ["come", "records", "world"]

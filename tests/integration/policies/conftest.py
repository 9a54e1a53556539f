"""A small policy in force and people to act on it."""

from integration.policies.drafts import bench
from integration.town_policy import draft, in_force, on, people, version

__all__ = ["bench", "draft", "in_force", "on", "people", "version"]

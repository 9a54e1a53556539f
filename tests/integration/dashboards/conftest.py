"""The demo, loaded once a module."""

from integration.demo_city import demo

__all__ = ["demo"]

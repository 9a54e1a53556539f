"""Engines that run the population query."""

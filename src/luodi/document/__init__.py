"""Bytes → text with positions → article tree."""

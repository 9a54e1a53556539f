"""Bytes → text with positions → article tree."""

from luodi.document.reading import parse, read, read_bytes
from luodi.document.text import Repair, Span, Text
from luodi.document.tree import Article, Document

__all__ = ["Article", "Document", "Repair", "Span", "Text", "parse", "read", "read_bytes"]

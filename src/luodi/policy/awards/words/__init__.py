"""What single words say of an award: level and grade, tier, how often (LANGUAGE 6.3, 6.5)."""

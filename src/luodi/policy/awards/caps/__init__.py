"""What a maximum binds (LANGUAGE 6.6)."""

"""Rules of a pack → who is owed what, why, and what it costs."""

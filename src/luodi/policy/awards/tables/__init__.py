"""Tables of awards: a row a grade or an object, a column its sum or share (LANGUAGE 3, 6)."""

"""The head of a document: its lines, the fields of a page or card, its letterhead, orders and signatures (LANGUAGE 2)."""

"""From facts to rules: what each award's row proposes for the entitlement engine, for a person to confirm."""

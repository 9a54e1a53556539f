"""Goals (目标): figures that a document sets itself, with their measure, direction, unit and date (LANGUAGE 7)."""

"""The Django project: the only place that knows Django."""

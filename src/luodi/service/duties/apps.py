from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "luodi.service.duties"
    label = "duties"

    def ready(self) -> None:
        """What the workbench publishes goes on the board, in the same transaction."""
        from luodi.service.duties.adopt import adopt_published  # noqa: PLC0415 - models are ready only now
        from luodi.service.policies.workflow import published  # noqa: PLC0415

        published.connect(adopt_published, dispatch_uid="duties-adopt")

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "luodi.service.awards"
    label = "awards"

    def ready(self) -> None:
        """The register of open readings asks here what an answer would change."""
        from luodi.service.awards.effects import answer_effect, touched_cases  # noqa: PLC0415 - models are ready only now
        from luodi.service.policies.effects import measured_by  # noqa: PLC0415

        measured_by(answer_effect, touched_cases)

from django.db import migrations

FORWARD = """
    UPDATE awards_scenario SET behind = (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'unit', entry -> 0, 'groups', entry -> 1, 'owed', (
                SELECT coalesce(jsonb_object_agg(owed.key, jsonb_build_object(
                    'before', jsonb_build_object('strict', owed.value -> 0, 'generous', owed.value -> 1),
                    'after', jsonb_build_object('strict', owed.value -> 2, 'generous', owed.value -> 3)
                )), '{}') FROM jsonb_each(entry -> 2) owed
            )) ORDER BY place), '[]')
        FROM jsonb_array_elements(behind) WITH ORDINALITY AS entries (entry, place)
    )
"""
BACK = """
    UPDATE awards_scenario SET behind = (
        SELECT coalesce(jsonb_agg(jsonb_build_array(
            entry -> 'unit', entry -> 'groups', (
                SELECT coalesce(jsonb_object_agg(owed.key, jsonb_build_array(
                    owed.value #> '{before,strict}', owed.value #> '{before,generous}',
                    owed.value #> '{after,strict}', owed.value #> '{after,generous}'
                )), '{}') FROM jsonb_each(entry -> 'owed') owed
            )) ORDER BY place), '[]')
        FROM jsonb_array_elements(behind) WITH ORDINALITY AS entries (entry, place)
    )
"""
"""Lists by place (unit, groups, four sums by award) become objects with names, and back."""
TRIGGER = "pgtrigger_scenario_is_frozen_353d3"


def thawed(statement: str) -> list[str]:
    """The statement, while saved scenarios may be changed: what they say stays the same."""
    return [
        f"ALTER TABLE awards_scenario DISABLE TRIGGER {TRIGGER}",
        statement,
        f"ALTER TABLE awards_scenario ENABLE TRIGGER {TRIGGER}",
    ]


class Migration(migrations.Migration):
    dependencies = [("awards", "0005_run_engine")]
    operations = [migrations.RunSQL(thawed(FORWARD), thawed(BACK))]

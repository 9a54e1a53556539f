"""The usual ladder of supervision slips; a city with other words or colours adds rows of its own region."""

from django.db import migrations

LEVELS = (("notice", "提示单", "blue"), ("slip", "督办单", "yellow"), ("final", "限期办结单", "red"), ("circular", "通报", "grey"))


def enter(apps, schema_editor):
    for order, (code, name, colour) in enumerate(LEVELS, 1):
        apps.get_model("duties", "SlipLevel").objects.get_or_create(
            region="", code=code, defaults={"name": name, "colour": colour, "order": order}
        )


class Migration(migrations.Migration):
    dependencies = [("duties", "0001_initial")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]

"""Plans that go on from visits, and what a search over the visits still to come found."""

# ruff: noqa: RUF012

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0007_looked"),
    ]

    operations = [
        migrations.AddField(model_name="planrecord", name="onward", field=models.JSONField(null=True)),
        migrations.AddField(model_name="updaterecord", name="replan", field=models.JSONField(null=True)),
    ]

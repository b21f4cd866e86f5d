"""A password that somebody else chose is to be replaced."""

# ruff: noqa: RUF012

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0003_diary"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="must_change",
            field=models.BooleanField(default=False),
        ),
    ]

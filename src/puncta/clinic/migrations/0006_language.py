"""The language a person reads, and the one a consent was signed in."""

# ruff: noqa: RUF012

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0005_loop"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="language",
            field=models.CharField(blank=True, default="", max_length=5),
        ),
        migrations.AddField(
            model_name="consent",
            name="language",
            field=models.CharField(default="en", max_length=5),
        ),
    ]

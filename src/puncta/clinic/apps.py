"""The one Django app of the clinic."""

from __future__ import annotations

from django.apps import AppConfig


class ClinicConfig(AppConfig):
    """Names and models of the clinic."""

    name = "puncta.clinic"
    label = "clinic"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Begin to watch over accounts."""
        from puncta.clinic.watch import begin

        begin()

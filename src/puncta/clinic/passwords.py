"""What a password may not be, beside Django's own rules."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from puncta.clinic.words import say

MOST_SIGNS = 128


class NotTooLong:
    """Refuses more signs than anybody types, for each costs time and memory to hash."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise where a password is too long.

        Raises
        ------
        ValidationError
            Where it has more than 128 signs.
        """
        if len(password) > MOST_SIGNS:
            raise ValidationError(say("account.too_long", most=MOST_SIGNS), code="too_long")

    def get_help_text(self) -> str:
        """What is allowed, in words."""
        return say("account.too_long", most=MOST_SIGNS)

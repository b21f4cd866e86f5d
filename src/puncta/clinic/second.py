"""The second factor: its secrets lie in the database sealed with the clinic's key, never as they are."""

from __future__ import annotations

import base64

from allauth.mfa.adapter import DefaultMFAAdapter

from puncta.clinic.sealing import clinic_key, seal, unseal

_MARK, _BOUND = "sealed:", "second factor"


class SealedFactors(DefaultMFAAdapter):
    """Seals the secrets of authenticator apps and recovery codes."""

    def encrypt(self, text: str) -> str:
        """Seal one secret."""
        return _MARK + base64.b64encode(seal(text.encode(), clinic_key(), _BOUND)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open one secret; what was kept before secrets were sealed is taken as it is."""
        if not encrypted_text.startswith(_MARK):
            return encrypted_text
        return unseal(base64.b64decode(encrypted_text.removeprefix(_MARK)), clinic_key(), _BOUND).decode()

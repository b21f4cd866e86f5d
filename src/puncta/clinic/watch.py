"""Watch over accounts: log-ins, refusals and changed factors go into the audit, and the account is told of them."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.signals import password_changed, password_set, user_logged_in
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.contrib import messages
from django.contrib.auth.signals import user_logged_out, user_login_failed

from puncta.clinic.audit import note
from puncta.clinic.models import AuditEntry, Membership, User
from puncta.clinic.words import say

_LOG = logging.getLogger("puncta.clinic")
#: What an account is told of at its next log-in.
TOLD = ("refused_login", "new_password", "new_factor", "lost_factor")


def _write(user: Any, action: str) -> None:
    """One line in the log, and one entry in the audit of the clinic that the account belongs to."""
    _LOG.info("account %s: %s", user.pk, action)
    member = Membership.objects.select_related("clinic").filter(user=user).order_by("-active", "id").first()
    if member is not None:
        note(member.clinic, user, action)


def _logged_in(sender: Any, request: Any, user: Any, **more: Any) -> None:
    mine = AuditEntry.objects.filter(user=user)
    before = mine.filter(action="logged_in").order_by("-at").first()
    since = mine.filter(action__in=TOLD, **({"at__gt": before.at} if before else {})).order_by("at")
    counted: dict[str, int] = {}
    for action in since.values_list("action", flat=True):
        counted[action] = counted.get(action, 0) + 1
    for action, count in counted.items():
        messages.warning(request, say(f"account.told.{action}", count=count), fail_silently=True)
    _write(user, "logged_in")


def _logged_out(sender: Any, request: Any, user: Any, **more: Any) -> None:
    if user is not None:
        _write(user, "logged_out")


def _refused(sender: Any, credentials: dict[str, Any], **more: Any) -> None:
    # what was typed never reaches the log: people type passwords where names belong
    user = User.objects.filter(username__iexact=str(credentials.get("username", ""))[:150]).first()
    if user is None:
        _LOG.warning("log-in refused: no such account")
    else:
        _write(user, "refused_login")


def _factor_refused(sender: Any, user: Any, **more: Any) -> None:
    _write(user, "refused_login")


def _new_password(sender: Any, user: Any, **more: Any) -> None:
    User.objects.filter(pk=user.pk).update(must_change=False)
    _write(user, "new_password")


def _new_factor(sender: Any, user: Any, **more: Any) -> None:
    _write(user, "new_factor")


def _lost_factor(sender: Any, user: Any, **more: Any) -> None:
    _write(user, "lost_factor")


def begin() -> None:
    """Listen from the start of the app on."""
    user_logged_in.connect(_logged_in)
    user_logged_out.connect(_logged_out)
    user_login_failed.connect(_refused)
    authentication_failed.connect(_factor_refused)
    for signal in (password_changed, password_set):
        signal.connect(_new_password)
    for signal in (authenticator_added, authenticator_reset):
        signal.connect(_new_factor)
    authenticator_removed.connect(_lost_factor)

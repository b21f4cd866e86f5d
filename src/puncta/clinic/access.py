"""Access: what each role may do, and the only ways in which a page gets hold of a record."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum, auto
from functools import wraps
from types import MappingProxyType
from typing import Any, TypeVar
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from puncta.clinic.models import Membership, Role
from puncta.clinic.words import say

M = TypeVar("M", bound=Model)
View = Callable[..., HttpResponseBase]


class Right(Enum):
    """One thing that somebody may be allowed to do."""

    PEOPLE = auto()
    EDIT_PERSON = auto()
    CONSENT = auto()
    ANSWER = auto()
    HEALTH = auto()
    SCREEN = auto()
    PLAN = auto()
    SESSION = auto()
    SIGN = auto()
    PHOTO = auto()
    ADD_PHOTO = auto()
    DOWNLOAD_PHOTO = auto()
    AFTER = auto()
    STOCK = auto()
    EDIT_STOCK = auto()
    POLICY = auto()
    STAFF = auto()
    AUDIT = auto()
    EXPORT = auto()
    ERASE = auto()


_ASSISTANT = {Right.PEOPLE, Right.EDIT_PERSON, Right.STOCK, Right.EDIT_STOCK}
_NURSE = _ASSISTANT | {
    Right.CONSENT,
    Right.ANSWER,
    Right.HEALTH,
    Right.SCREEN,
    Right.SESSION,
    Right.PHOTO,
    Right.ADD_PHOTO,
    Right.AFTER,
}
_PRACTITIONER = _NURSE | {Right.PLAN, Right.SIGN, Right.DOWNLOAD_PHOTO}
_OWNER = _PRACTITIONER | {Right.POLICY, Right.STAFF, Right.AUDIT, Right.EXPORT, Right.ERASE}
_AUDITOR = {Right.PEOPLE, Right.HEALTH, Right.STOCK, Right.AUDIT}

#: What each role may do; who is not named here may do nothing.
RIGHTS = MappingProxyType(
    {
        Role.OWNER.value: frozenset(_OWNER),
        Role.PRACTITIONER.value: frozenset(_PRACTITIONER),
        Role.NURSE.value: frozenset(_NURSE),
        Role.ASSISTANT.value: frozenset(_ASSISTANT),
        Role.AUDITOR.value: frozenset(_AUDITOR),
    }
)


def member_of(request: HttpRequest) -> Membership:
    """The membership under which a request is made.

    Raises
    ------
    Http404
        Where the account belongs to no clinic: it learns nothing, not even what exists.
    """
    member = getattr(request, "member", None)
    if member is None:
        raise Http404
    return member


def may(member: Membership, right: Right) -> bool:
    """Say whether a member has a right."""
    return member.active and right in RIGHTS.get(member.role, frozenset())


def of_clinic(request: HttpRequest, model: type[M], right: Right) -> QuerySet[M]:
    """All records of a kind that belong to the member's clinic.

    Raises
    ------
    PermissionDenied
        Where the member's role lacks the right.
    """
    member = member_of(request)
    if not may(member, right):
        raise PermissionDenied(right.name)
    return model.objects.filter(**{model.CLINIC_PATH: member.clinic})


def fetch(request: HttpRequest, model: type[M], pk: Any, right: Right, *join: str) -> M:
    """One record of the member's clinic; of another clinic it does not exist."""
    return get_object_or_404(of_clinic(request, model, right).select_related(*join), pk=pk)


def _lately(request: HttpRequest) -> bool:
    """True where the account showed within the last minutes who it is."""
    user = request.user
    known = get_authentication_records(request, user) if isinstance(user, AbstractBaseUser) else []
    last = max((record["at"] for record in known), default=0.0)
    return time.time() - last < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def _has_second_factor(user: Any) -> bool:
    return isinstance(user, AbstractBaseUser) and is_mfa_enabled(user)


def page(right: Right, *, fresh: bool = False) -> Callable[[View], View]:
    """Guard a view: log-in first, then a clinic, then the right. Every view of the clinic carries it.

    Parameters
    ----------
    right : Right
        What the role must include.
    fresh : bool
        True where the password, or a second factor, must have been given within the last minutes; on a clinic that is
        open to its network the account must also hold a second factor.
    """

    def guard(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may(member_of(request), right):
                raise PermissionDenied(right.name)
            if fresh and not _lately(request):
                again = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
                onward = request.get_full_path() if request.method == "GET" else "/clinic/keeping/"
                return redirect(f"{again}?{urlencode({'next': onward})}")
            if fresh and settings.NETWORK.lan and not _has_second_factor(request.user):
                messages.warning(request, say("account.needs_second"))
                return redirect("/account/2fa/")
            return view(request, *args, **kwargs)

        guarded.right = right
        return guarded

    return guard

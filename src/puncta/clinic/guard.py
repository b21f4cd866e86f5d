"""What stands before every page: headers, the clinic of the account, the idle lock."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.cache import cache
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils import translation

from puncta.clinic.models import Membership as Member
from puncta.clinic.network import LOOPBACK
from puncta.clinic.words import LANGUAGES

Next = Callable[[HttpRequest], HttpResponseBase]

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
#: The one page that compiles what it was served by the clinic: the capture guide's; nothing else changes.
GUIDE_POLICY = _POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
_SEEN, _LOCKED = "seen", "locked"
#: What a locked page still reaches: a way out and what it is drawn with, never a page that would change the lock.
_OPEN_PATHS = ("/account/login/", "/account/logout/", "/static/", "/style.css", "/locked/")
#: Under a tablet that was turned round: the way back, and the pages on which an account shows who it is.
_TURNED, _TURN_BACK = "turned_to", "/turned/back/"
_WHO_YOU_ARE = ("/account/reauthenticate/", "/account/2fa/reauthenticate/", "/account/2fa/webauthn/reauthenticate/")
_NEW_PASSWORD = "/account/password/change/"
_METHODS = ("GET", "HEAD", "POST")
_LOG = logging.getLogger("puncta.clinic")


class SecurityHeaders:
    """A strict content policy, no caching of anything that names a person, no features that are not used."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add the headers."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(self), microphone=(), geolocation=(), payment=()")
        if not request.path.startswith(("/static/", "/style.css")):
            response.headers.setdefault("Cache-Control", "no-store")
        if request.META.get("HTTP_HOST", "").rsplit(":", 1)[0] in LOOPBACK:
            # kept for "localhost" it would close every other program there, and this one without HTTPS
            response.headers.pop("Strict-Transport-Security", None)
        return response


class OnlyHttps:
    """Where browsers are to speak HTTPS, says so to one that does not: its log-in would be dropped in silence."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Hand on what came in encrypted."""
        if settings.HTTPS and not request.is_secure():
            from puncta.clinic.views.refusals import refused

            return refused(request, "only_https", 403)
        return self.get_response(request)


class OnlyReadAndSend:
    """Refuses every method but those that pages use."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Hand on what reads or sends."""
        if request.method not in _METHODS:
            return HttpResponseNotAllowed(_METHODS)
        return self.get_response(request)


class Pace:
    """Nobody turns pages faster than a hand does: what asks for more in a minute waits for the next one."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Count, and refuse what is too fast."""
        known = request.user.is_authenticated
        who = f"account {request.user.pk}" if known else f"place {request.META.get('REMOTE_ADDR', '')}"
        most = settings.PAGES_A_MINUTE if known else settings.PAGES_A_MINUTE_OUTSIDE
        count = counted(f"pace {who}", 60)
        if count > most:
            if count == most + 1:
                _LOG.warning("too many pages in a minute: %s", who if known else "nobody logged in")
            from puncta.clinic.views.refusals import refused

            return refused(request, "too_fast", 429)
        return self.get_response(request)


def counted(what: str, seconds: int) -> int:
    """How often something happened in this stretch of time, with this one."""
    key = f"{what} {int(time.time() // seconds)}".replace(" ", ":")
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:
        return 1


class Membership:
    """Finds the clinic of the account, and its language; one account works in one clinic at a time."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Set ``request.member``."""
        member = None
        if request.user.is_authenticated:
            member = (
                Member.objects.select_related("clinic", "user")
                .filter(user=request.user, active=True)
                .order_by("id")
                .first()
            )
        request.member = member
        # before anybody is known the browser says which language is read
        own = getattr(request.user, "language", "") or translation.get_language_from_request(request)
        with translation.override(own if own in LANGUAGES else "en"):
            return self.get_response(request)


class IdleLock:
    """After some minutes without a touch the page locks; the short code or the password opens it again."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Lock where the account was idle."""
        if not request.user.is_authenticated or request.path.startswith(_OPEN_PATHS):
            return self.get_response(request)
        now = time.time()
        seen = request.session.get(_SEEN, now)
        if request.session.get(_LOCKED) or now - seen > settings.IDLE_MINUTES * 60:
            request.session[_LOCKED] = True
            if not getattr(request.user, "quick_hash", ""):
                logout(request)
                return redirect(settings.LOGIN_URL)
            return redirect(f"/locked/?next={request.path}")
        if now - seen > 20 or _SEEN not in request.session:
            request.session[_SEEN] = now
        return self.get_response(request)


class TurnedRound:
    """A tablet that was turned to a person shows that person's page alone, until who treats shows who they are."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Lead back to the person's page from everywhere else."""
        key = request.session.get(_TURNED) if request.user.is_authenticated else None
        own = f"/people/{key}/turned/"
        if key is None or request.path in (own, _TURN_BACK) or request.path.startswith((*_OPEN_PATHS, *_WHO_YOU_ARE)):
            return self.get_response(request)
        return redirect(own)


class OwnPassword:
    """A password that somebody else chose opens one page alone: the one on which it is replaced."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Lead there first."""
        if getattr(request.user, "must_change", False) and not request.path.startswith((*_OPEN_PATHS, _NEW_PASSWORD)):
            from puncta.clinic.words import say

            if not list(messages.get_messages(request)):
                messages.warning(request, say("account.must_change"))
            return redirect(_NEW_PASSWORD)
        return self.get_response(request)


class CalmRefusals:
    """Turns what the framework refuses by raising into one clear page."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Hand on; what is raised inside is caught below."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Say that too much came at once, or that somebody else was faster."""
        from puncta.clinic.models import ConflictError
        from puncta.clinic.views.refusals import refused

        if isinstance(error, RequestDataTooBig | TooManyFilesSent):
            return refused(request, "too_much", 413)
        if isinstance(error, ConflictError):
            return refused(request, "conflict", 409)
        return None

"""The account itself: its own page, and the lock that opens with a short code."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from puncta.clinic.forms.base import ClinicForm
from puncta.clinic.library import languages
from puncta.clinic.words import said, say

_TRIES = 5
_CODE = forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"})


class CodeForm(ClinicForm):
    """The short code."""

    code = forms.RegexField(
        r"^\d{6,10}$", label=said("account.code"), widget=_CODE, help_text=said("account.code_help")
    )


@login_required
def me(request: HttpRequest) -> HttpResponse:
    """Language, short code, ways of logging in."""
    form = CodeForm(request.POST if "code" in request.POST else None)
    user = request.user
    if request.method == "POST" and request.POST.get("language") in ("en", "es"):
        user.language = request.POST["language"]
        user.save(update_fields=["language"])
        return redirect("/account/me/")
    if request.method == "POST" and form.is_valid():
        user.quick_hash = make_password(form.cleaned_data["code"])
        user.save(update_fields=["quick_hash"])
        messages.success(request, say("account.code_set"))
        return redirect("/account/me/")
    return render(request, "clinic/me.html", {"form": form, "here": "me", "languages": languages()})


@login_required
def locked(request: HttpRequest) -> HttpResponse:
    """Open again with the short code; after five wrong ones the account is logged out."""
    given = request.POST.get("next") or request.GET.get("next") or "/"
    onward = given if url_has_allowed_host_and_scheme(given, {request.get_host()}) else "/"
    form = CodeForm(request.POST or None)
    if request.method == "POST":
        tries = request.session.get("tries", 0) + 1
        request.session["tries"] = tries
        if check_password(request.POST.get("code", ""), request.user.quick_hash):
            for key in ("locked", "seen", "tries"):
                request.session.pop(key, None)
            return redirect(onward)
        if tries >= _TRIES:
            logout(request)
            return redirect("/account/login/")
        form.errors.clear()
        form.refuse("code", "account.code_wrong", left=_TRIES - tries)
    return render(request, "clinic/locked.html", {"form": form, "onward": onward})

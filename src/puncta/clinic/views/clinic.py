"""The clinic itself: staff with their roles, the audit and its verification."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import lazy

from puncta.clinic.access import Right, fetch, member_of, of_clinic, page
from puncta.clinic.audit import first_break, note
from puncta.clinic.forms.base import ClinicForm, mark_of, number_field
from puncta.clinic.models import AuditEntry, Membership, Role, User
from puncta.clinic.words import said, say

_A_PAGE = 50
_show = lazy(lambda: f"{say('account.show')}|{say('account.hide')}", str)()


class StaffForm(ClinicForm):
    """One member of staff."""

    username = forms.RegexField(
        r"^[\w.@+-]{3,60}$", label=said("staff.username"), help_text=said("staff.username_help")
    )
    full_name = forms.CharField(label=said("staff.full_name"), max_length=120)
    role = forms.ChoiceField(label=said("staff.role"))
    max_depth_mm = number_field("staff.max_depth_mm", 0.1, 3, required=False, help_text=said("staff.depth_help"))
    password = forms.CharField(
        label=said("staff.password"),
        widget=forms.PasswordInput(
            attrs={"autocomplete": "new-password", "data-show": _show, "data-strength": said("account.strength")}
        ),
        help_text=said("staff.password_help"),
        max_length=200,
    )

    def __init__(self, *args: Any, new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, say(f"role.{role.value}")) for role in Role]
        if not new:
            del self.fields["username"]
            self.fields["password"].required = False
            self.fields["password"].label = say("staff.new_password")

    def clean_username(self) -> str:
        """Names of accounts are told apart without capitals."""
        name = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exists():
            self.refuse("username", "staff.taken")
        return name

    def clean_password(self) -> str:
        """The same rules as at log-in."""
        given = self.cleaned_data["password"]
        if not given and not self.fields["password"].required:
            return ""
        validate_password(given, User(username=self.cleaned_data.get("username", "")))
        return given


@page(Right.AUDIT)
def clinic(request: HttpRequest) -> HttpResponse:
    """Staff, and what was done lately."""
    member = member_of(request)
    entries = AuditEntry.objects.filter(clinic=member.clinic).select_related("user").order_by("-number")
    shown = Paginator(entries, _A_PAGE).get_page(request.GET.get("page"))
    staff = Membership.objects.filter(clinic=member.clinic).select_related("user").order_by("-active", "user__username")
    values: dict[str, object] = {"entries": shown, "staff": staff, "here": "clinic"}
    if request.GET.get("verify"):
        values["verified"], values["broken"] = True, first_break(member.clinic)
    return render(request, "clinic/clinic.html", values)


@page(Right.STAFF, fresh=True)
def add_staff(request: HttpRequest) -> HttpResponse:
    """A new account with its role."""
    member = member_of(request)
    form = StaffForm(request.POST or None, new=True)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with transaction.atomic():
            user = User.objects.create_user(given["username"], password=given["password"])
            user.first_name, user.must_change = given["full_name"], True
            user.save(update_fields=["first_name", "must_change"])
            made = Membership.objects.create(
                user=user, clinic=member.clinic, role=given["role"], max_depth_mm=given["max_depth_mm"]
            )
            note(member.clinic, request.user, "created", made, {"role": made.role})
        return redirect("/clinic/")
    values = {"form": form, "heading": say("staff.new"), "do": say("do.save"), "back": "/clinic/", "here": "clinic"}
    return render(request, "clinic/form_page.html", values)


@page(Right.STAFF, fresh=True)
def edit_staff(request: HttpRequest, pk: int) -> HttpResponse:
    """Role and depth of a member; the last owner keeps the role."""
    member = member_of(request)
    other = fetch(request, Membership, pk, Right.STAFF, "user")
    start = {"full_name": other.user.called, "role": other.role, "max_depth_mm": other.max_depth_mm}
    form = StaffForm(request.POST or None, new=False, initial=start)
    mark = mark_of({**start, "active": other.active})
    form.refuse_stale(mark)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        keep = request.POST.get("active") != "no"
        owners = of_clinic(request, Membership, Right.STAFF).filter(role=Role.OWNER, active=True).exclude(pk=other.pk)
        if not owners.exists() and (given["role"] != Role.OWNER or not keep):
            form.refuse("role", "staff.last_owner")
        else:
            with transaction.atomic():
                other.role, other.max_depth_mm, other.active = given["role"], given["max_depth_mm"], keep
                other.save()
                other.user.first_name, other.user.last_name = given["full_name"], ""
                other.user.save(update_fields=["first_name", "last_name"])
                if given["password"]:
                    other.user.set_password(given["password"])
                    other.user.must_change = other.user != request.user
                    other.user.save(update_fields=["password", "must_change"])
                    note(member.clinic, other.user, "new_password", other)
                note(member.clinic, request.user, "changed", other, {"role": other.role, "active": keep})
            messages.success(request, say("form.saved"))
            return redirect("/clinic/")
    values = {"form": form, "heading": other.user.called, "do": say("do.save"), "back": "/clinic/", "here": "clinic"}
    return render(request, "clinic/staff_form.html", {**values, "other": other, "version": mark})

"""Addresses of the clinic."""

from __future__ import annotations

from django.urls import include, path

from puncta.clinic.views import account, clinic, people, style, today

urlpatterns = [
    path("style.css", style.style),
    path("", today.today, name="today"),
    path("people/", people.people, name="people"),
    path("people/new/", people.add_person),
    path("people/<uuid:pk>/", people.record, name="record"),
    path("people/<uuid:pk>/edit/", people.edit_person),
    path("clinic/", clinic.clinic),
    path("clinic/staff/new/", clinic.add_staff),
    path("clinic/staff/<int:pk>/", clinic.edit_staff),
    path("locked/", account.locked),
    path("account/me/", account.me),
    path("account/", include("allauth.urls")),
]

handler400 = "puncta.clinic.views.refusals.bad_request"
handler403 = "puncta.clinic.views.refusals.not_allowed"
handler404 = "puncta.clinic.views.refusals.not_found"

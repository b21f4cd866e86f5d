"""Addresses of the clinic."""

from __future__ import annotations

from django.urls import include, path

from puncta.clinic.views import (
    account,
    after,
    clinic,
    consents,
    people,
    photographs,
    plans,
    policy,
    screening,
    sessions,
    stock,
    style,
    today,
)

urlpatterns = [
    path("style.css", style.style),
    path("", today.today, name="today"),
    path("people/", people.people, name="people"),
    path("people/new/", people.add_person),
    path("people/<uuid:pk>/", people.record, name="record"),
    path("people/<uuid:pk>/edit/", people.edit_person),
    path("people/<uuid:pk>/consents/<str:kind>/", consents.sign_consent),
    path("people/<uuid:pk>/visits/new/", screening.new_visit),
    path("people/<uuid:pk>/screen/", screening.screening),
    path("people/<uuid:pk>/case/", plans.edit_case),
    path("people/<uuid:pk>/plan/", plans.plan_page),
    path("people/<uuid:pk>/plans/new/", plans.new_plan),
    path("plans/<uuid:pk>/accept/", plans.accept_plan),
    path("plans/<uuid:pk>/patient/", plans.patient_sheet),
    path("plans/<uuid:pk>/<str:name>/", plans.paper),
    path("people/<uuid:pk>/session/", sessions.session_step),
    path("people/<uuid:pk>/sessions/new/", sessions.new_session),
    path("people/<uuid:pk>/photographs/", photographs.photographs),
    path("people/<uuid:pk>/photographs/add/", photographs.add_photographs),
    path("people/<uuid:pk>/compare/", photographs.compare),
    path("photographs/<uuid:pk>/image/", photographs.image),
    path("photographs/<uuid:pk>/thumb/", photographs.thumb),
    path("photographs/<uuid:pk>/download/", photographs.download),
    path("photographs/<uuid:pk>/delete/", photographs.delete_photograph),
    path("sessions/<uuid:pk>/", sessions.session_page),
    path("sessions/<uuid:pk>/same/", sessions.same_as_last),
    path("sessions/<uuid:pk>/amend/", sessions.amend),
    path("consents/<uuid:pk>/", consents.see_consent),
    path("consents/<uuid:pk>/withdraw/", consents.withdraw_consent),
    path("visits/<uuid:pk>/questionnaire/", screening.answer),
    path("visits/<uuid:pk>/aside/", screening.set_aside),
    path("people/<uuid:pk>/follow-up/", after.follow_up),
    path("people/<uuid:pk>/follow-ups/add/", after.add_due),
    path("people/<uuid:pk>/events/add/", after.add_event),
    path("people/<uuid:pk>/scores/add/", after.add_score),
    path("follow-ups/<uuid:pk>/done/", after.mark_done),
    path("follow-ups/<uuid:pk>/ics/", after.calendar_entry),
    path("events/<uuid:pk>/", after.close_event),
    path("stock/", stock.stock),
    path("stock/add/", stock.add_lot),
    path("recall/", stock.recall),
    path("lots/<uuid:pk>/recall/", stock.recall_lot),
    path("clinic/", clinic.clinic),
    path("clinic/policy/", policy.policy),
    path("clinic/staff/new/", clinic.add_staff),
    path("clinic/staff/<int:pk>/", clinic.edit_staff),
    path("locked/", account.locked),
    path("account/me/", account.me),
    path("account/", include("allauth.urls")),
]

handler400 = "puncta.clinic.views.refusals.bad_request"
handler403 = "puncta.clinic.views.refusals.not_allowed"
handler404 = "puncta.clinic.views.refusals.not_found"

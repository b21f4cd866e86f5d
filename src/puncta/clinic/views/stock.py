"""Stock and recall: what lies on the shelf, and who had what of a lot."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from puncta.clinic.access import Right, fetch, member_of, of_clinic, page
from puncta.clinic.audit import note
from puncta.clinic.forms.after import LotForm
from puncta.clinic.forms.base import shown_version
from puncta.clinic.lots import read_expiry, read_label
from puncta.clinic.models import Lot, LotUse
from puncta.clinic.words import say

_MOST = 500


@page(Right.STOCK)
def stock(request: HttpRequest) -> HttpResponse:
    """The shelf: what expires first stands first."""
    lots = of_clinic(request, Lot, Right.STOCK).annotate(used=Count("uses")).order_by("expires_on", "kind", "lot")
    values = {"lots": lots[:_MOST], "form": LotForm(), "today": timezone.localdate(), "here": "stock"}
    return render(request, "clinic/stock.html", values)


@page(Right.EDIT_STOCK)
@require_POST
def add_lot(request: HttpRequest) -> HttpResponse:
    """A lot comes onto the shelf; more of one that is there is added to it."""
    member = member_of(request)
    form = LotForm(request.POST)
    if not form.is_valid():
        lots = of_clinic(request, Lot, Right.STOCK).annotate(used=Count("uses")).order_by("expires_on")[:_MOST]
        values = {"lots": lots, "form": form, "today": timezone.localdate(), "here": "stock"}
        return render(request, "clinic/stock.html", values, status=422)
    given = form.cleaned_data
    label = read_label(given["lot"], pieces=False)
    with transaction.atomic():
        lot, _ = Lot.objects.get_or_create(
            clinic=member.clinic,
            kind=given["kind"],
            name=given["name"],
            lot=label.lot,
            defaults={"created_by": request.user},
        )
        lot.expires_on = label.expires_on or read_expiry(given["expiry"]) or lot.expires_on
        lot.pieces += int(given["pieces"] or 0)
        lot.save()
        note(member.clinic, request.user, "changed", lot, {"pieces": lot.pieces})
    messages.success(request, say("form.saved"))
    return redirect("/stock/")


@page(Right.HEALTH)
def recall(request: HttpRequest) -> HttpResponse:
    """Everybody who had something of a lot: when, in which zones, how to reach them; in one query for the uses."""
    words = request.GET.get("lot", "").strip()
    label = read_label(words) if words else None
    values: dict[str, object] = {"q": words, "here": "stock", "today": timezone.localdate()}
    if label is not None:
        member = member_of(request)
        names = {label.lot, words.upper()}
        uses = LotUse.objects.filter(lot__clinic=member.clinic, lot__lot__in=names)
        if label.piece and words.upper() != label.lot:
            uses = uses.filter(piece__in=(label.piece, ""))
        uses = uses.select_related("lot", "session__person").prefetch_related("session__zones")
        values["uses"] = uses.order_by("-session__day")[:_MOST]
        values["lots"] = of_clinic(request, Lot, Right.STOCK).filter(lot__in=names)
    return render(request, "clinic/recall.html", values)


@page(Right.SIGN)
@require_POST
def recall_lot(request: HttpRequest, pk: str) -> HttpResponse:
    """Mark a lot as recalled, or take the mark back; no session can be signed with it meanwhile."""
    member = member_of(request)
    lot = fetch(request, Lot, pk, Right.SIGN)
    at = None if lot.recalled_at else timezone.now()
    with transaction.atomic():
        lot.save_over(shown_version(request.POST), request.user, recalled_at=at)
        note(member.clinic, request.user, "recalled", lot, {"recalled": at is not None})
    return redirect(f"/recall/?lot={lot.lot}")

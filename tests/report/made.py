"""Plans, views and drawings, built once per worker."""

from functools import cache

from tests.report.plans import PLANS

from puncta.planning import Plan
from puncta.report.card import render_card
from puncta.report.drawings import Drawings, drawings
from puncta.report.html import render_page
from puncta.report.pdf import render_plan
from puncta.report.view import ReportView, view


@cache
def plan_of(name: str) -> Plan:
    """A plan by name."""
    return PLANS[name]()


@cache
def view_of(name: str) -> ReportView:
    """Its view."""
    return view(plan_of(name))


@cache
def drawings_of(name: str) -> Drawings:
    """Its drawings."""
    return drawings(plan_of(name), view_of(name))


@cache
def page_of(name: str) -> str:
    """Its page."""
    return render_page(plan_of(name), view_of(name), drawings_of(name))


@cache
def card_of(name: str) -> bytes:
    """Its card."""
    return render_card(plan_of(name), view_of(name), drawings_of(name))


@cache
def plan_pdf_of(name: str) -> bytes:
    """Its plan on paper."""
    return render_plan(plan_of(name), view_of(name), drawings_of(name))

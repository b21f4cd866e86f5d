"""The patient sheet: one page in plain words, with honest odds, what to expect by day and month, and when to call."""

from __future__ import annotations

import math
from typing import Any

from puncta.appearance.concerns import Law, manner
from puncta.errors import PunctaError
from puncta.frozen import frozen
from puncta.messages import text, unreviewed
from puncta.planning import Alternative, Plan
from puncta.report.numbers import date_text
from puncta.report.pdf import page_count, set_pdf, theme_data
from puncta.report.view import ReportView
from puncta.report.view.forecasts import month_number
from puncta.report.view.words import base_list
from puncta.safety.aftercare import aftercare, duration_words
from puncta.simulation import Quantity

_DOTS, _PERCENT = 100, 100.0
_MINUTES_PER_HALF_HOUR = 30.0
_HOURS_PER_DAY = 24.0
_LEAST_DAYS = 1.5  # numerics: from here a time is told in days
_WIDE = 20  # numerics: a range wider than this is told in fives
_FIVE = 5
_DO = ("hands", "emollient", "numb", "cleanse", "sunscreen", "sun")
_WAIT = ("makeup", "sport", "water_heat", "peel", "actives", "tinted")
_HEADS = ("odds_head", "notice_head", "do_head", "wait_head", "call_head", "clinic", "phone", "foot", "dots", "thin")
#: Sizes of type in pt, largest first: the first that fits one page is taken.
_SIZES_PT = (12.0, 11.5, 11.0, 10.5, 10.0)


@frozen
class Letterhead:
    """Who hands the sheet over, and in which language.

    Parameters
    ----------
    clinic, phone : str
        Name and telephone; a line to write on where there is none.
    language : str
        Language of the person, a folder of the catalogue that holds ``patient.toml``.

    Examples
    --------
    >>> Letterhead("Example clinic", "020 7946 0000", "es").language
    'es'
    """

    clinic: str = ""
    phone: str = ""
    language: str = "en"


def render_patient(plan: Plan, seen: ReportView, letterhead: Letterhead | None = None) -> bytes:
    """Set the patient sheet.

    Parameters
    ----------
    plan : Plan
        A plan with a recommended course.
    seen : ReportView
        Its words and figures.
    letterhead : Letterhead, optional
        Who hands it over; English without a name where it is left out.

    Returns
    -------
    bytes
        PDF, A4, one page.

    Raises
    ------
    PunctaError
        Where even the smallest type does not fit on one page.
    """
    sheet = patient_sheet(plan, seen, letterhead)
    data = {
        **sheet,
        "v": {"head": {"example": sheet["example"]}},
        "theme": theme_data(),
        "words": {**sheet["words"], "brand": text("report.brand"), "keyword": sheet["keyword"], "absent": ""},
    }
    for size in _SIZES_PT:
        written = set_pdf("patient.typ", {**data, "size": size}, plan)
        if page_count(written) == 1:
            return written
    raise PunctaError(text("report.error.patient_too_long"))


def patient_sheet(plan: Plan, seen: ReportView, letterhead: Letterhead | None = None) -> dict[str, Any]:
    """Every word and figure of the sheet as plain values: what paper and screen show alike.

    Parameters
    ----------
    plan, seen, letterhead : Plan, ReportView, Letterhead
        As for `render_patient`.

    Returns
    -------
    dict
        Texts and lists of texts, fit for JSON; ``unreviewed`` is empty in languages that need no such mark.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> from puncta.planning import plan
    >>> from puncta.report import view
    >>> made = plan(read_case("examples/published_A03.toml"), draws=20)
    >>> patient_sheet(made, view(made), Letterhead(language="es"))["title"]
    'Microagujas para las marcas de acné'
    """
    assert plan.chosen is not None
    return _Sheet(plan, plan.chosen, seen, letterhead or Letterhead()).told()


def patient_sentences(plan: Plan, seen: ReportView, letterhead: Letterhead | None = None) -> tuple[str, ...]:
    """Every sentence of the sheet, for checking how hard it reads.

    Parameters
    ----------
    plan, seen, letterhead : Plan, ReportView, Letterhead
        As for `render_patient`.
    """
    told = patient_sheet(plan, seen, letterhead)
    odds = [
        words for one in told["odds"] for words in (one["head"] + ".", one["about"], one["could"], one["more"]) if words
    ]
    days = [one["text"] for one in told["notice"]]
    lists = [f"{line}." for line in (*told["do"], *told["wait"])]
    call = f"{told['words']['call_head']} {told['call']}"
    return (
        *told["intro"],
        *(words for words in odds if words),
        *days,
        *lists,
        call,
        told["words"]["foot"],
        told["words"]["dots"],
    )


@frozen
class _Sheet:
    """One sheet being written: the plan, and the language it is told in."""

    plan: Plan
    chosen: Alternative
    seen: ReportView
    letterhead: Letterhead

    def say(self, key: str, /, **values: object) -> str:
        return text(f"patient.{key}", self.letterhead.language, **values)

    def places(self, zones: Any) -> str:
        return base_list(zones, self.letterhead.language)

    def told(self) -> dict[str, Any]:
        needled, language = bool(self.chosen.course.sessions), self.letterhead.language
        case = self.plan.case
        concern = self.say(f"concern.{case.concerns[0].kind.value}")
        do, wait = self._care()
        return {
            "language": language,
            "clinic": self.letterhead.clinic,
            "phone": self.letterhead.phone,
            "unreviewed": unreviewed(language),
            "example": text("report.head.example", language) if self.seen.head.example else "",
            "keyword": text("report.page.research", language),
            "words": {name: self.say(name) for name in _HEADS}
            | ({"foot": self.say("foot_onward")} if self.plan.continues is not None else {}),
            "code": self.seen.head.code,
            "title": self.say("title" if needled else "title_home", concern=concern),
            "for_whom": self.say("for_whom", code=self.seen.head.code, date=date_text(case.planned_on, language)),
            "intro": self._intro() if needled else [self.say("home")],
            "odds": self._odds(needled),
            "thin": any(q.thin for q in self.chosen.outcome.named("grade_gain_probability")),
            "notice": self._notice() if needled else [],
            "do": do if needled else self._at_home(),
            "wait": wait if needled else [],
            "call": self.say("call" if needled else "call_home"),
            "notice_device": text("limits.not_a_device", language),
            "plan": self.say("plan", key=self.seen.plan_key, version=self.seen.version),
        }

    def _intro(self) -> list[str]:
        course, outcome, numbing = self.chosen.course, self.chosen.outcome, self.plan.numbing
        pigment = manner(self.plan.case.concerns[0].kind).law is Law.PIGMENT
        zones = [setting.zone for setting in course.sessions[0].settings]
        weeks, count = round(course.interval_days / 7), len(course.sessions)
        more = "more_" if self.plan.continues is not None else ""
        visits = self.say(f"some_{more}visits", count=count, weeks=weeks) if count > 1 else self.say(f"one_{more}visit")
        gliding = sum(float(q.band().median[0]) for q in outcome.named("time_minutes"))
        cream = numbing.on_minutes if numbing is not None and not numbing.refused else 0.0
        halves = max(math.ceil((gliding + cream) / _MINUTES_PER_HALF_HOUR), 1)
        told = [
            self.say("intro_pigment" if pigment else "intro"),
            self.say("visits", visits=visits, places=self.places(zones)),
            self.say("time" if cream else "time_bare", time=self._long(halves)),
        ]
        pain = sorted((q.band() for q in outcome.named("pain_score")), key=lambda band: float(band.median[0]))
        if pain:
            low, middle, high = (round(float(x[0])) for x in (pain[-1].low80, pain[-1].median, pain[-1].high80))
            told.append(self.say("pain", low=low, middle=middle, high=high))
        return told

    def _long(self, halves: int) -> str:
        words = {1: "half_hour", 2: "hour", 3: "hour_and_half"}
        if halves in words:
            return self.say(words[halves])
        hours, half = divmod(halves, 2)
        return self.say("hours_and_half" if half else "hours", count=hours)

    def _odds(self, needled: bool) -> list[dict[str, Any]]:
        lead = self.plan.case.concerns[0].kind
        bare = self.plan.bare
        assert bare is not None
        without = "without" if self.plan.continues is None else "without_more"
        asked = [
            ("with" if needled else "with_home", self.chosen.outcome.named("grade_gain_probability", lead), "others"),
            (without, bare.outcome.named("grade_gain_probability", lead), "itself"),
            ("marks", self.chosen.outcome.named("pih_probability"), "sun"),
        ]
        return [self._one_odds(head, quantities[0], more) for head, quantities, more in asked if quantities]

    def _one_odds(self, head: str, quantity: Quantity, more: str) -> dict[str, Any]:
        band = quantity.band()
        ends = [_PERCENT * float(x[0]) for x in (band.low80, band.median, band.high80)]
        step = _FIVE if ends[2] - ends[0] > _WIDE else 1
        low, middle, high = (int(step * round(end / step)) for end in ends)
        below = self.say("below")
        # the chance of one person who is known has no range of its own: none of its dots is sure
        single = self.plan.continues is not None and ends[0] == ends[2] and middle > 0
        low = 0 if single else low
        return {
            "head": self.say(head),
            "about": self.say("about", middle=middle) if middle else self.say("hardly"),
            "could": "" if single else self.say("could", low=low or self.say("none"), high=high) if high else below,
            "more": self.say(more),
            "dots": ["sure"] * low + ["guess"] * (middle - low) + ["open"] * (high - middle) + ["no"] * (_DOTS - high),
        }

    def _notice(self) -> list[dict[str, str]]:
        hours = [float(q.band().high80[0]) for q in self.chosen.outcome.named("redness_visible_hours")]
        day = max(math.ceil(max(hours, default=0.0) / _HOURS_PER_DAY), 2)
        values = {"settle": {"day": day}, "read": {"month": month_number(self.plan.read_day)}}
        return [
            {"head": self.say(f"notice.{name}_head", **values.get(name, {})), "text": self.say(f"notice.{name}")}
            for name in ("first", "settle", "flakes", "change", "read")
        ]

    def _at_home(self) -> list[str]:
        care = self.plan.case.home_care
        names = [self.plan.case.library.product(key).name for key in care.products]
        sun = [self.say("at_home.sunscreen")] if care.sunscreen else []
        return [*sun, *(self.say("at_home.product", name=name) for name in names), self.say("at_home.review")]

    def _after(self, hours: float) -> str:
        """Written out: hours within the first day and a half, then days."""
        if hours < _LEAST_DAYS * _HOURS_PER_DAY:
            return self.say("hours", count=f"{hours:g}")
        return duration_words(hours, in_days=True, language=self.letterhead.language)

    def _care(self) -> tuple[list[str], list[str]]:
        """What to do and what to wait with; a sentence that the clinic put in place of ours stands as it is."""
        depths = [float(q.band().median[0]) for q in self.chosen.outcome.named("depth_mm")]
        found = {one.key: one for one in aftercare(self.chosen.outcome.case, max(depths, default=0.0))}

        def lines(names: tuple[str, ...], group: str) -> list[str]:
            out = []
            for name in names:
                if name in found:
                    one, after = found[name], ""
                    if one.from_hours is not None:
                        after = self._after(one.from_hours)
                    out.append(one.text if one.replaced else self.say(f"{group}.{name}", after=after))
            return out

        held = sorted(self.plan.screening.held_zones())
        later = [self.say("wait.held", place=self.places(held).lower())] if held else []
        return lines(_DO, "do"), [*lines(_WAIT, "wait"), *later]

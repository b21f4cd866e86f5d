"""Words for things that the case names by key: zones, sides, concerns, courses, persons, devices, products."""

from __future__ import annotations

from collections.abc import Iterable

from puncta.case import Case, Concern, Course
from puncta.evidence import records
from puncta.messages import has_text, text
from puncta.person import PHOTOTYPES, Person
from puncta.report.numbers import NBSP, number, plain
from puncta.skin import zone
from puncta.skin.zones import SIDES

_DAYS_PER_WEEK = 7


def sentence_case(words: str) -> str:
    """Capitalise the first letter and nothing else.

    Examples
    --------
    >>> sentence_case("left cheek, ITA")
    'Left cheek, ITA'
    """
    return words[:1].upper() + words[1:]


def lower_first(words: str) -> str:
    """Make the first letter small, for use inside a sentence."""
    return words[:1].lower() + words[1:]


def from_key(key: str) -> str:
    """Turn a key without a text of its own into words: a course that somebody named themselves.

    Examples
    --------
    >>> from_key("gentle_then_deep")
    'Gentle then deep'
    """
    return sentence_case(key.replace("_", " ").replace("-", " ").strip())


def message_or_key(key: str, plain_key: str, language: str = "en") -> str:
    """The text of a key, else the key as words."""
    return text(key, language) if has_text(key, language) else from_key(plain_key)


def zone_base_name(base: str, language: str = "en") -> str:
    """Name of a zone without its side."""
    return message_or_key(f"report.zone.{base}", base, language)


def zone_name(name: str) -> str:
    """Name of a zone with its side: ``cheek, left``."""
    entry = zone(name)
    side = f", {text(f'report.side.{entry.side}')}" if entry.side else ""
    return zone_base_name(entry.base) + side


def side_words(zones: Iterable[str]) -> str:
    """Sides of one zone in words: ``right and left``, ``left``, or nothing."""
    sides = {zone(name).side for name in zones}
    if sides >= set(SIDES):
        return text("report.side.both")
    return "".join(text(f"report.side.{side}") for side in sides if side)


def place_list(zones: Iterable[str]) -> str:
    """Zones gathered by name: ``cheek, right and left; nose``."""
    gathered: dict[str, list[str]] = {}
    for name in zones:
        gathered.setdefault(zone(name).base, []).append(name)
    parts = []
    for base, names in gathered.items():
        sides = side_words(names)
        parts.append(f"{lower_first(zone_base_name(base))}{f', {sides}' if sides else ''}")
    return "; ".join(parts)


def base_list(zones: Iterable[str], language: str = "en") -> str:
    """Zones without sides: ``cheek, jaw``."""
    return ", ".join(dict.fromkeys(lower_first(zone_base_name(zone(name).base, language)) for name in zones))


def concern_name(kind: str) -> str:
    """Name of a concern: ``Atrophic acne scars``."""
    return message_or_key(f"report.concern.{kind}", kind)


def severity_name(kind: str) -> str:
    """What is measured for a concern: ``scar severity``."""
    return message_or_key(f"report.severity.{kind}", kind)


def scale_line(concern: Concern) -> str:
    """Severity today with its scale: ``Goodman-Baron grade 3 of 4``."""
    record = records("scales").get(concern.scale, {})
    name = str(record.get("name", from_key(concern.scale)))
    today = plain(concern.severity_score)
    if "high" in record:
        return text("report.head.scale_of", scale=name, today=today, most=plain(float(record["high"])))
    return text("report.head.scale", scale=name, today=today)


def concern_line(case: Case) -> str:
    """The concerns with variety and grade, then where."""
    parts = []
    for concern in case.concerns:
        variety = f", {concern.variety.replace('_', ' ')}" if concern.variety else ""
        parts.append(f"{concern_name(concern.kind)}{variety}, {scale_line(concern)}")
    zones = dict.fromkeys(name for concern in case.concerns for name in concern.zones)
    return f"{'; '.join(parts)} · {base_list(zones)}"


def person_line(person: Person) -> str:
    """The person as rules see them: ``woman, 34 · 62 kg · phototype IV · ITA 18°``."""
    if person.age_range_years:
        low, high = person.age_range_years
        age = text("report.head.age_range", low=number(low), high=number(high))
    else:
        age = number(person.age_years)
    parts = [f"{text(f'report.sex.{person.sex.value}')}, {age}"]
    if person.weight_kg is not None:
        parts.append(f"{plain(round(person.weight_kg, 1))}{NBSP}kg")
    kind = person.phototype_name
    if person.phototype_range and person.phototype_range[0] != person.phototype_range[1]:
        kind = " to ".join(PHOTOTYPES[entry - 1] for entry in person.phototype_range)
    parts.append(text("report.head.phototype", name=kind).replace(" ", NBSP))
    if person.ita_degrees is not None:
        parts.append(f"ITA{NBSP}{number(person.ita_degrees)}°")
    return " · ".join(parts)


def course_name(course: Course) -> str:
    """Name of a course, from the planning's texts; one that somebody named themselves is read as it is written."""
    return message_or_key(f"planning.course.{course.name}", course.name)


def visits_words(course: Course) -> str:
    """Visits and interval: ``4 visits, 4 weeks apart``."""
    count = len(course.sessions)
    if count == 0:
        return text("report.visits.none")
    if count == 1:
        return text("report.visits.one")
    return text("report.visits.many", count=count, interval=interval_words(course))


def interval_words(course: Course) -> str:
    """The interval in weeks where it is whole weeks, else in days."""
    days = course.interval_days
    weeks, rest = divmod(days, _DAYS_PER_WEEK)
    if rest or not weeks:
        return text("report.visits.days", count=days)
    return text("report.visits.week") if weeks == 1 else text("report.visits.weeks", count=weeks)


def dial_text(dial_mm: float) -> str:
    """A dial setting as it stands on the device: one decimal, two where the step needs it.

    Examples
    --------
    >>> dial_text(1.0), dial_text(0.25)
    ('1.0', '0.25')
    """
    one = round(dial_mm, 1)
    return f"{dial_mm:.1f}" if abs(one - dial_mm) < 1e-9 else f"{dial_mm:.2f}"


def dial_span(course: Course) -> str:
    """Lowest to highest dial of a course: ``0.8 to 1.0 mm``; empty without sessions."""
    dials = sorted({setting.dial_mm for session in course.sessions for setting in session.settings})
    if not dials:
        return ""
    low, high = dial_text(min(dials)), dial_text(max(dials))
    span = low if low == high else f"{low} to {high}"
    return f"{span}{NBSP}mm"


def product_name(case: Case, key: str) -> str:
    """Name of a product as people know it, else its key as words."""
    known = case.library.products.get(key)
    return from_key(key) if known is None else known.name


def record_name(folder: str, key: str) -> str:
    """Name of a device, product or cream as people know it."""
    return str(records(folder).get(key, {}).get("name", from_key(key)))


def device_line(case: Case) -> str:
    """The device: what it is, its needles, its dial and its tolerance."""
    known = case.library.device(case.device.device)
    steps = known.steps_mm
    reach = dial_text(max(steps)) if len(steps) == 1 else f"{dial_text(min(steps))} to {dial_text(max(steps))}"
    return text(
        "report.device.line",
        name=known.name,
        kind=text(f"report.device.{known.kind}"),
        needles=known.needles,
        reach=reach,
        tolerance=plain(known.tolerance_mm),
    )

"""Device checks: what a record of a device must hold, and in which order its figures must lie."""

from __future__ import annotations

from puncta.errors import Problem, nearest
from puncta.evidence import Record
from puncta.messages import text
from puncta.needling.clearance import check_clearances

KINDS = ("pen", "roller", "stamp")

_ALWAYS = ("needles", "needle_length_mm", "needle_diameter_mm", "reach_mm", "tolerance_mm", "swath_cm")
_SPEED = "usual_speed_cm_per_s"
_PEN = ("strokes_low_per_s", "strokes_high_per_s", "usual_strokes_per_s")
_PRESSED = ("punctures_per_cm2_per_pass",)
_OPTIONAL = (
    "dial_low_mm",
    "dial_step_mm",
    "label_limit_mm",
    "evaluated_limit_mm",
    "study_limit_mm",
    "rows",
    "drum_cm",
    "ring_cm",
)
_NEEDED = {
    "pen": (*_ALWAYS, _SPEED, *_PEN, "dial_step_mm"),
    "roller": (*_ALWAYS, _SPEED, *_PRESSED),
    "stamp": (*_ALWAYS, *_PRESSED),
}
_FACTS = ("name", "kind", "maker", "cleared", "refused_because")
_FIGURES = frozenset((*_ALWAYS, _SPEED, *_PEN, *_PRESSED, *_OPTIONAL))


def check_device(record: Record, problems: list[Problem]) -> None:
    """Add everything that is wrong with a record of a device, all of it together."""
    key, facts = record.key, record.facts
    for name in facts:
        if name not in _FACTS:
            near = nearest(name, (*_FACTS, *_FIGURES))
            problems.append(Problem(f"{key}.{name}", name, near, "", text("products.record.unknown_field")))
    problems.extend(
        Problem(f"{key}.{name}", name, nearest(name, _FIGURES), "", text("products.record.unknown_field"))
        for name in record.figures
        if name not in _FIGURES
    )
    if not facts.get("name"):
        problems.append(Problem(f"{key}.name", text("products.record.nothing"), "", "", text("products.record.name")))
    kind = facts.get("kind")
    if kind not in KINDS:
        problems.append(Problem(f"{key}.kind", repr(kind), ", ".join(KINDS), "", text("products.device.kind")))
        return
    needed = _NEEDED[str(kind)]
    problems.extend(
        Problem(f"{key}.{name}", text("products.record.nothing"), "", "", text("products.record.missing_figure"))
        for name in needed
        if name not in record.figures
    )
    _check_order(record, problems)
    check_clearances(record, problems)


def _check_order(record: Record, problems: list[Problem]) -> None:
    """Lengths and rates must be positive and in order; a dial step must fit into the reach."""
    for name, figure in record.figures.items():
        # a dial may start at nothing; everything else is a length, a rate or a count
        if figure.value < 0 or (figure.value == 0 and name != "dial_low_mm"):
            problems.append(
                Problem(record.key_of(name), str(figure.value), "> 0", "", text("products.record.positive"))
            )
    for smaller, larger in (
        ("dial_step_mm", "reach_mm"),
        ("dial_low_mm", "reach_mm"),
        ("label_limit_mm", "reach_mm"),
        ("evaluated_limit_mm", "reach_mm"),
        ("study_limit_mm", "reach_mm"),
        ("strokes_low_per_s", "usual_strokes_per_s"),
        ("usual_strokes_per_s", "strokes_high_per_s"),
    ):
        low, high = record.value(smaller), record.value(larger)
        if low is not None and high is not None and low > high:
            problems.append(
                Problem(f"{record.key}.{smaller}", str(low), f"<= {larger} = {high}", "", text("products.record.order"))
            )

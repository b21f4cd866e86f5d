"""Sound cases and courses at random, for properties that must hold for every one of them."""

from datetime import date, timedelta
from types import MappingProxyType

from hypothesis import strategies as st

from puncta.appearance.scales import scales_for
from puncta.case import (
    Answer,
    Case,
    Concern,
    ConcernKind,
    Course,
    DeviceChoice,
    Goal,
    HomeCare,
    KeepFree,
    Lesion,
    LesionKind,
    Limits,
    Names,
    Numbing,
    Override,
    Policy,
    Reply,
    Role,
    Session,
    ZoneSetting,
    ZoneUse,
)
from puncta.case.concern import VARIETIES
from puncta.case.ranges import ranges
from puncta.evidence import arms
from puncta.person import Person, Sex
from puncta.skin import zones

NAMES = Names.built_in()
ZONES = sorted(name for name, zone in zones().items() if not zone.never)
PRODUCTS = st.lists(st.sampled_from(sorted(NAMES.products)), max_size=2, unique=True).map(tuple)
LINES = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=30).filter(
    lambda line: bool(line.strip())
)


def within(name: str) -> st.SearchStrategy[float]:
    """Any number that a field may hold."""
    allowed = ranges()[name]
    return st.floats(allowed.low, allowed.high)


def whole(name: str) -> st.SearchStrategy[int]:
    """Any whole number that a field may hold."""
    allowed = ranges()[name]
    return st.integers(int(allowed.low), int(allowed.high))


@st.composite
def persons(draw: st.DrawFn) -> Person:
    """Any person, with age and type known or known as a range."""
    ages = draw(st.none() | st.tuples(within("age_years"), within("age_years")).filter(lambda pair: pair[0] < pair[1]))
    age = draw(within("age_years") if ages is None else st.floats(*ages))
    types = draw(st.none() | st.sampled_from([(1, 2), (3, 5), (4, 6)]))
    return Person(
        identifier=draw(LINES),
        age_years=age,
        sex=draw(st.sampled_from(Sex)),
        weight_kg=draw(within("weight_kg")),
        phototype=draw(st.integers(1, 6)) if types is None else types[1],
        ita_degrees=draw(st.none() | within("ita_degrees")),
        age_range_years=ages,
        phototype_range=types,
    )


@st.composite
def _concern(draw: st.DrawFn, kind: ConcernKind, treated: list[str]) -> Concern:
    scale = draw(st.sampled_from(scales_for(kind)))
    return Concern(
        kind=kind,
        zones=tuple(draw(st.lists(st.sampled_from(treated), min_size=1, max_size=3, unique=True))),
        scale=scale.key,
        severity_score=draw(st.floats(scale.low, 1e6 if scale.high is None else scale.high)),
        variety=draw(st.sampled_from(("", *VARIETIES.get(kind, ())))),
    )


@st.composite
def _answers(draw: st.DrawFn, planned: date) -> MappingProxyType[str, Answer]:
    out = {}
    for key in draw(st.lists(st.sampled_from(sorted(NAMES.questions)), max_size=5, unique=True)):
        question, reply = NAMES.questions[key], draw(st.sampled_from(Reply))
        yes = reply is Reply.YES
        when = draw(st.none() | st.integers(0, 300).map(lambda days: planned - timedelta(days))) if yes else None
        places = draw(st.lists(st.sampled_from(ZONES), max_size=2, unique=True)) if yes and question.local else []
        out[key] = Answer(reply, when if question.dated else None, tuple(places))
    return MappingProxyType(out)


@st.composite
def courses(draw: st.DrawFn, dials: tuple[float, ...] | None = None, treated: list[str] | None = None) -> Course:
    """Any course; with the steps of a device and treated zones, one that fits them."""
    dial = within("dial_mm") if dials is None else st.sampled_from((0.0, *dials))
    setting = st.builds(ZoneSetting, st.sampled_from(treated or ZONES), dial, st.none() | whole("passes"))
    settings = st.lists(setting, min_size=1, max_size=3, unique_by=lambda one: one.zone).map(tuple)
    if draw(st.booleans()):
        every = draw(settings)
        count, interval = draw(st.integers(1, 6)), draw(whole("interval_days"))
        return Course.regular(draw(LINES), every, count, interval, draw(PRODUCTS))
    later = draw(st.lists(whole("day").filter(bool), max_size=3, unique=True))
    sessions = tuple(Session(day, draw(settings)) for day in (0, *sorted(later)))
    return Course(draw(LINES), sessions if draw(st.booleans()) else (), draw(PRODUCTS))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Any sound case."""
    used = draw(st.lists(st.sampled_from(ZONES), min_size=2, max_size=5, unique=True))
    treated, rest = used[:2], used[2:]
    uses = [ZoneUse(name, Role.TREAT, draw(st.none() | within("area_cm2"))) for name in treated]
    uses += [ZoneUse(name, draw(st.sampled_from([Role.AVOID, Role.IGNORE]))) for name in rest]
    kinds = draw(st.lists(st.sampled_from(ConcernKind), min_size=1, max_size=3, unique=True))
    device = NAMES.devices[draw(st.sampled_from(sorted(NAMES.devices)))]
    planned = draw(st.dates(date(2000, 12, 31), date(2100, 12, 31)))
    rates = device.strokes_range_per_s
    return Case(
        title=draw(LINES),
        constructed=draw(st.booleans()),
        planned_on=planned,
        person=draw(persons()),
        zones=tuple(uses),
        lesions=tuple(
            draw(
                st.lists(
                    st.builds(
                        Lesion,
                        st.sampled_from(LesionKind),
                        st.sampled_from(ZONES),
                        st.booleans(),
                        within("clearance_mm"),
                    ),
                    max_size=2,
                )
            )
        ),
        concerns=tuple(draw(_concern(kind, treated)) for kind in kinds),
        history=draw(_answers(planned)),
        device=DeviceChoice(
            device.key,
            draw(st.none() | within("speed_cm_per_s")),
            draw(st.none() | st.floats(*rates)) if rates else None,
        ),
        session_product=draw(st.none() | st.sampled_from(sorted(NAMES.products))),
        numbing=draw(st.none() | st.builds(Numbing, st.sampled_from(sorted(NAMES.numbing)), within("minutes"))),
        home_care=HomeCare(draw(st.booleans()), draw(PRODUCTS)),
        co_treatments=tuple(draw(st.lists(LINES, max_size=2))),
        goals=tuple(Goal(kind, draw(within("improvement_fraction"))) for kind in kinds[: draw(st.integers(0, 2))]),
        limits=Limits(
            draw(whole("max_sessions")),
            draw(within("max_pain_score")),
            draw(within("max_redness_hours")),
            draw(within("max_pih_probability")),
            draw(st.sampled_from([(), ("max_pain_score",), ("max_redness_hours", "max_pih_probability")])),
        ),
        keep_free=tuple(
            KeepFree(draw(LINES), day, day + timedelta(days=draw(st.integers(0, 30))), draw(whole("days_before")))
            for day in draw(st.lists(st.dates(date(2026, 1, 1), date(2030, 1, 1)), max_size=2))
        ),
        policy=Policy(
            clinic=draw(st.just("") | LINES),
            operator_max_mm=draw(st.none() | within("operator_max_mm")),
            choices=MappingProxyType(
                {key: draw(st.sampled_from(sorted(NAMES.guidance[key]))) for key in sorted(NAMES.guidance)[:1]}
            ),
            zone_max_mm=MappingProxyType({name: draw(st.floats(0, device.reach_mm)) for name in treated[:1]}),
            overrides=tuple(
                Override(rule, draw(LINES), draw(LINES))
                for rule in draw(st.lists(st.sampled_from(sorted(NAMES.rules)), max_size=2, unique=True))
            ),
            aftercare=MappingProxyType({key: draw(LINES) for key in ("makeup", "own_line")[: draw(st.integers(0, 2))]}),
        ),
        published=draw(st.none() | st.sampled_from(sorted(arms()))),
        protocol=draw(st.none() | courses(device.steps_mm, treated)),
    )

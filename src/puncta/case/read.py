"""Read: cases and courses from TOML and JSON, with everything that is wrong told at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from puncta.case.build import build_case, build_clinic, build_course
from puncta.case.case import Case, Policy, Role
from puncta.case.course import Course
from puncta.case.format import FORMAT
from puncta.case.library import Library
from puncta.case.lines import line_at, lines_of
from puncta.case.means_relations import policy_mistakes
from puncta.case.mistakes import Mistake, Place, Tables, from_schema, value_at, without
from puncta.case.names import Names
from puncta.case.parse import json_tree, toml_tree
from puncta.case.relations import relation_mistakes
from puncta.case.schema import CASE_TABLES, CLINIC_TABLES, COURSE_TABLES, CaseTable, ClinicTable, CourseTable
from puncta.case.settings import session_mistakes
from puncta.errors import InputError
from puncta.files import read_text

T = TypeVar("T", bound=BaseModel)
Relations = Callable[[Mapping[str, Any], Mapping[str, Any], Names], list[Mistake]]

_MOST_TOLD = 100  # numerics: messages; nobody reads more at once
_ABSENT = ("missing", "scale_missing", "cream_without_weight")


def read_case(path: str | Path, library: Library | None = None) -> Case:
    """Read a case file.

    Parameters
    ----------
    path : str or Path
        A TOML file, or a JSON file where its name ends in ``.json``.
    library : Library, optional
        Somebody's own devices and products, from ``read_library``; the case carries them on.

    Returns
    -------
    Case
        The case.

    Raises
    ------
    InputError
        With all problems of the file together. Places are written as paths; lists count from 0, lines from 1.

    Examples
    --------
    >>> read_case("examples/acne_scars.toml").person.phototype_name
    'IV'
    """
    text, name = read_text(path), str(path)
    reader = case_from_json if Path(path).suffix.lower() == ".json" else case_from_toml
    return reader(text, name, library)


def case_from_toml(text: str, name: str = "case", library: Library | None = None) -> Case:
    """Read a case from TOML text.

    Parameters
    ----------
    text : str
        The text.
    name : str
        What to call it in messages.
    library : Library, optional
        Somebody's own devices and products.

    Returns
    -------
    Case
        The case.

    Raises
    ------
    InputError
        With all problems together.

    Examples
    --------
    >>> case_from_toml("format = 1", "my case")
    Traceback (most recent call last):
    puncta.errors.InputError: my case: 6 problem(s)
    ...
    """
    return _case(toml_tree(text, name), name, library, text)


def case_from_json(text: str, name: str = "case", library: Library | None = None) -> Case:
    """Read a case from JSON text; the same fields as in TOML, days as text ``2026-11-04``.

    Parameters
    ----------
    text : str
        The text.
    name : str
        What to call it in messages.
    library : Library, optional
        Somebody's own devices and products.

    Returns
    -------
    Case
        The case.

    Raises
    ------
    InputError
        With all problems together.

    Examples
    --------
    >>> case_from_json("[]", "my case")
    Traceback (most recent call last):
    puncta.errors.InputError: my case: 1 problem(s)
    ...
    """
    return _case(json_tree(text, name), name, library)


def course_from_toml(text: str, name: str = "course", case: Case | None = None) -> Course:
    """Read a course from TOML text.

    Parameters
    ----------
    text : str
        The text.
    name : str
        What to call it in messages.
    case : Case, optional
        The case that it is for; then lengths are held against its device, zones against those it treats, and names
        against its library.

    Returns
    -------
    Course
        The course.

    Raises
    ------
    InputError
        With all problems together.

    Examples
    --------
    >>> course_from_toml('format = 1\\nname = "untreated"').name
    'untreated'
    """
    return _course(toml_tree(text, name), name, case, text)


def course_from_json(text: str, name: str = "course", case: Case | None = None) -> Course:
    """Read a course from JSON text.

    Parameters
    ----------
    text, name, case
        As in `course_from_toml`.

    Returns
    -------
    Course
        The course.

    Raises
    ------
    InputError
        With all problems together.

    Examples
    --------
    >>> course_from_json('{"format": 1, "name": "untreated"}').sessions
    ()
    """
    return _course(json_tree(text, name), name, case)


def read_policy(path: str | Path) -> Policy:
    """Read a clinic's policy from a TOML file of its own, for all its cases.

    Parameters
    ----------
    path : str or Path
        The file: ``format = 1`` and the keys of a case's ``policy``, without what is set aside.

    Returns
    -------
    Policy
        The policy; ``with_policy`` gives it to a case.

    Raises
    ------
    InputError
        With all problems together.

    Examples
    --------
    >>> read_policy("examples/clinic/policy.toml").choices["filler_wait"]
    'clinics'
    """
    written, name = read_text(path), str(path)
    tree = toml_tree(written, name)
    names = Names.built_in()
    return build_clinic(_checked(tree, name, ClinicTable, CLINIC_TABLES, _clinic_relations, names, written))


def _clinic_relations(tree: Mapping[str, Any], given: Mapping[str, Any], names: Names) -> list[Mistake]:
    found = policy_mistakes({"policy": tree}, {"policy": given}, names)
    return [replace(mistake, place=mistake.place[1:]) for mistake in found]


def with_policy(case: Case, policy: Policy) -> Case:
    """Give a clinic's policy to a case; what the case itself says comes first, and the stricter licence holds.

    Parameters
    ----------
    case : Case
        The case.
    policy : Policy
        From ``read_policy``.

    Examples
    --------
    >>> case = with_policy(read_case("examples/acne_scars.toml"), Policy(operator_max_mm=0.5))
    >>> case.policy.operator_max_mm
    0.5
    """
    own = case.policy
    licences = [depth for depth in (own.operator_max_mm, policy.operator_max_mm) if depth is not None]
    both = Policy(
        clinic=own.clinic or policy.clinic,
        operator_max_mm=min(licences, default=None),
        choices=MappingProxyType({**policy.choices, **own.choices}),
        zone_max_mm=MappingProxyType({**policy.zone_max_mm, **own.zone_max_mm}),
        overrides=own.overrides,
        aftercare=MappingProxyType({**policy.aftercare, **own.aftercare}),
    )
    return replace(case, policy=both)


def _case(tree: Any, name: str, library: Library | None, text: str = "") -> Case:
    own = library or Library()
    return build_case(_checked(tree, name, CaseTable, CASE_TABLES, relation_mistakes, Names.of(own), text), own)


def _course(tree: Any, name: str, case: Case | None, text: str = "") -> Course:
    names = Names.built_in() if case is None else Names.of(case.library)
    return build_course(_checked(tree, name, CourseTable, COURSE_TABLES, _course_relations(case), names, text))


def _course_relations(case: Case | None) -> Relations:
    treated = None if case is None else {use.zone for use in case.zones_with(Role.TREAT)}

    def relations(tree: Mapping[str, Any], given: Mapping[str, Any], names: Names) -> list[Mistake]:
        sessions = tree.get("sessions")
        device = None if case is None else names.devices.get(case.device.device)
        return list(session_mistakes(("sessions",), sessions if isinstance(sessions, list) else [], device, treated))

    return relations


def _checked(
    given: Any, name: str, schema: type[T], tables: Tables, relations: Relations, names: Names, text: str = ""
) -> T:
    if not isinstance(given, Mapping):
        raise InputError(name, [Mistake((), "not_a_table", given).problem()])
    tree = _without_nothing(given)
    mistakes = _format_mistakes(tree)
    if any(mistake.kind == "other_format" for mistake in mistakes):
        raise InputError(name, [mistake.problem() for mistake in mistakes])
    tree = {key: value for key, value in tree.items() if key != "format"}
    table: T | None = None
    try:
        table = schema.model_validate(tree, context=names)
    except ValidationError as error:
        mistakes += from_schema(error, tree, tables)
    sound = without(tree, {mistake.place for mistake in mistakes})
    mistakes += relations(sound, tree, names)
    mistakes = _told_once(mistakes, tree)
    if mistakes or table is None:
        lines, order = lines_of(text), _order(tree)
        ordered = sorted(mistakes, key=lambda mistake: _position(mistake.place, order))
        problems = [mistake.problem(line_at(lines, mistake.place)) for mistake in ordered[:_MOST_TOLD]]
        if len(ordered) > _MOST_TOLD:
            problems.append(Mistake((), "and_more_mistakes", len(ordered) - _MOST_TOLD).problem())
        raise InputError(name, problems)
    return table


def _format_mistakes(tree: Mapping[str, Any]) -> list[Mistake]:
    if "format" not in tree:
        return [Mistake(("format",), "no_format", values={"format": FORMAT})]
    given = tree["format"]
    if isinstance(given, bool) or given != FORMAT:
        return [Mistake(("format",), "other_format", given, {"format": FORMAT})]
    return []


def _told_once(mistakes: list[Mistake], tree: Mapping[str, Any]) -> list[Mistake]:
    """Drop what only follows from another mistake: a field is not missing that stands there wrongly."""
    wanted = {(*mistake.place[:-1], mistake.values["wanted"]) for mistake in mistakes if "wanted" in mistake.values}
    better = {mistake.place for mistake in mistakes if mistake.kind != "missing"}
    kept: dict[tuple[Place, str], Mistake] = {}
    for mistake in mistakes:
        absent = mistake.kind in _ABSENT
        stands = value_at(tree, mistake.place, missing=None) is not None
        follows = absent and (mistake.place in wanted or stands)
        if not follows and not (mistake.kind == "missing" and mistake.place in better):
            kept.setdefault((mistake.place, mistake.kind), mistake)
    return list(kept.values())


def _order(tree: Any) -> dict[Place, int]:
    """Number the places of a tree in the order in which they are written."""
    out: dict[Place, int] = {}
    waiting: list[tuple[Place, Any]] = [((), tree)]
    while waiting:
        place, value = waiting.pop()
        out[place] = len(out)
        if isinstance(value, Mapping):
            waiting += [((*place, key), value[key]) for key in reversed(value)]
        elif isinstance(value, list):
            waiting += [((*place, index), each) for index, each in reversed(list(enumerate(value)))]
    return out


def _position(place: Place, order: Mapping[Place, int]) -> tuple[int, int]:
    """Where a place stands; what is missing comes behind the table that lacks it, a missing table at the end."""
    if place in order:
        return order[place], 0
    return (order.get(place[:-1], 0) if place[:-1] else len(order)), 1


def _without_nothing(tree: Any) -> Any:
    """Leave out keys whose value is null: the same as not written."""
    if isinstance(tree, Mapping):
        return {key: _without_nothing(value) for key, value in tree.items() if value is not None}
    if isinstance(tree, list):
        return [_without_nothing(value) for value in tree]
    return tree

"""Safety pages: all rules, the hazards and the validation of safety; writes docs/safety.

Run ``uv run python -m puncta.report.safety`` in the folder of the project.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from puncta.evidence import guidance
from puncta.files import write_atomically
from puncta.messages import text
from puncta.safety import questions, rules
from puncta.safety.condition_words import condition_words
from puncta.safety.findings import Action
from puncta.safety.hazards import NOT_ACCEPTED, TO_REDUCE, hazards
from puncta.safety.rules import Rule
from puncta.validation import safety_validation_record, validate_safety

WRITTEN_TO = Path("docs/safety")
CASES = Path("tests/safety/cases")
_DRAWS, _SEED = 400, 0  # numerics: what the page is made from
_OPEN = "…"


def safety_pages() -> dict[str, str]:
    """Write all pages of docs/safety as Markdown, by name of file.

    Returns
    -------
    dict of str to str
        Pages, each ending in a newline.

    Notes
    -----
    Reads the cases of the folder ``tests/safety``. Limits: those of the validation, ``limits.not_a_device``.

    Examples
    --------
    >>> sorted(safety_pages())
    ['README.md', 'hazards.md', 'rules.md', 'validation.md']
    """
    made = {"README.md": _index(), "rules.md": _rules(), "hazards.md": _hazards(), "validation.md": _validation()}
    return {name: "\n".join(lines).rstrip() + "\n" for name, lines in made.items()}


def say(key: str, /, **values: object) -> str:
    """A text of these pages."""
    return text(f"safety_pages.{key}", **values)


def _head(page: str) -> Iterator[str]:
    yield f"# {say(f'{page}.title')}"
    yield ""
    yield say("made")
    yield ""


@cache
def _cases() -> Mapping[str, tuple[str, ...]]:
    """Names of the cases that show each rule; the first is the shortest."""
    shown: dict[str, list[str]] = {}
    for file in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]:
            for rule in case["findings"]:
                shown.setdefault(rule, []).append(case["name"])
    return {rule: tuple(sorted(names, key=lambda name: (len(name), name))) for rule, names in shown.items()}


def _case_count() -> int:
    return sum(len(tomllib.loads(file.read_text(encoding="utf-8"))["case"]) for file in CASES.glob("*.toml"))


def _index() -> Iterator[str]:
    yield from _head("index")
    yield say("index.intro")
    yield ""
    for page in ("rules", "hazards", "validation"):
        yield f"- {say(f'index.{page}')}"
    yield ""
    actions = Counter(rule.action.word for rule in rules().values())
    yield say(
        "index.counts",
        rules=len(rules()),
        **{action.word: actions[action.word] for action in Action if action is not Action.GO},
        judgement=sum(rule.strength == "judgement" for rule in rules().values()),
        questions=len(questions()),
        cases=_case_count(),
        hazards=len(hazards()),
    )
    yield ""
    yield text("limits.not_a_device")


def _rules() -> Iterator[str]:
    yield from _head("rules")
    yield say("rules.intro")
    yield ""
    yield say("rules.medicine", words=text("screen.medicine"))
    yield ""
    yield from say("rules.head").split("\n")
    for action in sorted(Action, reverse=True):
        yield from (_rule_line(rule) for rule in rules().values() if rule.action is action)
    yield ""
    yield f"## {say('rules.positions_title')}"
    yield ""
    disputed = {rule.guidance for rule in rules().values()} | {
        rule.wait.guidance for rule in rules().values() if rule.wait is not None
    }
    for key in sorted(name for name in disputed if name):
        found = guidance(key)
        yield f"### {found.question}"
        yield ""
        for number, position in enumerate(found.positions):
            values = {"key": position.key, "year": position.year, "source": position.source, "says": position.says}
            yield say("rules.position" if number else "rules.first", **values)
        yield ""
    yield f"## {say('rules.questions_title')}"
    yield ""
    yield from say("rules.questions_head").split("\n")
    for key, question in questions().items():
        read_by = ", ".join(f"`{rule.key}`" for rule in rules().values() if key in rule.condition.questions())
        answer = say(f"rules.{question.reply}") + (say("rules.place") if question.local else "")
        marks = ("✓" if flag else "" for flag in (question.stop, question.medicine))
        yield _row(f"`{key}`", question.words, answer, *marks, read_by)


def _rule_line(rule: Rule) -> str:
    wait = "" if rule.wait is None else rule.wait.resolve({}).words
    said = text(f"screen.rule.{rule.key}.text", wait=wait, until=_OPEN, phototype=_OPEN, operator=_OPEN)
    title = text(f"screen.rule.{rule.key}.title", wait=wait, until=_OPEN, phototype=_OPEN, operator=_OPEN)
    action = text(f"screen.action.{rule.action.word}")
    for position, other in rule.action_by.items():
        action += "; " + say("rules.by", action=text(f"screen.action.{other.word}"), position=position)
    concerns = say(f"rules.{rule.blocks}") if rule.blocks != "needling" else say(f"rules.{rule.scope}")
    names = _cases().get(rule.key, ())
    shown = say("rules.cases", count=len(names), name=names[0]) if names else ""
    cells = (
        f"`{rule.key}`", action, condition_words(rule.condition), concerns, wait, f"**{title}.** {said}", rule.body,
        rule.dated, text(f"screen.strength.{rule.strength}"), ", ".join(f"`{key}`" for key in rule.sources), shown,
    )  # fmt: skip
    return _row(*cells)


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def _hazards() -> Iterator[str]:
    yield from _head("hazards")
    yield say("hazards.intro", reduce=TO_REDUCE, refused=NOT_ACCEPTED)
    yield ""
    yield from say("hazards.head").split("\n")
    known = sorted(hazards().values(), key=lambda one: (-one.risk_before, one.key))
    for one in known:
        words = {part: one.words(part) for part in ("hazard", "sequence", "harm", "control", "left")}
        risk = f"{one.risk_before} → {one.risk_after}"
        yield _row(
            f"[{words['hazard']}](#{one.key})",
            words["sequence"],
            words["harm"],
            one.severity,
            one.before,
            words["control"],
            one.after,
            risk,
            words["left"],
        )
    yield ""
    yield f"## {say('hazards.behind')}"
    yield ""
    for one in known:
        yield f"### {one.key}"
        yield ""
        yield f"{one.words('hazard')}."
        yield ""
        if one.rules:
            yield f"- {say('hazards.rules', rules=', '.join(f'`{key}`' for key in one.rules))}"
        for test in one.tests:
            yield f"- `{test}`"
        yield ""


def _validation() -> Iterator[str]:
    record = safety_validation_record(validate_safety(_DRAWS, _SEED))
    yield from _head("validation")
    yield say("validation.intro", draws=_DRAWS, seed=_SEED)
    yield ""
    yield record["without_data"]
    yield ""
    for group, counts in record["groups"].items():
        values = {"inside": counts["inside_count"], "rows": counts["rows_count"]}
        yield f"- {say('validation.reached', group=text(f'validation.group.{group}'), **values)}"
    named = record["pigment_sources"]
    key = "validation.safety.pigment_met" if named["reached"] else "validation.safety.pigment_not_met"
    yield f"- {text(key, inside=named['inside_count'], rows=named['rows_count'])}"
    yield ""
    yield from say("validation.head").split("\n")
    yield from (_reading(entry) for entry in record["rows"])
    yield ""
    yield from _series_left_out(record["pigment_left_out"])
    yield f"## {say('validation.misses')}"
    yield ""
    missed = [entry for entry in record["rows"] if not entry["inside"]]
    yield from (_miss(entry) for entry in missed)
    if not missed:
        yield say("validation.no_miss")
    yield ""
    yield f"## {say('validation.left_out')}"
    yield ""
    yield from (f"- {entry['row']} {entry['what']}: {entry['reason']}" for entry in record["unusable"])


def _series_left_out(readings: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield f"## {say('validation.left_out_title')}"
    yield ""
    yield say("validation.left_out_says", inside=sum(one["inside"] for one in readings), rows=len(readings))
    yield ""
    yield from say("validation.left_out_head").split("\n")
    for one in readings:
        band = {name: f"{one[name]:g}" for name in ("low80", "median", "high80")}
        reported = say("validation.people", count=f"{one['marked_count']:g}")
        verdict = text("validation.inside" if one["inside"] else "validation.outside")
        yield _row(one["row"], reported, say("validation.band", **band), verdict)
    yield ""


def _reading(entry: Mapping[str, Any]) -> str:
    words = entry["words"]
    role = text(f"validation.role.{entry['role']}")
    shown = (words["reported"], words["predicted"], words["verdict"], role, entry["reason"])
    return _row(entry["row"], entry["what"], entry["where"], *shown)


def _miss(entry: Mapping[str, Any]) -> str:
    words = {name: entry["words"][name] for name in ("reported", "predicted")}
    return say("validation.miss", row=entry["row"], what=entry["what"], reason=entry["likely_reason"], **words)


def main() -> None:
    """Write docs/safety."""
    WRITTEN_TO.mkdir(parents=True, exist_ok=True)
    for name, page in safety_pages().items():
        write_atomically(WRITTEN_TO / name, page)


if __name__ == "__main__":
    main()

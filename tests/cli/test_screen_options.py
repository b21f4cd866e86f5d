"""``puncta screen`` with the questionnaire and with a clinic's policy."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.command import puncta

SCARS = "examples/acne_scars.toml"
POLICY = "examples/clinic/policy.toml"


def test_the_questionnaire_is_asked_in_the_language_of_the_person(tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    written = Path(SCARS).read_text(encoding="utf-8")
    case.write_text(written.replace("isotretinoin = 2025-12-04", 'isotretinoin = "unknown"'), encoding="utf-8")
    ran = puncta("screen", str(case), "--ask", "--language", "de")
    assert ran.code == 1  # a question that can stop is open
    lines = ran.out.splitlines()
    assert "Isotretinoin" in lines[lines.index(next(line for line in lines if line.startswith(" 1. ")))]
    assert "noch einmal gefragt" in ran.out
    record = json.loads(puncta("screen", str(case), "--ask", "--json").out)
    assert record["questions"][0]["key"] == "isotretinoin" and record["questions"][0]["state"] == "unknown"
    assert all(entry["rules"] for entry in record["questions"])


def test_a_language_without_questions_is_refused() -> None:
    ran = puncta("screen", SCARS, "--ask", "--language", "zz")
    assert ran.code == 2 and "de, en" in ran.err


def test_a_policy_of_the_clinic_picks_a_position_and_the_other_stays_beside_it() -> None:
    def filler(*more: str) -> list[dict[str, object]]:
        record = json.loads(puncta("screen", SCARS, "--json", *more).out)
        return [entry for entry in record["findings"] if entry["rule"] == "filler_recent"]

    assert filler()[0]["action"] == "delay" and filler()[0]["dated"] == "2018"
    assert not filler("--policy", POLICY)  # four weeks are over


def test_a_policy_with_mistakes_is_refused_with_all_of_them(tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text('format = 1\nlicence = 3\n[choices]\nfiller_wait = "never"\n[zone_max_mm]\nelbow = 1\n')
    ran = puncta("screen", SCARS, "--policy", str(policy))
    assert ran.code == 2
    assert all(word in ran.err for word in ("licence", "choices.filler_wait", "zone_max_mm.elbow"))

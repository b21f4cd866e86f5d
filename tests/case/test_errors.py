"""Every mistake is told with its field, what was given, what is allowed, why, and what to do; all of them at once."""

import pytest

from puncta.case import case_from_json, case_from_toml, course_from_json, course_from_toml
from puncta.errors import InputError, Problem

BASE = """format = 1
title = "A case"
planned_on = 2026-11-04
session_product = "sterile_saline"

[person]
identifier = "C-1"
age_years = 34
sex = "female"
weight_kg = 62
phototype = "IV"

[[zones]]
name = "cheek"
role = "treat"
area_cm2 = 40

[[zones]]
name = "nose"
role = "avoid"

[[lesions]]
kind = "mole"
zone = "cheek_left"
examined = true
clearance_mm = 5

[[concerns]]
kind = "atrophic_acne_scars"
zones = ["cheek"]
scale = "goodman_baron_grade"
severity_score = 3
variety = "rolling"

[[goals]]
concern = "atrophic_acne_scars"
improvement_fraction = 0.3

[history]
isotretinoin = 2025-12-04
cold_sore_now = false
filler = { reply = "yes", when = 2026-10-04, zones = ["cheek"] }

[device]
name = "exceed"
strokes_per_s = 120

[numbing]
product = "lidocaine_prilocaine"
minutes = 60

[home_care]
products = ["bland_emollient"]

[limits]
max_sessions = 4

[policy]
operator_max_mm = 1.5
choices = { isotretinoin = "label" }
zone_max_mm = { cheek = 1.0 }

[[policy.overrides]]
rule = "mole_in_field"
name = "Dr. A. Example"
reason = "seen with a dermatoscope"

[course]
sessions = 4
interval_days = 28
dial_mm = 1.0
passes = 4
"""


def problems_of(text: str) -> dict[str, Problem]:
    """The problems of a case by field; none where it can be read."""
    try:
        case_from_toml(text, "case")
    except InputError as error:
        return {problem.field: problem for problem in error.problems}
    return {}


def broken(*changes: tuple[str, str]) -> str:
    text = BASE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def test_the_base_case_is_sound() -> None:
    assert problems_of(BASE) == {}


# what is changed, into what, the field named, and words that the message must hold
MISTAKES = {
    "a misspelt zone names the nearest": ('"cheek"\nrole', '"cheeck"\nrole', "zones[0].name", "cheek, cheekbone"),
    "a misspelt role": ('"avoid"', '"avoit"', "zones[1].role", "avoid"),
    "a misspelt kind of lesion": ('"mole"', '"mol"', "lesions[0].kind", "mole"),
    "a misspelt concern": ('kind = "atrophic_acne_scars"', 'kind = "acne_scars"', "concerns[0].kind", "atrophic_acne"),
    "a misspelt scale": ('"goodman_baron_grade"', '"goodman_grade"', "concerns[0].scale", "goodman_baron_grade"),
    "a misspelt variety": ('"rolling"', '"roling"', "concerns[0].variety", "rolling"),
    "a misspelt device": ('"exceed"', '"exced"', "device.name", "exceed"),
    "a misspelt product": ('"sterile_saline"', '"sterile_salin"', "session_product", "sterile_saline"),
    "a misspelt cream": ('"lidocaine_prilocaine"', '"lidocain"', "numbing.product", "lidocaine"),
    "a misspelt home product": ('"bland_emollient"', '"bland_emolient"', "home_care.products[0]", "bland_emollient"),
    "a misspelt question": ("isotretinoin = 2025", "isotretinion = 2025", "history.isotretinion", "isotretinoin"),
    "a misspelt rule": ('"mole_in_field"', '"mole_in_feild"', "policy.overrides[0].rule", "mole_in_field"),
    "a misspelt disputed point": ("{ isotretinoin", "{ isotretinion", "policy.choices.isotretinion", "isotretinoin"),
    "a misspelt position": ('"label"', '"labell"', "policy.choices.isotretinoin", "label"),
    "a misspelt zone of the policy": ("{ cheek", "{ cheak", "policy.zone_max_mm.cheak", "cheek"),
    "an unknown key names the nearest": ("max_sessions", "max_session", "limits.max_session", "write max_sessions"),
    "a key without unit": ("weight_kg = 62", "weight = 62", "person.weight", "write weight_kg, with the value in kg"),
    "pounds": ("weight_kg = 62", "weight_lb = 137", "person.weight_lb", "write weight_kg = 62.14"),
    "square millimetres": ("area_cm2 = 40", "area_mm2 = 4000", "zones[0].area_mm2", "write area_cm2 = 40"),
    "inches": ("dial_mm = 1.0", "depth_inches = 0.04", "course.depth_inches", "write dial_mm = 1.016"),
    "weeks": ("interval_days = 28", "interval_weeks = 4", "course.interval_weeks", "write interval_days = 28"),
    "hours": ("minutes = 60", "hours = 1", "numbing.hours", "minutes"),
    "text with the unit": ("dial_mm = 1.0", 'dial_mm = "1.0 mm"', "course.dial_mm", "write dial_mm = 1"),
    "text with another unit": ("weight_kg = 62", 'weight_kg = "137 lb"', "person.weight_kg", "weight_kg = 62.14"),
    "a decimal comma in text": ("dial_mm = 1.0", 'dial_mm = "0,8"', "course.dial_mm", "write dial_mm = 0.8"),
    "a number in quotes": ("age_years = 34", 'age_years = "34"', "person.age_years", "write age_years = 34"),
    "a word for a number": ("age_years = 34", 'age_years = "thirty"', "person.age_years", "a number"),
    "a negative weight": ("weight_kg = 62", "weight_kg = -62", "person.weight_kg", "25 to 350 kg"),
    "an absurd weight": ("weight_kg = 62", "weight_kg = 6200", "person.weight_kg", "25 to 350 kg"),
    "an absurd age": ("age_years = 34", "age_years = 340", "person.age_years", "0 to 120 years"),
    "phototype VII": ('"IV"', '"VII"', "person.phototype", "I, II, III, IV, V, VI"),
    "phototype 7": ('"IV"', "7", "person.phototype", "1 to 6"),
    "phototype 0": ('"IV"', "0", "person.phototype", "1 to 6"),
    "phototype true": ('"IV"', "true", "person.phototype", "1 to 6"),
    "phototype 4.5": ('"IV"', "4.5", "person.phototype", "1 to 6"),
    "not a number at all": ("weight_kg = 62", "weight_kg = nan", "person.weight_kg", "ordinary size"),
    "infinite": ("area_cm2 = 40", "area_cm2 = inf", "zones[0].area_cm2", "ordinary size"),
    "true for a number": ("weight_kg = 62", "weight_kg = true", "person.weight_kg", "a number"),
    "a list for a number": ("weight_kg = 62", "weight_kg = [62]", "person.weight_kg", "a number"),
    "a table for a text": ('title = "A case"', "title = { a = 1 }", "title", "text in quotes"),
    "a number for a text": ('title = "A case"', "title = 3", "title", "text in quotes"),
    "a text for a table": ("[numbing]", 'numbing2 = "x"\n[numbing]', "device.numbing2", "name, speed_cm_per_s"),
    "a blank title": ('"A case"', '"  "', "title", "names the case"),
    "a title of two lines": ('"A case"', '"A\\ncase"', "title", "one line"),
    "an endless title": ('"A case"', f'"{"x" * 600}"', "title", "at most 500"),
    "half a session": ("sessions = 4\ni", "sessions = 4.5\ni", "course.sessions", "whole number"),
    "text for true": ("examined = true", 'examined = "true"', "lesions[0].examined", "without quotes"),
    "a zone with two roles": ('"nose"', '"cheek_left"', "zones[1].role", "one role for cheek_left"),
    "a zone twice": ('"nose"\nrole = "avoid"', '"cheek"', "zones[1].name", "each zone once"),
    "an eyelid to be needled": ('"nose"\nrole = "avoid"', '"lower_eyelid"', "zones[1].role", "avoid or ignore"),
    "nothing to be treated": ('role = "treat"', 'role = "ignore"', "zones", "at least one zone"),
    "a lesion on an unknown zone": ('"cheek_left"', '"ear_left"', "lesions[0].zone", "names"),
    "a lesion without side": ('"cheek_left"', '"cheek"', "lesions[0].zone", "cheek_left or cheek_right"),
    "a concern where nothing is treated": ('["cheek"]\ns', '["cheek", "chin"]\ns', "concerns[0].zones[1]", "chin"),
    "a concern on a spared zone": ('["cheek"]\ns', '["nose"]\ns', "concerns[0].zones[0]", "say avoid for nose"),
    "a concern without zones": ('["cheek"]\ns', "[]\ns", "concerns[0].zones", "at least 1"),
    "no scale": ('scale = "goodman_baron_grade"\n', "", "concerns[0].scale", "goodman_baron_score"),
    "a scale of something else": ('"goodman_baron_grade"', '"mmasi_score"', "concerns[0].scale", "goodman_baron_grade"),
    "a severity outside the scale": (
        "severity_score = 3",
        "severity_score = 5",
        "concerns[0].severity_score",
        "1 to 4",
    ),
    "a severity below the scale": ("severity_score = 3", "severity_score = 0", "concerns[0].severity_score", "1 to 4"),
    "a variety of something else": ('"rolling"', '"white"', "concerns[0].variety", "rolling, boxcar, ice_pick"),
    "deeper than the device": ("dial_mm = 1.0", "dial_mm = 2.0", "course.dial_mm", "at most 1.5 mm with Exceed"),
    "deeper than any device": ("dial_mm = 1.0", "dial_mm = 10", "course.dial_mm", "0 to 3 mm"),
    "between two steps of the dial": ("dial_mm = 1.0", "dial_mm = 1.04", "course.dial_mm", "1 or 1.1 mm"),
    "a policy deeper than the device": ("cheek = 1.0", "cheek = 2.5", "policy.zone_max_mm.cheek", "at most 1.5 mm"),
    "an operator deeper than any device": ("max_mm = 1.5", "max_mm = 5", "policy.operator_max_mm", "0 to 3 mm"),
    "a rate that the pen has not": ("strokes_per_s = 120", "strokes_per_s = 200", "device.strokes_per_s", "100 to 150"),
    "a device that is refused": ('"exceed"', '"rf_needling"', "device.name", "choose another device"),
    "a cream without weight": ("weight_kg = 62\n", "", "person.weight_kg", "numbing cream"),
    "an override without name": ('name = "Dr. A. Example"\n', "", "policy.overrides[0].name", "who sets it aside"),
    "an override without reason": ('reason = "seen with a dermatoscope"', "", "policy.overrides[0].reason", "why"),
    "an override with a blank reason": ('"seen with a dermatoscope"', '" "', "policy.overrides[0].reason", "why"),
    "a day to come": ("2025-12-04", "2027-12-04", "history.isotretinoin", "a day up to 2026-11-04"),
    "a day before birth": ("2025-12-04", "1985-12-04", "history.isotretinoin", "not born"),
    "a day for a question about today": (
        "cold_sore_now = false",
        "cold_sore_now = 2026-01-01",
        "history.cold_sore_now",
        "true, false",
    ),
    "zones for a question about the person": (
        "cold_sore_now = false",
        'cold_sore_now = { zones = ["nose"] }',
        "history.cold_sore_now.zones",
        "no zones",
    ),
    "a day with a no": ('reply = "yes"', 'reply = "no"', "history.filler.when", "a date only with yes"),
    "a reply that is none": ("cold_sore_now = false", 'cold_sore_now = "perhaps"', "history.cold_sore_now", "unknown"),
    "a number for a reply": ("cold_sore_now = false", "cold_sore_now = 0", "history.cold_sore_now", "unknown"),
    "an unknown key in an answer": ("when = 2026", "wen = 2026", "history.filler.wen", "write when"),
    "a date with a time": ("= 2026-11-04", "= 2026-11-04T10:00:00", "planned_on", "without a time"),
    "a date in words": ("= 2026-11-04", '= "4 Nov 2026"', "planned_on", "year first"),
    "a day that does not exist": ("= 2026-11-04", '= "2026-02-30"', "planned_on", "year first"),
    "a year of another age": ("= 2026-11-04", "= 1026-11-04", "planned_on", "2000 to 2100"),
    "a goal without its concern": (
        'concern = "atrophic_acne_scars"',
        'concern = "melasma"',
        "goals[0].concern",
        "concerns",
    ),
    "a goal beyond all": (
        "improvement_fraction = 0.3",
        "improvement_fraction = 30",
        "goals[0].improvement_fraction",
        "0 to 1",
    ),
    "too many visits": ("max_sessions = 4", "max_sessions = 40", "limits.max_sessions", "1 to 12"),
    "a limit that cannot be soft": (
        "max_sessions = 4",
        'max_sessions = 4\nsoft = ["max_sessions"]',
        "limits.soft[0]",
        "max_pain_score",
    ),
    "days that end before they begin": (
        "max_sessions = 4",
        'max_sessions = 4\n\n[[keep_free]]\nname = "wedding"\non = 2027-05-15\nuntil = 2027-05-01',
        "keep_free[0].until",
        "2027-05-15 or later",
    ),
    "a device with nothing": ('name = "exceed"\n', "", "device.name", "the name of a device"),
    "no interval": ("interval_days = 28\n", "", "course.interval_days", "from one session to the next"),
    "no dial": ("dial_mm = 1.0\n", "", "course.dial_mm", "set needle length"),
    "another format": ("format = 1", "format = 2", "format", "format = 1"),
    "a format in words": ("format = 1", 'format = "one"', "format", "format = 1"),
    "no format": ("format = 1\n", "", "format", "first line"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_one_mistake_gives_one_full_message(name: str) -> None:
    old, new, field, words = MISTAKES[name]
    found = problems_of(broken((old, new)))
    assert list(found) == [field], found
    problem = found[field]
    assert words in str(problem)
    assert problem.given and problem.allowed and problem.why and problem.do


@pytest.mark.parametrize("section", ["person", "zones", "concerns", "device"])
def test_a_missing_section_is_named_with_what_belongs_in_it(section: str) -> None:
    head = {"person": "[person]", "device": "[device]"}.get(section, f"[[{section}]]")
    blocks = BASE.split("\n\n")
    found = problems_of("\n\n".join(block for block in blocks if not block.startswith(head)))
    assert found[section].given == "nothing"
    assert section in found[section].do and "table" in found[section].allowed


def test_ten_mistakes_in_one_file_give_ten_messages_in_the_order_of_the_file() -> None:
    text = broken(
        ("weight_kg = 62", "weight_kg = -62"),
        ('"IV"', '"VII"'),
        ('"cheek"\nrole', '"cheeck"\nrole'),
        ("area_cm2 = 40", "area_mm2 = 4000"),
        ('"nose"\nrole = "avoid"', '"lower_eyelid"\nrole = "treat"'),
        ('"cheek_left"', '"cheak_left"'),
        ('scale = "goodman_baron_grade"\n', ""),
        ("cold_sore_now = false", 'cold_sore_now = "perhaps"'),
        ("dial_mm = 1.0", "dial_mm = 2.0"),
        ('reason = "seen with a dermatoscope"', ""),
    )
    with pytest.raises(InputError) as caught:
        case_from_toml(text, "ten.toml")
    fields = [problem.field for problem in caught.value.problems]
    assert fields == [
        "person.weight_kg",
        "person.phototype",
        "zones[0].name",
        "zones[0].area_mm2",
        "zones[1].role",
        "lesions[0].zone",
        "concerns[0].scale",
        "history.cold_sore_now",
        "policy.overrides[0].reason",
        "course.dial_mm",
    ]
    assert "ten.toml: 10 problem(s)" in str(caught.value)


def test_a_message_names_the_line() -> None:
    line = BASE.split("\n").index("weight_kg = 62") + 1
    assert problems_of(broken(("weight_kg = 62", "weight_kg = -62")))["person.weight_kg"].given == f"-62 (line {line})"
    second = BASE.split("\n").index('role = "avoid"') + 1
    assert f"(line {second})" in problems_of(broken(('"avoid"', '"avoit"')))["zones[1].role"].given


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('format = 1\ntitle = "A', "line 2"),
        ("format = 1\n\nperson = {", "line 3"),
        ("format = 1\nage = 34 years", "line 2"),
        ("format = 1\nformat = 1", "line 2"),
        ("format = 1\n[a]\n[a]", "line 3"),
        ("format = 1\nplanned_on = 4.11.2026", "line 2"),
        ("[person\nx = 1", "line 1"),
    ],
)
def test_a_slip_of_toml_is_told_with_its_line(text: str, line: str) -> None:
    assert list(problems_of(text)) == [line]


def test_a_slip_of_json_is_told_with_its_line() -> None:
    with pytest.raises(InputError) as caught:
        case_from_json('{\n "format": 1,\n "title": }', "case.json")
    assert [problem.field for problem in caught.value.problems] == ["line 3"]


def test_a_key_twice_in_json_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        case_from_json('{"format": 1, "title": "a", "title": "b"}', "case.json")
    assert [problem.field for problem in caught.value.problems] == ["title"]


def test_null_counts_as_not_written() -> None:
    with pytest.raises(InputError) as caught:
        case_from_json('{"format": 1, "title": null, "numbing": null}', "case.json")
    fields = {problem.field for problem in caught.value.problems}
    assert "title" in fields and "numbing" not in fields


COURSE = (
    '{"format": 1, "name": "x", "sessions": [{"day": 0, "settings": [{"zone": "nose", "dial_mm": 0.5, "passes": 3}]}]}'
)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('"day": 0', '"day": 3', "sessions[0].day"),
        ('"day": 0', '"day": 0.5', "sessions[0].day"),
        ('"nose"', '"upper_eyelid"', "sessions[0].settings[0].zone"),
        ('"nose"', '"nos"', "sessions[0].settings[0].zone"),
        ('"dial_mm": 0.5', '"dial_mm": -0.5', "sessions[0].settings[0].dial_mm"),
        ('"passes": 3', '"passes": 0', "sessions[0].settings[0].passes"),
        ('"dial_mm": 0.5', '"dial_um": 500', "sessions[0].settings[0].dial_um"),
        ('"name": "x", ', "", "name"),
        ("}]}]}", '}]}, {"day": 0, "settings": [{"zone": "nose", "dial_mm": 0.5}]}]}', "sessions[1].day"),
        ("}]}]}", '}, {"zone": "nose", "dial_mm": 1}]}]}', "sessions[0].settings[1].zone"),
    ],
)
def test_a_mistake_in_a_course_is_told(old: str, new: str, field: str) -> None:
    with pytest.raises(InputError) as caught:
        course_from_json(COURSE.replace(old, new, 1), "course.json")
    assert [problem.field for problem in caught.value.problems] == [field]


def test_a_course_is_held_against_the_device_and_the_zones_of_its_case() -> None:
    case = case_from_toml(BASE)
    settings = 'settings = [{ zone = "nose", dial_mm = 1.0 }, { zone = "cheek", dial_mm = 1.7 }]'
    text = f'format = 1\nname = "x"\n[[sessions]]\nday = 0\n{settings}'
    assert len(course_from_toml(text).sessions[0].settings) == 3
    with pytest.raises(InputError) as caught:
        course_from_toml(text, case=case)
    fields = [problem.field for problem in caught.value.problems]
    assert fields == ["sessions[0].settings[0].zone", "sessions[0].settings[1].dial_mm"]

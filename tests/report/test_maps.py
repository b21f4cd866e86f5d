"""Maps: every zone is there once, in its role; figures and lesions lie inside their zone."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from tests.report.made import plan_of

from puncta.case import Role, ZoneUse
from puncta.report.maps import _centres, _inside, _lesion_places, _outlines, legend, maps_of, zone_map
from puncta.skin import zones


def _course(name: str):
    chosen = plan_of(name).chosen
    assert chosen is not None
    return chosen.course


def test_every_zone_of_the_catalogue_is_on_one_map() -> None:
    drawn = {name: region for region in ("face", "body") for name in _outlines(region)}
    assert drawn == {name: entry.region for name, entry in zones().items()}


@pytest.mark.parametrize("region", ["face", "body"])
def test_figures_lie_inside_each_part_of_their_zone(region: str) -> None:
    for name, rings in _outlines(region).items():
        for point, ring in zip(_centres(region, name), rings, strict=True):
            assert _inside(np.array([point]), ring)[0], name


@pytest.mark.parametrize("count", [1, 4])
def test_lesions_lie_inside_their_zone_and_off_its_figure(count: int) -> None:
    ring = _outlines("face")["cheek_left"][0]
    places = _lesion_places("face", "cheek_left", count)
    assert _inside(np.array(places), ring).all()
    centre = np.array(_centres("face", "cheek_left")[0])
    assert np.linalg.norm(np.array(places[0]) - centre) > 20


def test_roles_colour_the_map_and_the_inner_lids_are_always_avoided() -> None:
    svg = zone_map(plan_of("acne").case, _course("acne"), "face", "a").svg
    assert 'class="zone treat" id="a-cheek_left"' in svg
    assert 'class="zone avoid" id="a-infraorbital_left"' in svg
    assert 'class="zone avoid locked" id="a-lower_eyelid_left"' in svg
    assert 'class="zone ignore" id="a-forehead"' in svg
    assert svg.count(">0.8</text>") == 4  # both cheekbones, each with its halo beneath


def test_a_zone_that_a_delay_holds_is_drawn_as_avoided() -> None:
    plan = plan_of("acne")
    assert any(use.zone == "infraorbital_left" and use.role is Role.TREAT for use in plan.case.zones)
    assert "avoid" in dict(legend(plan.case, maps_of(plan.case, _course("acne"))))


def test_care_without_needles_has_a_role_of_its_own() -> None:
    plan = plan_of("melasma")
    (only,) = maps_of(plan.case, _course("melasma"))
    assert 'class="zone home" id="map-face-forehead"' in only.svg
    assert "mapnum" not in re.sub(r"<style>.*?</style>", "", only.svg, flags=re.DOTALL)


def test_the_map_follows_the_zones_of_the_case() -> None:
    assert [one.region for one in maps_of(plan_of("body").case, _course("body"))] == ["body"]
    both = replace(plan_of("acne").case, zones=(*plan_of("acne").case.zones, ZoneUse("decolletage", Role.TREAT)))
    assert [one.region for one in maps_of(both, _course("acne"))] == ["face", "body"]


def test_two_maps_on_a_page_share_no_id() -> None:
    case = plan_of("acne").case
    ids = [
        found
        for region in ("face", "body")
        for found in re.findall(r'\bid="([^"]+)"', zone_map(case, _course("acne"), region, f"map-{region}").svg)
    ]
    assert len(ids) == len(set(ids))


def test_a_map_is_well_formed_and_says_what_is_treated() -> None:
    one = zone_map(plan_of("acne").case, _course("acne"), "face", "a")
    ElementTree.fromstring(one.svg)
    assert "cheek, right 1.0" in one.label
    assert ">R</text>" in one.svg and ">L</text>" in one.svg
    assert "<style>" not in one.inline() and "tabindex" not in one.svg


def test_a_legend_names_few_lesions_and_gathers_many() -> None:
    few = legend(plan_of("acne").case, maps_of(plan_of("acne").case, _course("acne")))
    assert ("lesion", "mole: keep 5 mm off") in few
    many = legend(plan_of("long").case, maps_of(plan_of("long").case, _course("long")))
    assert sum(role == "lesion" for role, _ in many) == 1

"""A small world in which every address has something behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tests.clinic.conftest import Cast

from puncta.clinic.models import Membership, Person


@dataclass
class World:
    """Ids by the name that stands in an address."""

    ids: dict[str, object] = field(default_factory=dict)


def make_world(cast: Cast) -> World:
    """Fill the first clinic; the outsider's clinic stays empty."""
    person = Person.objects.create(
        clinic=cast.clinic, code="C-0142", family_name="Example", born_on=date(1992, 3, 14), sex="female",
        weight_kg=62, phototype=4,
    )  # fmt: skip
    member = Membership.objects.get(user=cast.users["nurse"])
    return World({"person": person.key, "member": member.pk})

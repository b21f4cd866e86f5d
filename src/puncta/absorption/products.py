"""Products: what may lie on the skin, as data: actives, words that rules read, studies that speak for it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from puncta.absorption.compounds import Compound, compounds, read_compounds
from puncta.errors import InputError, Problem, nearest
from puncta.evidence import Record, arms, own_tables, parameter, read_records, records, sources
from puncta.frozen import frozen
from puncta.messages import text

FORMS = ("solution", "gel", "serum", "cream", "plasma")
ADDONS = ("none", "plasma", "product", "hydroquinone", "tranexamic_acid", "vitamin_c")
FLAGS = (
    "acid",
    "active",
    "blood_product",
    "cell_derived",
    "dermal_use_cleared",
    "dye",
    "fragrance",
    "lipophilic",
    "non_sterile",
    "not_for_dermis",
    "prescription",
    "preservatives",
    "retinoid",
    "sterile",
    "vitamin_c",
    "zinc_copper",
)
_SHARE, _PH, _SUSPENDED = "share_percent", "ph", "suspended"
_FACTS = ("name", "form", "during_needling", "at_home", "addon", "use_source", "studies", _SUSPENDED)
# what is a watery product holds no more than water dissolves, unless it says that it is a suspension
_WATERY = ("solution", "gel", "serum")
_WHOLE_PERCENT = 100.0


@frozen
class Product:
    """A product for needled or whole skin.

    Parameters
    ----------
    key : str
        Name of its record.
    name : str
        Name as people know it.
    form : str
        ``solution``, ``gel``, ``serum``, ``cream`` or ``plasma``.
    during_needling, at_home : bool
        Whether it may lie on the skin while needles go in, and on whole skin between sessions.
    addon : str
        Class in the outcome model, one of ``ADDONS``.
    studies : tuple of str
        Study rows that speak for it; without one it has no benefit, however much is taken up.
    flags : mapping of str to str
        Words that rules read, each with its source key.
    share_percent : mapping of str to float
        Active compounds with their share by weight.
    compounds : mapping of str to Compound
        The same compounds with their constants.
    ph : float or None
        Acidity; None where it is not told, which is refused where an active ionises.
    record : Record
        Its figures with spread and source.

    Examples
    --------
    >>> "vitamin_c" in product("vitamin_c_serum").flags
    True
    """

    key: str
    name: str
    form: str
    during_needling: bool
    at_home: bool
    addon: str
    studies: tuple[str, ...]
    flags: Mapping[str, str]
    share_percent: Mapping[str, float]
    compounds: Mapping[str, Compound]
    ph: float | None
    record: Record

    def key_of(self, figure: str) -> str:
        """Evidence key of a figure, for example ``products.hydroquinone_4.actives.hydroquinone.share_percent``."""
        return self.record.key_of(figure)

    def studies_for(self, *, needled: bool) -> tuple[str, ...]:
        """Study rows that speak for it on freshly needled skin, or on whole skin between sessions."""
        wanted = "needling+product" if needled else "product only"
        return tuple(row for row in self.studies if arms()[row].kind == wanted)

    def keys_of(self, compound: str) -> tuple[str, ...]:
        """Evidence keys of what it says of an active."""
        return tuple(self.key_of(name) for name in (self.share_figure(compound), _PH) if name in self.record.figures)

    def share_figure(self, compound: str) -> str:
        """Name of the figure that holds the share of an active."""
        return f"actives.{compound}.{_SHARE}"


@cache
def products() -> Mapping[str, Product]:
    """All built-in products by key.

    Examples
    --------
    >>> products()["sterile_saline"].addon
    'none'
    """
    return read_records("products", records("products"), "products", partial(_made, compounds()))


def product(key: str, own: Mapping[str, Product] | None = None) -> Product:
    """Look up one product.

    Parameters
    ----------
    key : str
        Name of its record.
    own : mapping of str to Product, optional
        Products from somebody's own folder; they come before built-in ones of the same key.

    Raises
    ------
    InputError
        Where there is none, with the nearest names.

    Examples
    --------
    >>> product("hydroquinone_4").addon
    'hydroquinone'
    """
    known = {**products(), **(own or {})}
    if key not in known:
        near = nearest(key, known)
        do = text("products.product.unknown_near", near=near) if near else text("products.product.unknown")
        raise InputError("product", [Problem("product", key, ", ".join(sorted(known)), "", do)])
    return known[key]


def read_products(folder: str | Path) -> Mapping[str, Product]:
    """Read somebody's own products through the same checks as the built-in ones.

    Parameters
    ----------
    folder : str or Path
        Folder with one TOML file per product; own compounds, as `read_compounds` reads them, in a folder
        ``compounds`` inside, which come before built-in ones of the same key.

    Returns
    -------
    mapping of str to Product
        Products by file name without ending.

    Raises
    ------
    InputError
        With everything that is wrong in the folder.

    Examples
    --------
    >>> import tempfile
    >>> dict(read_products(tempfile.mkdtemp()))
    {}
    """
    inside = Path(folder) / "compounds"
    own_compounds = read_compounds(inside) if inside.is_dir() else {}
    return read_records("products", own_tables(folder), str(folder), partial(_made, {**compounds(), **own_compounds}))


def _made(known: Mapping[str, Compound], record: Record, problems: list[Problem]) -> Product | None:
    flags = {name.removeprefix("flags."): said for name, said in record.facts.items() if name.startswith("flags.")}
    shares = _shares(record, known, problems)
    _check_facts(record, problems)
    _check_acidity(record, shares, known, problems)
    _check_flags(record.key, flags, problems)
    if problems:
        return None
    return Product(
        key=record.key,
        name=record.facts["name"],
        form=record.facts["form"],
        during_needling=record.facts["during_needling"],
        at_home=record.facts["at_home"],
        addon=record.facts["addon"],
        studies=tuple(record.facts["studies"]),
        flags=MappingProxyType(flags),
        share_percent=MappingProxyType(shares),
        compounds=MappingProxyType({compound: known[compound] for compound in shares}),
        ph=record.value(_PH),
        record=record,
    )


def _shares(record: Record, known: Mapping[str, Compound], problems: list[Problem]) -> dict[str, float]:
    shares: dict[str, float] = {}
    for name, figure in record.figures.items():
        field = f"{record.key}.{name}"
        parts = name.split(".")
        match parts:
            case ["actives", compound, figure_name] if figure_name == _SHARE:
                if compound not in known:
                    near = nearest(compound, known)
                    problems.append(Problem(field, compound, near, "", text("products.product.compound")))
                elif not 0 < figure.value <= _WHOLE_PERCENT:
                    problems.append(
                        Problem(field, str(figure.value), "> 0, <= 100", "", text("products.product.share"))
                    )
                else:
                    shares[compound] = figure.value
            case ["ph"]:
                span = parameter("absorption.plausible_ph").spread
                if not span.a <= figure.value <= span.b:
                    given, do = f"{figure.value:g}", text("products.product.ph")
                    problems.append(Problem(field, given, f"{span.a:g} to {span.b:g}", "", do))
            case _:
                allowed = f"actives.<compound>.{_SHARE}"
                problems.append(Problem(field, name, allowed, "", text("products.record.unknown_field")))
    if sum(shares.values()) > _WHOLE_PERCENT:
        given = str(sum(shares.values()))
        problems.append(Problem(f"{record.key}.actives", given, "<= 100", "", text("products.product.share")))
    return shares


def _check_acidity(
    record: Record, shares: Mapping[str, float], known: Mapping[str, Compound], problems: list[Problem]
) -> None:
    """What ionises needs an acidity, and what water does not dissolve at it must be said to be suspended."""
    ph, form = record.value(_PH), record.facts.get("form")
    for key, share in shares.items():
        compound, field = known[key], f"{record.key}.actives.{key}.{_SHARE}"
        if ph is None:
            if compound.acid_pka or compound.base_pka:
                do = text("products.product.ph_missing", name=compound.name)
                problems.append(Problem(f"{record.key}.{_PH}", "", "", "", do))
            continue
        most = compound.dissolves_percent(ph)
        if form in _WATERY and share > most and record.facts.get(_SUSPENDED) is not True:
            why = text("products.product.above_solubility", name=compound.name, most=most, ph=ph)
            problems.append(Problem(field, f"{share:g}", f"<= {most:.3g}", why, text("products.product.suspend")))


def _check_facts(record: Record, problems: list[Problem]) -> None:
    key, facts = record.key, record.facts

    def wrong(field: str, given: object, allowed: str, do: str) -> None:
        problems.append(Problem(f"{key}.{field}", repr(given), allowed, "", text(do)))

    for name in facts:
        if name not in _FACTS and not name.startswith("flags."):
            wrong(name, name, nearest(name, _FACTS), "products.record.unknown_field")
    if not facts.get("name"):
        wrong("name", facts.get("name"), "", "products.record.name")
    for name, allowed in (("form", FORMS), ("addon", ADDONS)):
        if facts.get(name) not in allowed:
            wrong(name, facts.get(name), ", ".join(allowed), f"products.product.{name}")
    for name in ("during_needling", "at_home"):
        if not isinstance(facts.get(name), bool):
            wrong(name, facts.get(name), "true, false", "products.product.use")
    if facts.get("use_source") not in sources():
        wrong(
            "use_source",
            facts.get("use_source"),
            nearest(str(facts.get("use_source")), sources()),
            "products.record.source",
        )
    studies = facts.get("studies")
    if not isinstance(studies, list | tuple):
        wrong("studies", studies, "[]", "products.product.studies")
        return
    for row in studies:
        if row not in arms():
            wrong("studies", row, nearest(str(row), arms()), "products.product.studies")
    if facts.get("addon") in ADDONS[1:] and not studies:
        wrong("addon", facts.get("addon"), ADDONS[0], "products.product.addon_without_study")


def _check_flags(key: str, flags: Mapping[str, Any], problems: list[Problem]) -> None:
    for flag, said in flags.items():
        if flag not in FLAGS:
            problems.append(Problem(f"{key}.flags.{flag}", flag, ", ".join(FLAGS), "", text("products.product.flag")))
        if said not in sources():
            near = nearest(str(said), sources())
            problems.append(Problem(f"{key}.flags.{flag}", str(said), near, "", text("products.record.source")))
    if "sterile" in flags and "non_sterile" in flags:
        problems.append(Problem(f"{key}.flags", "sterile, non_sterile", "", "", text("products.product.sterile")))

"""Lots as they are scanned or typed: lot, piece and expiry, from a label's code or by hand."""

from __future__ import annotations

import calendar
import re
from datetime import date

from puncta.clinic.models import Clinic, Lot, LotUse, NeedlingSession
from puncta.frozen import frozen

_GROUP = "\x1d"
#: Fields of a label's code that are read: length where it is fixed.
_FIELDS = {"01": 14, "17": 6, "11": 6, "10": None, "21": None}
_MOST = 40


@frozen
class Label:
    """What a label says.

    Parameters
    ----------
    lot : str
        Lot.
    piece : str
        Serial number of the piece; empty where the label has none.
    expires_on : date or None
        Last day of use.
    """

    lot: str
    piece: str = ""
    expires_on: date | None = None

    @property
    def words(self) -> str:
        """Lot and piece as they are typed."""
        return f"{self.lot}-{self.piece}" if self.piece else self.lot


def read_label(words: str, pieces: bool = True) -> Label:
    """Read a scanned code, or a typed lot, with its piece behind a hyphen where it has pieces.

    Examples
    --------
    >>> read_label("(01)04012345678901(17)280331(10)K4471(21)09")
    Label(lot='K4471', piece='09', expires_on=datetime.date(2028, 3, 31))
    >>> read_label(" k4471-09 ").words
    'K4471-09'
    """
    given = words.strip()
    fields = _bracketed(given) or _grouped(given)
    if "10" in fields:
        return Label(fields["10"].upper()[:_MOST], fields.get("21", "").upper(), _six(fields.get("17", "")))
    if not pieces:
        return Label(given.upper()[:_MOST])
    lot, _, piece = given.upper().partition("-")
    return Label(lot.strip()[:_MOST], piece.strip()[:20])


def _bracketed(given: str) -> dict[str, str]:
    return dict(re.findall(r"\((\d{2})\)([^(]+)", given))


def _grouped(given: str) -> dict[str, str]:
    """A code as scanners send it: fields of fixed length run on, others end with a separator."""
    rest, found = given.removeprefix("]d2"), {}
    if not re.match(r"01\d{14}", rest):
        return {}
    while rest[:2] in _FIELDS:
        key, rest = rest[:2], rest[2:]
        length = _FIELDS[key]
        if length is None:
            value, _, rest = rest.partition(_GROUP)
        else:
            value, rest = rest[:length], rest[length:]
        found[key] = value
    return found


def _six(digits: str) -> date | None:
    """A day as six figures; day 00 is the end of the month."""
    if not re.fullmatch(r"\d{6}", digits):
        return None
    return read_expiry(f"20{digits[:2]}-{digits[2:4]}" + (f"-{digits[4:]}" if digits[4:] != "00" else ""))


def read_expiry(words: str) -> date | None:
    """An expiry as day or month; None where it is neither.

    Examples
    --------
    >>> read_expiry("2028-02"), read_expiry("soon")
    (datetime.date(2028, 2, 29), None)
    """
    found = re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", words.strip())
    if found is None:
        return None
    year, month = int(found[1]), int(found[2])
    try:
        return date(year, month, int(found[3]) if found[3] else calendar.monthrange(year, month)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None


def find_lot(clinic: Clinic, kind: str, lot: str) -> Lot | None:
    """A lot on record by kind and number."""
    return Lot.objects.filter(clinic=clinic, kind=kind, lot__iexact=lot).order_by("-created_at").first()


def earlier_use(clinic: Clinic, label: Label, session: NeedlingSession) -> LotUse | None:
    """Where a piece was used before, in another session."""
    if not label.piece:
        return None
    uses = LotUse.objects.filter(
        lot__clinic=clinic, lot__kind="cartridge", lot__lot__iexact=label.lot, piece=label.piece
    )
    return uses.exclude(session=session).select_related("session").first()

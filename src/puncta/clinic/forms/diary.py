"""One day of a diary, written on the tablet; and the file that came back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy

from puncta.clinic.forms.base import ClinicForm
from puncta.clinic.library import PLAIN_SIGNS, SIGNS
from puncta.clinic.words import said, told

GRADES = (0, 1, 2, 3)
#: The name of a sign, in the language of whoever the page is drawn for.
sign_name: Any = lazy(lambda sign: told(f"recovery.sign.{sign}"), str)


class DiaryForm(ClinicForm):
    """One day: what was looked at, graded; what is there, ticked. The library says what is allowed."""

    day = forms.IntegerField(label=said("diary.day"), widget=forms.NumberInput(attrs={"inputmode": "numeric"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # said when it is drawn: the page chooses whose language that is
        grades = [("", said("diary.not_looked")), *((str(n), said(f"diary.grade_{n}")) for n in GRADES)]
        for sign in SIGNS:
            self.fields[sign] = forms.TypedChoiceField(
                label=sign_name(sign), choices=grades, coerce=int, empty_value=None, required=False
            )
            self.fields[sign].widget.attrs["class"] = "field"
        for sign in PLAIN_SIGNS:
            self.fields[sign] = forms.BooleanField(label=sign_name(sign), required=False)

    def graded(self) -> list[Any]:
        """The graded signs, as bound fields."""
        return [self[sign] for sign in SIGNS]

    def ticked(self) -> list[Any]:
        """The plain signs, as bound fields."""
        return [self[sign] for sign in PLAIN_SIGNS]

    def entry(self) -> dict[str, Any]:
        """The day as an entry of the library's diary."""
        given = self.cleaned_data
        grades = {sign: given[sign] for sign in SIGNS if given[sign] is not None}
        return {"day": given["day"], **grades, **{sign: True for sign in PLAIN_SIGNS if given[sign]}}

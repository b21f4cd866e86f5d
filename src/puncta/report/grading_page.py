"""Blinded grading on one page: pairs in an order that the page does not tell, answers as a file."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.files import write_atomically
from puncta.imaging import Photograph, showings
from puncta.imaging.backend import opencv
from puncta.messages import text
from puncta.report.html import environment, style
from puncta.report.icons import brand_page

_LONGEST, _QUALITY = 900, 88  # numerics: form of the pictures

_SCRIPT = """(function(){
var all=[].slice.call(document.querySelectorAll('section[data-number]')),at=0,answers={},
end=document.getElementById('end'),how=document.getElementById('how'),back=document.getElementById('back'),
said=document.getElementById('answers'),save=document.getElementById('save');
function show(){all.forEach(function(e,i){e.hidden=i!==at});end.hidden=at<all.length;back.disabled=at===0;
how.textContent=Math.min(at+1,all.length)+' / '+all.length;
if(at===all.length){said.value=JSON.stringify(answers,null,1);
save.href=URL.createObjectURL(new Blob([said.value],{type:'application/json'}))}
else{all[at].querySelectorAll('button').forEach(function(b){
b.setAttribute('aria-pressed',answers[all[at].dataset.number]===b.dataset.side)})}}
all.forEach(function(e){e.querySelectorAll('button').forEach(function(b){b.addEventListener('click',function(){
answers[e.dataset.number]=b.dataset.side;at++;show();
(at<all.length?all[at].querySelector('button'):save).focus()})})});
back.addEventListener('click',function(){if(at)at--;show()});show()})()"""


def write_grading(pairs: Iterable[tuple[Photograph, Photograph]], path: str | Path, seed: int) -> int:
    """Write a page on which pairs of photographs are graded blind.

    Parameters
    ----------
    pairs : iterable of tuple of Photograph
        The earlier and the later photograph of each pair; they come one by one, and small copies are kept.
    path : str or Path
        Where; the page holds the photographs, so it is as private as they are. It tells no name, date or order.
    seed : int
        Of the order; kept out of the grader's sight, and given again when the answers are unblinded.

    Returns
    -------
    int
        How many showings there are; some pairs come twice.

    Raises
    ------
    PunctaError
        Where there is no pair.

    Examples
    --------
    >>> import tempfile
    >>> skin = Photograph("skin", np.full((80, 90, 3), (190, 140, 110), np.uint8))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_grading([(skin, skin), (skin, skin)], f"{folder}/grading.html", seed=5)
    3
    """
    from markupsafe import Markup

    kept = [(_source(before), _source(after)) for before, after in pairs]
    order = showings(len(kept), seed)
    rows = []
    for one in order:
        before, after = kept[one.pair]
        left, right = (after, before) if one.later_is_left else (before, after)
        rows.append({"number": one.number, "left": left, "right": right})
    rules = files("puncta.report").joinpath("templates", "photographs.css").read_text(encoding="utf-8")
    page = (
        environment()
        .get_template("grading.html")
        .render(
            rows=rows,
            t=lambda key, **words: text(f"imaging.grading.{key}", **words),
            css=Markup(style() + rules),
            brand=Markup(brand_page()),
            script=Markup(_SCRIPT),
            script_hash=f"sha256-{base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()}",
        )
    )
    write_atomically(path, page)
    return len(order)


def _source(photo: Photograph) -> str:
    cv2 = opencv()
    rgb: NDArray[Any] = photo.shown
    fold = min(1.0, _LONGEST / max(rgb.shape[:2]))
    if fold < 1.0:
        rgb = cv2.resize(rgb, None, fx=fold, fy=fold, interpolation=cv2.INTER_AREA)
    data = cv2.imencode(".jpg", np.ascontiguousarray(rgb[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1]
    return "data:image/jpeg;base64," + base64.b64encode(data.tobytes()).decode()

"""The table of fits: every value drawn jointly stands once, known ones with their band, the others called unknown."""

from puncta.evidence import fitted, joint_spread
from puncta.report.fits import fits_markdown

PAGE = fits_markdown()


def test_every_jointly_drawn_value_stands_once() -> None:
    for package in ("healing", "channels"):
        kept = fitted(package)
        assert kept is not None
        for name in kept.columns:
            assert PAGE.count(f"`{package}.{name}`") == 1


def test_what_the_data_do_not_move_is_called_so() -> None:
    left = "".join(line for line in PAGE.splitlines() if "left as it was" in line)
    for package in ("healing", "channels"):
        kept = fitted(package)
        assert kept is not None
        for name in kept.columns:
            spread = joint_spread(f"{package}.{name}")
            assert spread is not None
            assert spread.is_known != (f"`{package}.{name}`" in left)

"""Products: what passes into the skin through channels and through whole skin. An amount is never a benefit."""

from puncta.absorption.absorb import DOSE_HOURS, PROFILE_DEPTHS_MM, Site, absorb
from puncta.absorption.body_level import (
    BodyLevel,
    BodyLevelParameters,
    CreamOn,
    body_level,
    first_signs_fraction,
    first_signs_ug_per_ml,
    methaemoglobin_fraction,
)
from puncta.absorption.compounds import Compound, compound, compounds, read_compounds
from puncta.absorption.creams import Cream, cream, creams
from puncta.absorption.dose import DOSE_PLACES, Dose, Profile
from puncta.absorption.numbness import Numbness, NumbnessParameters, numbness
from puncta.absorption.parameters import AbsorptionParameters, PermeabilityParameters
from puncta.absorption.products import Product, product, products, read_products

__all__ = [
    "DOSE_HOURS",
    "DOSE_PLACES",
    "PROFILE_DEPTHS_MM",
    "AbsorptionParameters",
    "BodyLevel",
    "BodyLevelParameters",
    "Compound",
    "Cream",
    "CreamOn",
    "Dose",
    "Numbness",
    "NumbnessParameters",
    "PermeabilityParameters",
    "Product",
    "Profile",
    "Site",
    "absorb",
    "body_level",
    "compound",
    "compounds",
    "cream",
    "creams",
    "first_signs_fraction",
    "first_signs_ug_per_ml",
    "methaemoglobin_fraction",
    "numbness",
    "product",
    "products",
    "read_compounds",
    "read_products",
]

"""Products: what passes into the skin through channels and through whole skin. An amount is never a benefit."""

from puncta.absorption.absorb import DOSE_HOURS, absorb
from puncta.absorption.compounds import Compound, compound, compounds, read_compounds
from puncta.absorption.dose import Dose
from puncta.absorption.parameters import AbsorptionParameters, PermeabilityParameters
from puncta.absorption.products import Product, product, products, read_products

__all__ = [
    "DOSE_HOURS",
    "AbsorptionParameters",
    "Compound",
    "Dose",
    "PermeabilityParameters",
    "Product",
    "absorb",
    "compound",
    "compounds",
    "product",
    "products",
    "read_compounds",
    "read_products",
]

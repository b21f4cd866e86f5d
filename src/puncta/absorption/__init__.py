"""Products: what passes into the skin through channels and through whole skin. An amount is never a benefit."""

from puncta.absorption.compounds import Compound, compounds
from puncta.absorption.products import Product, product, products, read_products

__all__ = ["Compound", "Product", "compounds", "product", "products", "read_products"]

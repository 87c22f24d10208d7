"""Puts the parts of the program together: the only room that knows them all."""

from dentalsales.app.companies import (
    create_company,
    fill_with_sample,
    first_start,
    making_company,
    open_company,
    user_folder,
)
from dentalsales.app.parts import business, metadata

__all__ = [
    "business",
    "create_company",
    "fill_with_sample",
    "first_start",
    "making_company",
    "metadata",
    "open_company",
    "user_folder",
]

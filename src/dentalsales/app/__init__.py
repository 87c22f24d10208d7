"""Puts the parts of the program together: the only room that knows them all."""

from dentalsales.app.companies import (
    create_company,
    fill_with_sample,
    first_start,
    making_company,
    open_company,
)
from dentalsales.app.parts import business, metadata
from dentalsales.app.user_folders import user_folder

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

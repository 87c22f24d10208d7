"""Dental Sales keeps the registers of a dental-supplies sales office."""

__version__ = "0.1.0"

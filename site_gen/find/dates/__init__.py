"""Dates: ``find_dates`` runs a table of named rules over each paragraph and resolves what they
find."""

from site_gen.find.dates.finder import find_dates

__all__ = ["find_dates"]

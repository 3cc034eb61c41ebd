"""Figures: ``find_figures`` reads numbers with hedge, unit and what is counted, outside the spans
of dates."""

from site_gen.find.figures.finder import find_figures

__all__ = ["find_figures"]

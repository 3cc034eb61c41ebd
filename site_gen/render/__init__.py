"""Rendering: a comparison → pages and data files. Pure; the words of the interface stand in
``templates/``."""

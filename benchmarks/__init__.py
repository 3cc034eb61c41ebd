"""Adapters between site-gen and the benchmarks, and the table of figures. No rule of ``site_gen``
lives here."""

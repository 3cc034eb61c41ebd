"""The table of units: words and signs → the unit's name in an annotation, and a factor to a base unit for comparison.

Money keeps its ISO 4217 code (no exchange rate is known here). Measures, durations and ages carry a factor to the first
unit of their dimension, so that 1,200 metres and 1.2 kilometres can be compared (SI brochure, 9th ed.; NIST SP 811).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its name, its dimension, and how many base units of the dimension one of it is."""

    name: str
    dimension: str
    factor: float = 1.0


def _table(dimension: str, rows: str) -> dict[str, Unit]:
    out = {}
    for row in rows.strip().splitlines():
        name, factor, *spellings = (part.strip() for part in row.replace("|", ",").split(","))
        for spelling in (name, *spellings):
            out[spelling] = Unit(name, dimension, float(factor))
    return out


UNITS: dict[str, Unit] = {
    **_table("length", """
        metre, 1, metres, meter, meters
        kilometre, 1000, kilometres, kilometer, kilometers, km, kms
        centimetre, .01, centimetres, centimeter, centimeters, cm
        millimetre, .001, millimetres, millimeter, millimeters, mm
        mile, 1609.344, miles
        yard, .9144, yards
        foot, .3048, feet, ft
        inch, .0254, inches
        nautical mile, 1852, nautical miles"""),
    **_table("area", """
        square metre, 1, square metres, square meter, square meters
        square kilometre, 1e6, square kilometres, square kilometer, square kilometers
        square mile, 2589988.11, square miles
        square foot, .09290304, square feet
        acre, 4046.8564, acres
        hectare, 10000, hectares"""),
    **_table("volume", """
        litre, 1, litres, liter, liters
        millilitre, .001, millilitres, milliliter, milliliters, ml
        gallon, 3.785411784, gallons
        barrel, 158.987295, barrels
        cubic metre, 1000, cubic metres, cubic meter, cubic meters
        cubic foot, 28.316847, cubic feet"""),
    **_table("mass", """
        kilogram, 1, kilograms, kilogramme, kilogrammes, kg, kilo, kilos
        gram, .001, grams, gramme, grammes
        tonne, 1000, tonnes, metric ton, metric tons
        ton, 907.18474, tons
        ounce, .028349523, ounces, oz
        pound-mass, .45359237, lb, lbs"""),
    **_table("time", """
        second, 1, seconds
        minute, 60, minutes
        hour, 3600, hours
        day, 86400, days
        week, 604800, weeks
        month, 2629746, months
        year, 31556952, years, yr, yrs
        decade, 315569520, decades
        century, 3155695200, centuries"""),
    **_table("share", """
        percent, 1, per cent, %, pct, percentage
        percentage point, 1, percentage points"""),
    **_table("speed", """
        kilometre per hour, 1, km/h, kph, kilometres per hour, kilometers per hour, kilometres an hour, kilometers an hour, kilometer per hour
        mile per hour, 1.609344, mph, miles per hour, miles an hour
        knot, 1.852, knots"""),
    **_table("power", """
        watt, 1, watts
        kilowatt, 1e3, kilowatts
        megawatt, 1e6, megawatts
        gigawatt, 1e9, gigawatts"""),
    **_table("temperature", """
        degree, 1, degrees
        degree celsius, 1, degrees celsius, °c
        degree fahrenheit, 1, degrees fahrenheit, °f"""),
    **_table("multiple", "times, 1, fold"),
}  # fmt: skip

CURRENCY_SIGNS = {"US$": "USD", "A$": "AUD", "C$": "CAD", "HK$": "HKD", "NZ$": "NZD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₴": "UAH"}  # fmt: skip
CURRENCY_WORDS = {
    "dollar": "USD", "euro": "EUR", "pound": "GBP", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "ruble": "RUB", "rouble": "RUB", "rupee": "INR",
    "franc": "CHF", "won": "KRW", "peso": "MXN", "rand": "ZAR", "lira": "TRY", "krona": "SEK", "krone": "NOK", "zloty": "PLN", "shekel": "ILS",
    "hryvnia": "UAH", "ringgit": "MYR", "baht": "THB", "mark": "DEM", "guilder": "NLG", "cent": "USD",
}  # fmt: skip
SUBUNITS = {"cent": 0.01, "pence": 0.01, "penny": 0.01}
MONEY_WORDS = {w + s: c for w, c in CURRENCY_WORDS.items() for s in ("", "s")} | {"pence": "GBP", "usd": "USD", "eur": "EUR", "gbp": "GBP"}
LONGEST = max(len(name.split()) for name in UNITS)


def base(value: float, unit: str) -> float:
    """A value in the base unit of its dimension; as it is where the unit has none."""
    known = UNITS.get(unit)
    return value * known.factor if known else value


def dimension(unit: str) -> str:
    """The dimension of a unit's name: ``length`` …, ``money:USD``, or empty for a count of things."""
    if unit in UNITS:
        return UNITS[unit].dimension
    return f"money:{unit}" if unit else ""


def stated(value: float | None, unit: str) -> float | None:
    """A value in base units in the unit that the source used: what ``base`` undoes."""
    known = UNITS.get(unit)
    return value if value is None or known is None else round(value / known.factor, 6)

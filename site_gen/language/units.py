"""The table of units: words and signs → the unit's name in an annotation, and a factor to a base
unit for comparison.

Money keeps its ISO 4217 code (no exchange rate is known here). Measures, durations and ages carry a
factor to the first unit of their dimension, so that 1,200 metres and 1.2 kilometres can be compared
(SI brochure, 9th ed.; NIST SP 811).
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
    **_table(
        "length",
        """
        metre, 1, metres, meter, meters, m
        micrometre, 1e-6, micrometres, micrometer, micrometers, μm, µm, micron, microns
        nanometre, 1e-9, nanometres, nanometer, nanometers, nm
        kilometre, 1000, kilometres, kilometer, kilometers, km, kms
        centimetre, .01, centimetres, centimeter, centimeters, cm
        millimetre, .001, millimetres, millimeter, millimeters, mm
        mile, 1609.344, miles
        yard, .9144, yards
        foot, .3048, feet, ft
        inch, .0254, inches, ″
        nautical mile, 1852, nautical miles""",
    ),
    **_table(
        "area",
        """
        square metre, 1, square metres, square meter, square meters, sq m, m², m2
        square kilometre, 1e6, square kilometres, square kilometer, square kilometers, sq km
        square kilometre, 1e6, sq kms, km2, km²
        square mile, 2589988.11, square miles, sq miles, sq mile, sq mi
        square foot, .09290304, square feet, sq ft, sq. ft
        acre, 4046.8564, acres
        hectare, 10000, hectares""",
    ),
    **_table(
        "volume",
        """
        litre, 1, litres, liter, liters, ltr
        millilitre, .001, millilitres, milliliter, milliliters, ml
        gallon, 3.785411784, gallons
        barrel, 158.987295, barrels
        cubic metre, 1000, cubic metres, cubic meter, cubic meters
        cubic foot, 28.316847, cubic feet""",
    ),
    **_table(
        "mass",
        """
        kilogram, 1, kilograms, kilogramme, kilogrammes, kg, kilo, kilos
        gram, .001, grams, gramme, grammes
        milligram, 1e-6, milligrams, mg
        tonne, 1000, tonnes, metric ton, metric tons
        ton, 907.18474, tons
        ounce, .028349523, ounces, oz
        stone, 6.35029318, stones
        pound-mass, .45359237, lb, lbs, pounds of, pound of""",
    ),
    **_table(
        "time",
        """
        second, 1, seconds, secs
        minute, 60, minutes, min, mins
        hour, 3600, hours, hrs
        day, 86400, days
        week, 604800, weeks
        month, 2629746, months
        year, 31556952, years, yr, yrs
        decade, 315569520, decades
        century, 3155695200, centuries""",
    ),
    **_table(
        "share",
        """
        percent, 1, per cent, %, pct, pc, percentage
        percentage point, 1, percentage points
        basis point, .01, basis points, bps
        parts per million, 1e-4, ppm
        parts per billion, 1e-7, ppb""",
    ),
    **_table(
        "speed",
        """
        kilometre per hour, 1, km per hour, km an hour, km/h, km/hr, kph, kmh, kilometres per hour
        kilometre per hour, 1, kilometers per hour, kilometres an hour, kilometers an hour
        kilometre per hour, 1, kilometer per hour
        mile per hour, 1.609344, mph, miles per hour, miles an hour
        metre per second, 3.6, m/s, metres per second, meters per second, metres a second
        metre per second, 3.6, meters a second
        knot, 1.852, knots""",
    ),
    **_table(
        "power",
        """
        watt, 1, watts, w
        kilowatt, 1e3, kilowatts, kw
        megawatt, 1e6, megawatts, mw
        gigawatt, 1e9, gigawatts, gw
        horsepower, 745.69987, hp
        brake horsepower, 745.69987, bhp""",
    ),
    **_table(
        "energy",
        """
        kilowatt-hour, 1, kilowatt-hours, kilowatt hours, kilowatt hour, kwh
        megawatt-hour, 1e3, megawatt-hours, megawatt hours, megawatt hour, mwh
        gigawatt-hour, 1e6, gigawatt-hours, gigawatt hours, gwh
        terawatt-hour, 1e9, terawatt-hours, terawatt hours, twh
        calorie, 1.162e-6, calories
        kilocalorie, 1.162e-3, kilocalories, kcal""",
    ),
    **_table("charge", "milliampere-hour, 1, mah, milliampere-hours"),
    **_table(
        "frequency",
        """
        hertz, 1, hz
        kilohertz, 1e3, khz
        megahertz, 1e6, mhz
        gigahertz, 1e9, ghz""",
    ),
    **_table(
        "data",
        """
        byte, 1, bytes
        kilobyte, 1e3, kilobytes, kb
        megabyte, 1e6, megabytes, mb
        gigabyte, 1e9, gigabytes, gb
        terabyte, 1e12, terabytes, tb
        petabyte, 1e15, petabytes, pb""",
    ),
    **_table("sound", "decibel, 1, decibels, db"),
    **_table("rotation", "revolution per minute, 1, rpm, revolutions per minute"),
    **_table(
        "torque",
        """
        newton metre, 1, newton metres, newton-metres, newton-metre
        pound-foot, 1.3558179, pound-feet, lb-ft, pound feet, lb ft""",
    ),
    **_table(
        "pressure",
        """
        pascal, 1, pascals
        gigapascal, 1e9, gigapascals, gpa""",
    ),
    **_table("economy", "mile per gallon, 1, mpg, miles per gallon"),
    **_table(
        "temperature",
        """
        degree, 1, degrees
        degree celsius, 1, degrees celsius, °c, ° c, celsius, degrees c
        degree fahrenheit, 1, degrees fahrenheit, °f, ° f, fahrenheit, degrees f""",
    ),
    **_table("multiple", "times, 1, fold"),
}

DEGREES = {"C": "degree celsius", "F": "degree fahrenheit"}
""" "41.2C", "105F": a capital that touches the number."""
CURRENCY_SIGNS = {
    "RM": "MYR",
    "USD": "USD",
    "EUR": "EUR",
    "GBP": "GBP",
    "US$": "USD",
    "$US": "USD",
    "$A": "AUD",
    "$C": "CAD",
    "$NZ": "NZD",
    "S$": "SGD",
    "CA$": "CAD",
    "AU$": "AUD",
    "A$": "AUD",
    "C$": "CAD",
    "HK$": "HKD",
    "NZ$": "NZD",
    "$": "USD",
    "R$": "BRL",
    "NT$": "TWD",
    "MX$": "MXN",
    "TT$": "TTD",
    "J$": "JMD",
    "BZ$": "BZD",
    "AR$": "ARS",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₽": "RUB",
    "₩": "KRW",
    "₴": "UAH",
}
CURRENCY_WORDS = {
    "dollar": "USD",
    "euro": "EUR",
    "pound": "GBP",
    "yen": "JPY",
    "yuan": "CNY",
    "renminbi": "CNY",
    "ruble": "RUB",
    "rouble": "RUB",
    "rupee": "INR",
    "franc": "CHF",
    "won": "KRW",
    "peso": "MXN",
    "rand": "ZAR",
    "lira": "TRY",
    "krona": "SEK",
    "krone": "NOK",
    "zloty": "PLN",
    "shekel": "ILS",
    "hryvnia": "UAH",
    "ringgit": "MYR",
    "baht": "THB",
    "mark": "DEM",
    "guilder": "NLG",
    "cent": "USD",
}
NATIONAL_MONEY = {
    ("swiss", "franc"): "CHF",
    ("canadian", "dollar"): "CAD",
    ("australian", "dollar"): "AUD",
    ("danish", "crown"): "DKK",
    ("danish", "krone"): "DKK",
    ("swedish", "crown"): "SEK",
    ("swedish", "krona"): "SEK",
    ("norwegian", "crown"): "NOK",
    ("norwegian", "krone"): "NOK",
    ("mexican", "peso"): "MXN",
    ("czech", "crown"): "CZK",
    ("czech", "koruna"): "CZK",
    ("turkish", "lira"): "TRY",
    ("indian", "rupee"): "INR",
    ("russian", "ruble"): "RUB",
    ("russian", "rouble"): "RUB",
    ("japanese", "yen"): "JPY",
    ("chinese", "yuan"): "CNY",
    ("british", "pound"): "GBP",
    ("israeli", "shekel"): "ILS",
    ("polish", "zloty"): "PLN",
    ("german", "mark"): "DEM",
}
"""Money named with its country, in lower case and the singular."""
SUBUNITS = {"cent": 0.01, "pence": 0.01, "penny": 0.01}
MONEY_WORDS = {w + s: c for w, c in CURRENCY_WORDS.items() for s in ("", "s")} | {
    "pence": "GBP",
    "usd": "USD",
    "eur": "EUR",
    "gbp": "GBP",
}
LONGEST = max(len(name.split()) for name in UNITS)


def base(value: float, unit: str) -> float:
    """A value in the base unit of its dimension; as it is where the unit has none."""
    known = UNITS.get(unit)
    return value * known.factor if known else value


def dimension(unit: str) -> str:
    """The dimension of a unit's name: ``length`` …, ``money:USD``, or empty for a count of
    things."""
    if unit in UNITS:
        return UNITS[unit].dimension
    return f"money:{unit}" if unit else ""


def rounded(value: float | None) -> float | None:
    """A value as files give it: to six places, which hides what division leaves behind."""
    return None if value is None else round(value, 6)

"""The numbers that two paragraphs tell of each other, by name: what the models of links weigh."""

from __future__ import annotations

from typing import NamedTuple


class Quick(NamedTuple):
    """What two paragraphs tell of each other at first sight: each number, as the models name it."""

    words_both: float
    """Weight of the shared words, of the geometric mean of both paragraphs'."""
    words_log: float
    words_max: float
    """Weight of the shared words, of the lighter paragraph's."""
    phrases: float
    """Share of the pairs of words in a row."""
    grams_rare: float
    grams_all: float
    """Shares of character n-grams: those that few paragraphs use, and all."""
    names_none: float
    """Whether both have names and share none."""
    numbers: float
    speakers: float
    length_ratio: float
    short: float
    """Logarithm of the words of the shorter one."""
    rarest: float
    top_three: float
    """Rarity of the rarest shared word, and of the three rarest."""
    many: float
    """Logarithm of the number of shared words."""
    votes_both: float
    votes_sum: float
    """Weight of the shared words, each divided by the pairs that it could speak for."""
    best_share: float
    least_share: float
    """Share of the best score of its row and of its column: the larger and the smaller."""
    best_margin: float
    least_margin: float
    """How far it is ahead of the next of its row and of its column."""
    diagonal: float
    beside: float
    """The best score of its neighbours: both one on, and one of them one on."""
    level: float
    """The mean of the best scores: how much the two articles are alike."""
    away: float
    """How far it lies off the order of the sure pairs, where there is one."""
    place_gap: float
    """How far apart the two stand in their articles, as shares of them."""
    leads: float
    """Whether both are the first."""
    early: float
    """How early the later one stands."""


class Rest(NamedTuple):
    """The other numbers, of pairs that are not unlikely at first sight."""

    words_min: float
    """Weight of the shared words, of the heavier paragraph's."""
    soft_both: float
    soft_max: float
    """Like ``words_both`` and ``words_max``, by beginnings of words."""
    grams_mid: float
    names: float
    """Weight of the shared names, of the paragraph that has less of them."""
    numbers_none: float
    """Whether both have figures and share none; so with the next ones."""
    dates: float
    dates_none: float
    quoted: float
    quoted_none: float
    quoted_one: float
    """Whether one quotes and the other does not."""
    in_order: float
    """Longest common subsequence of words, of the shorter one."""
    votes_max: float
    alone: float
    """Logarithm of the number of words that only these two share."""
    words_square: float
    words_level: float
    words_max_log: float
    soft_square: float
    sentence_both: float
    sentence_most: float
    sentence_sum: float
    """The two sentences that are most alike: the weight that they share, of the geometric mean of
    theirs, of the lighter one's, and as it is."""
    sentences: float
    """Logarithm of the pairs of sentences."""
    carried: float
    """Whether they share a name, those that pronouns stand for among them."""
    late: float
    """How late the earlier one stands."""


QUICK, REST = Quick._fields, Rest._fields
"""The numbers of ``quick`` and of ``rest``, in order."""
NAMES = (*QUICK, *REST)

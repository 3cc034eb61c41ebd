"""Comparing: annotated articles and their matches → rows with cells, verdicts and reasons."""

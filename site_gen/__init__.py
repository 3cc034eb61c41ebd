"""site-gen: static sites that show, side by side, how several outlets told the same event."""

__version__ = "0.1.0"

# : Version of the rules that find, match and compare. It stands in every ``data.json``; raise it
# when a change of
#: code can change a verdict on unchanged content.
RULES_VERSION = 4

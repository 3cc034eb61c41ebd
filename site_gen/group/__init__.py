"""From a pile of articles to stories: which of them report the same event."""

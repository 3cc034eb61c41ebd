"""Matching: paragraphs ↔ paragraphs, as positions; text is looked up when it is shown."""

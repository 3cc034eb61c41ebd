"""What all stages know of language: words, sentences, units, synonyms. What is true of English
alone is in ``en/``, a plain file a list."""

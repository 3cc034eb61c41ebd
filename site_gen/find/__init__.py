"""Finding: an article's paragraphs and publication date → figures, dates and quotations with exact
offsets."""

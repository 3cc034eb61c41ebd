"""Speech: who says what. Quotations with their speakers, and who a figure comes from."""

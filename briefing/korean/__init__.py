"""Korean morphology and the lexicon of companies, titles and names."""

"""Putting references into words: catalogs, gendered formatting, bidi isolation, money and dates, understanding."""

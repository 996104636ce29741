"""Money in double entry: postings that sum to zero."""

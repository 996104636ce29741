"""The quantity slice: the only stored truth about progress, and its moves."""

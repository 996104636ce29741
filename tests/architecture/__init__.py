"""The floor plan held by tests: sizes, names, purity, imports, transactions, contracts. Fast, and no database."""

"""Partner contracts on the wire: one file per kind."""

"""Money of cases: charges, captures, refunds."""

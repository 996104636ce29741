"""Totes: units that customers hand in without box or label, gathered, moved together, counted where they arrive."""

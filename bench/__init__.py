"""Measurements: a row is a ratio of two things run by turns in one process, so that the machine's mood cancels out."""

"""The rows of the bench: one module each, with what is measured, against what, and the bar it is held to."""

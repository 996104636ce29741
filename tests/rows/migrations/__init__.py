"""The migrations' machinery, on small folders of its own."""

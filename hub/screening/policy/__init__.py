"""Rules of screening: how names are compared, and how lists are read."""

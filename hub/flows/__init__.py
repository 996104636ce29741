"""Business processes: each one transaction over several rooms, named as the business names it."""

"""The bench itself: verdicts, frozen baselines, pictures."""

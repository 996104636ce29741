"""What could have been: rehearsals of policies, on invented demand and on stored decisions."""

"""A case is one order with all that belongs to it: loaded and saved set-based, in the lock order of the house."""

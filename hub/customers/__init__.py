"""The customers' door: codes that are sent to guests, and sessions that they and known customers open."""

"""Journeys: business processes end to end, with the real worker, flows, adapters and database."""

"""The example clients, run against a hub as a newcomer would run them."""

"""The demo: two weeks of a small retail group, played on a hub of its own in seconds of machine time.

`plan` says what happens when, `story` makes it happen through the contract alone, `reading` reads how it ended,
`expected` says what must have come of it, and `condensed` makes of an ending what two runs can be compared by. `stage`
runs the hub it is played on. Printing is the command line's.
"""

-- Room in each page for the next version of its rows: a level that changes then writes no index.
ALTER TABLE published_level SET (fillfactor = 70);

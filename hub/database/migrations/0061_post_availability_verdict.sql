-- The release before kept what is withheld with each item.
DROP TABLE availability_verdict;

"""What nodes and carriers report, as changes of cases."""

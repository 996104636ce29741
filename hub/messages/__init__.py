"""What is written as JSON and read again later, one struct per kind. Pure: it knows the kernel alone."""

"""The audit: silent on sound rows, red on every planted fault."""

"""Events and messages as structs."""

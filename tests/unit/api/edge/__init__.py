"""What every call passes before its handler."""

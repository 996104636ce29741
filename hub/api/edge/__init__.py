"""What every call passes before its handler: who calls, what they may, how much is taken, what is refused."""

"""What an installation is told from outside: settings of the environment and flags, and the keys it keeps."""

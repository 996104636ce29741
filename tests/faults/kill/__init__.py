"""The demo's story, played while parts of the installation are killed."""

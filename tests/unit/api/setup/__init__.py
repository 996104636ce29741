"""Services about the installation, over gRPC."""

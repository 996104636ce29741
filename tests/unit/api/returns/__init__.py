"""Services about returns, over gRPC."""

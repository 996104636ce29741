"""Services about stock, over gRPC."""

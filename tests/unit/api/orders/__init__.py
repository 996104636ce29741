"""Services about orders, over gRPC."""

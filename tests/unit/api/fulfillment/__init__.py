"""Services about fulfillment and feeds, over gRPC."""

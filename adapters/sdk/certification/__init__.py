"""What every adapter must stand, as checks over gRPC."""

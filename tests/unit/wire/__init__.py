"""Values and protobuf."""

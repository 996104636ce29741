"""Values and their protobuf forms."""

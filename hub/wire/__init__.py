"""Values to protobuf and back, for `api` and `connect` alike. Decides nothing."""

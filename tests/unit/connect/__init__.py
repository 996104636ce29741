"""Calls to partners over real gRPC, with servicers of the tests."""

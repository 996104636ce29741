"""The contract over HTTP: JSON, lines of JSON for streams, and gRPC-Web, by the same wrapped handlers as gRPC."""

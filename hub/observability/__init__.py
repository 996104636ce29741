"""What a running hub tells of itself: spans of traces, and logs. Without personal data, tokens or keys."""

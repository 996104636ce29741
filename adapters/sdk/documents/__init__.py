"""What readers of partner documents share."""

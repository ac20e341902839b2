"""Text to model and back, byte-exact."""

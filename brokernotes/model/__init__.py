"""What a brokerage knows: no input, no output, no text formats."""

"""One module for each thing a broker would name; functions from values to values."""

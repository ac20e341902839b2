"""The only code that touches the world: files, the index, git."""

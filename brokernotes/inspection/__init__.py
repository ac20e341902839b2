"""Every problem of a vault: where the checks meet the index and git, for all who ask."""

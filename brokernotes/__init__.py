"""Run a real-estate brokerage in plain text."""

__version__ = "0.1.0"

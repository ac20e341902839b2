"""Measurements: ratios between things timed in the same run (docs/performance.md)."""

"""Measure the hot operations over HTTP beside a floor of plain SQL: `python -m bench` (see docs/performance.md)."""

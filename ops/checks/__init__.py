"""Everything `make check` looks at before a test runs; each step can be run alone by its name."""

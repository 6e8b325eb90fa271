"""Measures of termnews; `make bench` prints each as one JSON line with its ratio to a floor."""

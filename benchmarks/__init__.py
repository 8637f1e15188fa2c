"""What plangen costs beside the usual ways to do the same: `python -m benchmarks`."""

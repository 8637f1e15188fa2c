"""Two revisions of a plan compared: what became of which part, and what to say of it."""

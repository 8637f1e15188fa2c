"""Git, where plans are kept: their revisions, and how git shows them."""

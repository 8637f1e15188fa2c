"""Plans that exist as documents or text, read into the plan format; see docs/importing.md."""

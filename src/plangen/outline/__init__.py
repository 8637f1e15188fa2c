"""The plan as it will read: numbers, phrases, references."""

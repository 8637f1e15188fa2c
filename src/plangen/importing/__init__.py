"""Documents of Word, as people see them: what stands in a .docx, with its numbers, tracked changes and comments."""

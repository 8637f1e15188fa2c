"""Documents that exist, read: what stands in a .docx as people see it, and plans in documents and text as plans."""

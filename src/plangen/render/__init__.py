"""An outline to a document, through Jinja2: genres × formats."""

"""New plans: begun from samples or from last year's plan, with the schema for editors beside."""

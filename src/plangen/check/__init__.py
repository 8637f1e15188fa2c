"""The proof-reader: what a plan that is right in form may still have wrong, rule by rule."""

"""The usual ways from a plan in YAML to a Word document, one script each: `WAY PLAN.yaml OUT.docx [more pairs]`.

Every way reads the plan by itself and writes the visible text plangen writes, in styles of its own.
"""

"""plangen: annual work plans (年度工作要点) as YAML in git, rendered to official-format Word documents and Markdown."""

__version__ = "0.1.0"

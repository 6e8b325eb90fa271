"""termnews, the terminal news reader for people who follow the world by place."""

__version__ = "0.1.0"

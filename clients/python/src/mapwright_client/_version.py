"""The version: that of the program, the REST API and the npm package, which have one together."""

__version__ = "0.1.0"

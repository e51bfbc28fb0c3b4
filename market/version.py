"""The version of the product, said nowhere else; CHANGELOG.md has a dated heading for it."""

VERSION = "0.1.0"

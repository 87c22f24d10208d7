"""The widgets that enter one value each, one file per kind of field."""

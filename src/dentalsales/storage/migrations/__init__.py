"""The steps from the schema of one version to that of the next."""

"""The windows: they draw any register from its blueprint."""

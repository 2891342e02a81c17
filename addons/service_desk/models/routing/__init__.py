"""Routing rules: when these conditions hold, set these values; the first match wins and is named."""

"""Merge, split, link, parents and children, likely duplicates."""

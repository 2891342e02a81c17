"""Warnings before a deadline and what happens when it is missed."""

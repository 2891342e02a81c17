"""Workflows: the stages of a type and the moves allowed between them."""

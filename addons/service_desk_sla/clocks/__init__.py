"""Clocks without Odoo: what happened folded into spans, and spans read against a target and working hours."""

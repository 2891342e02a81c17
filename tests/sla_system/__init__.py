"""Warnings of service levels under real servers: killed, doubled, away for a day, in another time zone."""

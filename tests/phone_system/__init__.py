"""The phone screen in a real browser, rung by a real exchange's events."""

"""The operator's screen and the events of telephone exchanges."""

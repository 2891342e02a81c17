"""Where the desk does something else than another project's test demands, each with the reason."""

DIFFERENCES: dict = {}

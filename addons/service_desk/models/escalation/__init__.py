"""Lines, hand-over, ladders of escalation, on-call duty, the norm of classification."""

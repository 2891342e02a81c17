"""Analysis, the chain of agreements, the monthly report and its act."""

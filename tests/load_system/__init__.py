"""The desk under load, seen from outside: real worker processes and many clients at the same time."""

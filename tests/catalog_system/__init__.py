"""The catalog seen from outside: every way by which somebody might come to what is not for him."""

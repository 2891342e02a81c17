"""What people correct: starts, pauses, excuses; and clocks counted anew, with a log."""

"""Master incidents, waves, announcements, post-incident reviews."""

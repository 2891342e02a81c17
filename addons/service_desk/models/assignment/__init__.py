"""Assignment: who of a team is able, present and below his limit, and gets the ticket."""

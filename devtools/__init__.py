"""What stands behind ``./desk``: one small file per topic, standard library only."""

"""Authority: how high the voice of an article stands, from the leader in person down to a plain report."""

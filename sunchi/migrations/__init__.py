"""The schema's versions, for Alembic. `sunchi migrate` runs them; an empty database gets them all when it is opened."""

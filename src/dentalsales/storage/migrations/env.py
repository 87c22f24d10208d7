"""Runs migrations on the connection and in the transaction that the caller has opened."""

from alembic import context

attributes = context.config.attributes
context.configure(
    connection=attributes["connection"],
    target_metadata=attributes.get("metadata"),
    render_item=attributes.get("render_item"),
    process_revision_directives=attributes.get("process_revision_directives"),
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()

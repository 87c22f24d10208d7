"""Rows that came with ids of their own, as from a file: the next row has to get the next id."""

from sqlalchemy import Connection, MetaData, text


def continue_ids(connection: Connection, metadata: MetaData) -> None:
    """Let every table count on from its largest id; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    quoted = connection.dialect.identifier_preparer.format_table
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            name = quoted(table)
            sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"),
                                         {"table": name, "column": column.name})  # fmt: skip
            largest = connection.exec_driver_sql(f"SELECT max({column.name}) FROM {name}").scalar()
            connection.execute(
                text("SELECT setval(:sequence, :last, :used)"),
                {"sequence": sequence, "last": largest or 1, "used": largest is not None},
            )

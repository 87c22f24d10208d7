"""Where a company's data lie: engine and transactions, migrations, backups, attachments."""

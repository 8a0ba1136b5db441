"""The requests of `spreadsheets.batchUpdate`; each module's `CHANGES` names what it answers."""

"""Events to ledger: who submitted what and when, on time or late, and why the ledger says so."""

"""The bureau's notice of results: a ledger as a letter to the schools, ready for signature."""

"""Who owes what by when: agency, documents, periods, deadlines, roster."""

"""A local Google: Forms v1, Sheets v4 and Drive v3 over HTTP, and the pages a person sees.

Routes (`app`) call handlers (`forms`, `sheets`, `drive`, `auth`, `pages`, `control`), handlers
work on one SQLite file (`state`) inside one transaction a request, so that a request is done as a
whole or not at all and what was answered survives a kill. `discovery` holds every request, and in
tests every answer, against the documents that google-api-python-client ships. Nothing here
imports the product: one misreading of the API must not cancel out on both sides.
"""

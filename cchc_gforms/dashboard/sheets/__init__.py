"""A workbook in Google Sheets: what stands there, what differs, and the requests that mend it.

Google's own names stand here, and nowhere else in the dashboard. Ids are derived from keys, so a
second publish updates what the first made. Text goes as `stringValue` only: an answer that looks
like a formula stays text (facts C, Values). The formulas are ours, of constants and places alone.
"""

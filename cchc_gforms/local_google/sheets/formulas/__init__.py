"""Formulas: their text, what they compute, and how they follow the cells they point at.

No library computes them here, each looked at in November 2026:

- formualizer 0.13 (MIT, alive, Rust): Excel's dialect. It refuses `;` between arguments and the
  decimal comma, so a Vietnamese spreadsheet cannot be read; knows no JOIN, SPARKLINE, one-argument
  IFERROR; blocked arrays are #SPILL!; a bare reference to a blank cell is 0; 22 MB, in beta.
- formulas 1.3 (EUPL, numpy, scipy, schedula): compiles a whole Excel workbook before it computes.
- xlcalculator (last release 2023) and pycel (2021) are asleep.

What a library would leave (dialect, coercions, arrays, references that follow) is most of the work.

`tokens`, `parse`, `syntax`: text to tree. `references`, `rewriting`: references that follow.
`values`, `criteria`, `evaluate`, `functions`: one formula. `calculate`, `shown`: all of them.
"""

"""CCHC plans and reports through Google Forms (dispatch 260/GDĐT)."""

__version__ = "0.1.0"

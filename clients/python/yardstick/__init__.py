"""Asks a Yardstick server about youth-justice inspections in England and Wales.

    import yardstick
    site = yardstick.Client("https://yardstick.example")
    scores = site.results(programme="cci", measure="safeguarding")
    scores.release, scores.sources, scores[0]["percent"]
    scores.to_pandas()
"""

from ._client import Client as _Client
from ._client import Failure, Rows
from ._questions import Questions


class Client(_Client, Questions):
    """A release of a server. Each question of the interface is a method."""


__all__ = ["Client", "Failure", "Rows"]

"""Frozen dataclasses of extraction that are made as quickly as plain ones.

A frozen dataclass puts each field in place by a call (`object.__setattr__`): 611 ns for five fields
against 166 for assignments (Python 3.11), and an article makes thousands: 7 % of the time of extraction.
To the type checker, which reads all our code strictly, a record is a frozen dataclass; at run time it is
a plain one with slots and a hash of its fields, which nothing but a mistake that `mypy` reports would
change. What leaves this package (`briefing.model`) is frozen at run time as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["record"]

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:
    from dataclasses import dataclass

    def record(*, frozen: bool, slots: bool, order: bool = False):
        """A decorator like `dataclass(frozen=True, slots=True)`; other settings a record cannot have.

        Raises:
            TypeError: it is not asked to be frozen and to have slots, as `mypy` and readers are told.
        """
        if not (frozen and slots):
            raise TypeError("a record is frozen and has slots; use dataclass for others")
        return dataclass(slots=True, order=order, unsafe_hash=True)

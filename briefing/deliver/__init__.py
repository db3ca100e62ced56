"""Delivery: claim from the outbox, send at Telegram's pace, record what became of it."""

from briefing.deliver.courier import Courier, Outbox, Sender, deliver_once
from briefing.deliver.pace import Pace

__all__ = ["Courier", "Outbox", "Pace", "Sender", "deliver_once"]

"""The part that knows Telegram, the wall clock and the process environment."""

"""The news desk: collecting, reading, grouping, composing and delivering Korean executive news.

Nothing here knows Telegram or the process environment; `bot` wires it to both.
"""

"""The one port of a running bot: Telegram's webhook, health, readiness, metrics.

address.py   what EXECBRIEF_WEBHOOK_URL may be, and which path of ours it means
readiness.py what is measured, and whether it is good enough (a pure verdict)
server.py    tornado: the port and everything it answers
webhook.py   Telegram's side: setWebhook, looking after it, updates taken once
"""

"""Outrider: a travel-risk alerting bot for Telegram."""

__version__ = "0.1.0"

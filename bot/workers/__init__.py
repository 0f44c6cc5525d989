"""Processes that can be killed: hostile bytes and long texts are handled there, off the event loop."""

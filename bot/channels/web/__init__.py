"""The web chat: a page of ours, whose history we keep ourselves."""

from bot.channels.web.channel import WebChannel

__all__ = ["WebChannel"]

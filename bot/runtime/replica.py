"""This process among others that share its store: stays alive, takes over from the dead, hears from the living."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from functools import partial

from bot.runtime.logs import trace
from bot.runtime.ports import Replicas, StoreUnavailable
from bot.runtime.sender import Sender
from bot.unbroken import unbroken

__all__ = ["Replica"]

log = logging.getLogger(__name__)

BEAT = 2.5
"""Seconds between two signs of life."""


class Replica:
    """Keeps a sender's messages its own, and finds it those that nobody else sends."""

    def __init__(
        self,
        replicas: Replicas,
        sender: Sender,
        channels: Callable[[], Collection[str]],
        changed: Callable[[str], None] = lambda person: None,
    ) -> None:
        """
        Args:
            replicas: what the processes arrange.
            sender: sends for this one.
            channels: those that it serves.
            changed: told of a person whose pages another process has changed; of "" if anybody's may have.
        """
        self._replicas = replicas
        self._sender = sender
        self._channels = channels
        self._changed = changed
        self._heard: dict[str, None] = {}
        self._hearing = asyncio.Event()

    async def join(self) -> None:
        """Become one of them."""
        await self._replicas.join(self._channels())

    async def leave(self) -> None:
        """What is left is for the others."""
        try:
            await self._replicas.leave()
        except StoreUnavailable:
            log.warning("the others will notice in a few seconds that this process stopped")

    async def run(self) -> None:
        """Live until cancelled."""
        listen = partial(self._replicas.listen, self._hear, self._changed, self._sender.pause)
        await asyncio.gather(*(self._ever(work) for work in (self._live, self._listen, listen)))

    async def _ever(self, work: Callable[[], Awaitable[None]]) -> None:
        """Begin work anew whenever it breaks down: what others hand over would wait here for ever."""
        while True:
            try:
                await work()
            except asyncio.CancelledError:
                task = asyncio.current_task()
                if task is None or task.cancelling():
                    raise
                log.error("what joins this process to the others was broken off")
            except Exception as error:
                log.error("what joins this process to the others broke down: %s", trace(error))
            self._hear("")  # somebody may have been missed
            await asyncio.sleep(BEAT)

    async def _live(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            try:
                alive, somebody_died = await unbroken(self._replicas.beat())
                if not alive:
                    log.warning("this process was taken for dead; it begins anew")
                    await unbroken(self._replicas.join(self._channels()))
                    await self._sender.let_go()
                if somebody_died or not alive:
                    await self._take_over()
            except StoreUnavailable as error:
                log.warning("a sign of life has to wait: %s", error)

    async def _take_over(self) -> None:
        found = await unbroken(self._sender.recover())
        if found:
            log.info("%d messages were left over and are being sent", found)

    def _hear(self, person: str) -> None:
        self._heard[person] = None
        self._hearing.set()

    async def _listen(self) -> None:
        while True:
            await self._hearing.wait()
            self._hearing.clear()
            while self._heard:
                person = next(iter(self._heard))
                del self._heard[person]
                try:
                    self._sender.take(await unbroken(self._replicas.handed(person)))
                except StoreUnavailable as error:
                    log.warning("what was handed over has to wait: %s", error)
                    self._heard[person] = None
                    await asyncio.sleep(BEAT)

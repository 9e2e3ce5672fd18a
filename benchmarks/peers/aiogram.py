"""aiogram 3 as its documentation shows it: a finite state machine with `RedisStorage`.

python -m benchmarks.peers.aiogram API_ADDRESS TOKEN REDIS_ADDRESS
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.redis import RedisStorage
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from benchmarks.peers.screens import EDITS_FROM, TURNS, buttons, text

router = Router()


class Talk(StatesGroup):
    """Where a person stands."""

    going = State()


def _keyboard(turn: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=label, callback_data=data) for label, data in row] for row in buttons(turn)
        ]
    )


@router.message(CommandStart())
async def _start(message: Message, state: FSMContext) -> None:
    await state.set_state(Talk.going)
    await state.set_data({"taps": []})
    await message.answer(text(0), reply_markup=_keyboard(0))


@router.callback_query(Talk.going, F.data)
async def _tap(query: CallbackQuery, state: FSMContext) -> None:
    assert isinstance(query.message, Message)
    turn = int(str(query.data).partition(".")[0]) + 1
    data: dict[str, Any] = await state.get_data()
    await state.update_data(taps=[*data.get("taps", []), query.data])
    await query.answer()
    if turn >= EDITS_FROM:
        await query.message.edit_text(text(turn), reply_markup=_keyboard(turn))
    else:
        await query.message.answer(text(turn), reply_markup=_keyboard(turn))
    if turn + 1 >= TURNS:
        await state.clear()


async def main() -> None:
    """Poll until stopped."""
    api, token, redis = sys.argv[1:4]
    session = AiohttpSession(api=TelegramAPIServer.from_base(api))
    bot = Bot(token, session=session, default=DefaultBotProperties(parse_mode=ParseMode.HTML))
    dispatcher = Dispatcher(storage=RedisStorage.from_url(redis))
    dispatcher.include_router(router)
    await dispatcher.start_polling(bot, polling_timeout=25)


if __name__ == "__main__":
    asyncio.run(main())

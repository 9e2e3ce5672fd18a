"""python-telegram-bot as its documentation shows it: `ConversationHandler` with `PicklePersistence`.

python -m benchmarks.peers.ptb API_ADDRESS TOKEN FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    PicklePersistence,
)

from benchmarks.peers.screens import EDITS_FROM, TURNS, buttons, text


def _keyboard(turn: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in buttons(turn)]
    )


async def _start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    assert update.message is not None
    assert context.user_data is not None
    context.user_data["taps"] = []
    await update.message.reply_text(text(0), parse_mode=ParseMode.HTML, reply_markup=_keyboard(0))
    return 1


async def _tap(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    query = update.callback_query
    assert query is not None
    assert query.message is not None
    assert context.user_data is not None
    turn = int(str(query.data).partition(".")[0]) + 1
    context.user_data["taps"].append(query.data)
    await query.answer()
    if turn >= EDITS_FROM:
        await query.edit_message_text(text(turn), parse_mode=ParseMode.HTML, reply_markup=_keyboard(turn))
    else:
        chat = query.message.chat
        await chat.send_message(text(turn), parse_mode=ParseMode.HTML, reply_markup=_keyboard(turn))
    return turn + 1 if turn + 1 < TURNS else ConversationHandler.END


def main() -> None:
    """Poll until stopped."""
    api, token, folder = sys.argv[1:4]
    application: Any = (
        Application.builder()
        .token(token)
        .base_url(f"{api}/bot")
        .persistence(PicklePersistence(Path(folder) / "people.pickle"))
        .concurrent_updates(False)  # a ConversationHandler must not be run concurrently, its documentation says
        .build()
    )
    states: dict[object, list[Any]] = {turn: [CallbackQueryHandler(_tap)] for turn in range(1, TURNS)}
    start = CommandHandler("start", _start)
    application.add_handler(
        ConversationHandler([start], states, [start], name="conversation", persistent=True, per_message=False)
    )
    application.run_polling(poll_interval=0.0, timeout=25)


if __name__ == "__main__":
    main()

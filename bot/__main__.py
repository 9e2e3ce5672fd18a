"""``python -m bot`` is ``lofrayer``."""

from bot.cli import main

if __name__ == "__main__":
    main()

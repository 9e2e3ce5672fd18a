"""The coach as its own process, for tests that drive it as its users do."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from tests.support.waiting import PATIENCE

__all__ = ["CoachProcess"]

ROOT = Path(__file__).resolve().parents[2]


class CoachProcess:
    """``lofrayer run`` with its own folder and settings."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.settings = {"WEB_PORT": "0", "LOG_LEVEL": "INFO", **settings}
        self.log: list[str] = []
        self.address = ""
        self._process: subprocess.Popen[str] | None = None

    def start(self, timeout: float = PATIENCE) -> float:
        """Start and wait until it listens; returns how long that took, in seconds."""
        began = time.monotonic()
        listening = self.launch()
        if not listening.wait(timeout) or not self.address:
            raise AssertionError("the coach did not start:\n" + "\n".join(self.log))
        return time.monotonic() - began

    def launch(self) -> threading.Event:
        """Start; returns what is set once it listens, or has ended."""
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "HOME": str(self.folder),
            **self.settings,
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            cwd=self.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        listening = threading.Event()

        def read(process: subprocess.Popen[str]) -> None:
            assert process.stdout is not None
            for line in process.stdout:
                self.log.append(line.rstrip())
                if found := re.search(r"listening: (http://\S+)", line):
                    self.address = found[1]
                    listening.set()
            listening.set()

        threading.Thread(target=read, args=(self._process,), daemon=True).start()
        return listening

    @property
    def pid(self) -> int:
        """The process's id."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """SIGKILL: as when the power goes."""
        self._end(signal.SIGKILL)

    def stop(self, timeout: float = PATIENCE) -> int:
        """SIGTERM, and wait; returns the exit status."""
        return self._end(signal.SIGTERM, timeout)

    def _end(self, how: signal.Signals, timeout: float = PATIENCE) -> int:
        process, self._process = self._process, None
        self.address = ""
        if process is None:
            return 0
        process.send_signal(how)
        try:
            status = process.wait(timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        if process.stdout is not None:
            time.sleep(0.05)
            process.stdout.close()
        return status

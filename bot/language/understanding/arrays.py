"""Reading the arrays of an ``.npz`` file without loading the large ones: they stay in the file, mapped into memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import numpy as np
import numpy.typing as npt

__all__ = ["read_arrays"]

LARGE = 100_000
"""Bytes from which on an array is mapped."""
_LOCAL_HEADER = 30
"""Bytes of a member's header in a ZIP file before its name; the last four of them are the lengths of what follows."""


def read_arrays(path: Path, prefix: str = "") -> dict[str, npt.NDArray[Any]]:
    """The arrays whose names begin so, without the beginning. Mapped ones can only be read, and only if not compressed.

    Processes share the mapped ones, and only what is looked at takes memory.
    """
    with np.load(path) as file, ZipFile(path) as archive:
        found: dict[str, npt.NDArray[Any]] = {}
        for name in file.files:
            if name.startswith(prefix):
                member = archive.getinfo(f"{name}.npy")
                large = member.file_size >= LARGE and member.compress_type == ZIP_STORED
                found[name.removeprefix(prefix)] = _mapped(path, member.header_offset) if large else file[name]
        return found


def _mapped(path: Path, header: int) -> npt.NDArray[Any]:
    with path.open("rb") as file:
        file.seek(header)
        lengths = file.read(_LOCAL_HEADER)[-4:]
        file.seek(int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little"), 1)
        np.lib.format.read_magic(file)
        shape, fortran, dtype = np.lib.format.read_array_header_1_0(file)
        order = "F" if fortran else "C"
        return np.memmap(path, dtype, "r", file.tell(), shape, order).view(np.ndarray)  # type: ignore[call-overload, no-any-return]

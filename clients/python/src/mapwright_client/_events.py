"""Server-sent events, as far as progress needs them: the data of each, as bytes come in."""

from __future__ import annotations

import codecs


class Events:
    """Reads a stream piece by piece."""

    def __init__(self) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._rest = ""
        self._data: list[str] = []

    def feed(self, piece: bytes) -> list[str]:
        """The data of the events that these bytes complete."""
        text = self._rest + self._decode(piece)
        # Half a CR LF waits for its other half.
        text, self._rest = (text[:-1], "\r") if text.endswith("\r") else (text, "")
        *lines, rest = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._rest = rest + self._rest
        return [data for line in lines if (data := self._line(line)) is not None]

    def _line(self, line: str) -> str | None:
        if line:
            name, _, value = line.partition(":")
            if name == "data":
                self._data.append(value.removeprefix(" "))
            return None
        data, self._data = "\n".join(self._data), []
        return data or None

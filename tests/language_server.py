"""A client of yaml-language-server: opens one file as an editor does, asks for completions and reads the complaints."""

import json
import os
import subprocess
import threading
from pathlib import Path
from typing import Any, Final

NODE_MODULES: Final = (
    Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "plangen-ci-node" / "node_modules"
)
"""Where .ci/run installs the server."""

SERVER: Final = NODE_MODULES / "yaml-language-server" / "bin" / "yaml-language-server"
_SETTINGS: Final = {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}
"""What an editor without a network says when the server asks for its settings under `yaml`."""

_PATIENCE: Final = 20
"""Seconds after which a server that has not done what was asked is ended."""


class LanguageServer:
    """The server, told of one file; to be used as a context."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._asked = 0
        self.complaints: list[dict[str, Any]] = []
        """The diagnostics the server last published."""

    def __enter__(self) -> "LanguageServer":
        self._process = subprocess.Popen(
            ["node", str(SERVER), "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._watchdog = threading.Timer(_PATIENCE, self._process.kill)
        self._watchdog.start()
        self.ask("initialize", {"processId": None, "rootUri": self._file.parent.as_uri(), "capabilities": {}})
        self._send({"method": "initialized", "params": {}})
        self._send({"method": "workspace/didChangeConfiguration", "params": {"settings": {"yaml": _SETTINGS}}})
        text = self._file.read_text(encoding="utf-8")
        document = {"uri": self._uri, "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        return self

    def __exit__(self, *_: object) -> None:
        self._watchdog.cancel()
        self._process.kill()
        self._process.communicate()

    @property
    def _uri(self) -> str:
        return self._file.as_uri()

    def completions(self, line: int, column: int) -> list[dict[str, Any]]:
        """Return what the server offers at a place, counted from 0."""
        place = {"textDocument": {"uri": self._uri}, "position": {"line": line, "character": column}}
        offered = self.ask("textDocument/completion", place)
        return list(offered["items"] if isinstance(offered, dict) else offered)

    def wait_for_complaints(self) -> list[dict[str, Any]]:
        """Return the diagnostics of the file once the server has published them."""
        while not self.complaints:
            self._receive()
        return self.complaints

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        """Send a request and return the answer to it, whatever else arrives first."""
        self._asked += 1
        mine = self._asked
        self._send({"id": mine, "method": method, "params": params})
        while (message := self._receive()).get("id") != mine or "method" in message:
            pass
        return message["result"]

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        """Return the next message; keep published diagnostics, and answer what the server itself asks."""
        stream = self._process.stdout
        assert stream is not None
        length = 0
        while header := stream.readline().strip():
            name, _, value = header.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        if not length:
            raise EOFError("yaml-language-server has ended")
        message: dict[str, Any] = json.loads(stream.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.complaints = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            wanted = message["params"].get("items", []) if isinstance(message["params"], dict) else []
            answer = [_SETTINGS if item.get("section") == "yaml" else None for item in wanted]
            self._send({"id": message["id"], "result": answer or None})
        return message

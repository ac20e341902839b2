"""The socket of a calendar subscription: what the answer is, somebody else decides.

`http.server` of the standard library with its habits mended: it names no program, writes no
path into a log, looks up no name in the DNS, lets nobody hold a thread for ever, and is not
troubled by a reader that leaves early.
"""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
import sys
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any

from brokernotes.errors import SystemRefusedError
from brokernotes.language import N_

# From method, target and headers (names in lower case) to status, headers and body.
Respond = Callable[[str, str, Mapping[str, str]], tuple[int, tuple[tuple[str, str], ...], bytes]]

PATIENCE = 20.0  # seconds a reader may be silent
_LONGEST_METHOD = 16


class FeedServer(ThreadingHTTPServer):
    """Listens, and answers each request in a thread of its own.

    Args:
        host: an address of this machine, or a name of it.
        port: 0: any that is free.
        respond: decides the answer; is called by several threads at once.

    Attributes:
        port: it listens at.

    Raises:
        SystemRefusedError: the port is taken or not allowed, or there is no such address.
    """

    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # elsewhere it would let two listen at one port

    def __init__(self, host: str, port: int, respond: Respond) -> None:
        self.respond = respond
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            super().__init__((host, port), _Handler)
        except (OSError, OverflowError) as error:
            raise _refused(host, port, error) from error
        self.port = int(self.server_address[1])

    def server_bind(self) -> None:
        """Bind; the class above would ask the DNS for this machine's name."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Pass over a reader that left early; anything else is a fault of ours."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = PATIENCE
    server: FeedServer

    def __getattr__(self, name: str) -> Any:
        # Every method is answered by one function, which knows those there are.
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)

    def _answer(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        if headers.get("content-length", "0") != "0" or "transfer-encoding" in headers:
            self.close_connection = True  # nobody reads the body, so what follows is no request
        self._send(*self.server.respond(self.command, self.path, headers))

    def _send(self, status: int, headers: tuple[tuple[str, str], ...], body: bytes) -> None:
        self.send_response_only(status)
        self.send_header("Date", self.date_time_string())
        for name, value in headers:
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what is no HTTP: without the page of the class above, which names Python."""
        self.close_connection = True
        if self.request_version == "HTTP/0.9":
            return  # such a reader takes every byte for the answer
        self.command = self.command or "GET"
        self._send(int(code), (("Content-Length", "0"),), b"")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the path is a secret. Whoever responds says what there is to say."""


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def base_url(host: str, port: int) -> str:
    """What addresses on this server begin with, as a reader would have to write them."""
    if host in ("0.0.0.0", "::"):
        host = socket.gethostname()
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


def _refused(host: str, port: int, error: Exception) -> SystemRefusedError:
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.EADDRINUSE:
        return SystemRefusedError(
            N_("port {port} of {host} is taken: another program listens there"),
            hint=N_("`--port N` takes another one; is it served already?"),
            host=host,
            port=port,
        )
    reason = getattr(error, "strerror", None) or str(error)
    return SystemRefusedError(
        N_("cannot listen at port {port} of {host}: {reason}"), host=host, port=port, reason=reason
    )

"""A connection that a view hands over after its answer, instead of holding a thread for it.

The view asks `environ[HAND_OVER](receiver)` and answers with what there is to send at once. When
that was sent, `receiver` gets the socket; nothing closes the answer but the socket's end. Where the
server cannot do this the environment has no HAND_OVER, and the view answers in its other way.

Leans on names of gunicorn that are not promised; tests/web/test_handover.py names them.
"""

import socket
from collections.abc import Iterable
from concurrent import futures
from functools import partial
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from gunicorn.http import wsgi
from gunicorn.workers import gthread

from market.web.hub import HAND_OVER, Receiver


class HandsOver(gthread.ThreadWorker):
    """What a thread worker of gunicorn needs for it; a subclass may add to it."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._receivers: dict[socket.socket, Receiver] = {}

    def load_wsgi(self) -> None:
        """Load the application and offer it the hand-over, outermost, where the server's own answer
        is at hand.
        """
        super().load_wsgi()
        if isinstance(self.wsgi, Flask):
            self.wsgi.wsgi_app = partial(self._offering, self.wsgi.wsgi_app)  # type: ignore[method-assign]

    def _offering(
        self, application: WSGIApplication, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        answer = getattr(start_response, "__self__", None)
        if answer is None or type(answer) is not wsgi.Response or self.cfg.is_ssl or not self.alive:
            return application(environ, start_response)
        asked: list[Receiver] = []
        environ[HAND_OVER] = asked.append
        body = application(environ, start_response)
        if asked and answer.status_code == 200:
            answer.chunked = False  # The end of the connection is the end of the answer.
            answer.force_close()
            self._receivers[environ["gunicorn.socket"]] = asked[0]
        return body

    def finish_request(self, conn: gthread.TConn, fs: "futures.Future[bool]") -> None:
        """As gunicorn does, unless the connection is another's now."""
        receiver = self._receivers.pop(conn.sock, None)
        if receiver is None or fs.cancelled() or fs.exception() is not None:
            super().finish_request(conn, fs)
            return
        self.nr_conns -= 1
        receiver(socket.socket(fileno=conn.sock.detach()))

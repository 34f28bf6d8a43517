"""A server that plays faults before it says the truth. It keeps what it was asked."""
import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TASK = "0123456789abcdef0123456789abcdef"
TAKEN = (202, {}, {"task_id": TASK, "status": "queued", "progress": 0})
#: Closes the connection instead of an answer.
DROP = None


@dataclass
class Asked:
    method: str
    path: str
    headers: dict
    body: bytes


def problem(status, code, retry_after=None, **more):
    headers = {"content-type": "application/problem+json"} | ({} if retry_after is None else {"retry-after": str(retry_after)})
    return status, headers, {"type": "about:blank", "title": "T", "status": status, "detail": f"it is {code}", "error": "", "code": code, **more}


def state(status, progress=0, *contents):
    files = [
        {"format": "svg", "filename": "map.svg", "size": len(content), "mime": "image/svg+xml", "sha256": sha256(content).hexdigest(), "url": "", "notes": []}
        for content in contents
    ]
    return {"task_id": TASK, "status": status, "progress": progress, "step": "", "error": None, "code": None, "files": files, "new": 1}


@contextmanager
def fake(**answers):
    """Answers by the last word of the path, `render`, `status`, `events`, `svg` …: the first to the first call, the last to all that
    follow. An answer is status, headers and body; a body that is a list is sent in pieces, and then the connection is closed."""
    asked = []
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self):
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            words = self.path.split("/")
            with lock:
                asked.append(Asked(self.command, self.path, {name.lower(): value for name, value in self.headers.items()}, body))
                rows = answers.get(words[-1]) or answers.get(words[2]) or [problem(404, "not_found")]
                row = rows.pop(0) if len(rows) > 1 else rows[0]
            if row is DROP:
                self.close_connection = True
                return
            status, headers, content = row(asked[-1]) if callable(row) else row
            pieces = content if isinstance(content, list) else [content if isinstance(content, bytes) else json.dumps(content).encode()]
            self.send_response(status)
            headers = {"content-length": str(sum(map(len, pieces))), **headers}
            for name, value in headers.items():
                if value is not None:
                    self.send_header(name, value)
            self.end_headers()
            for piece in pieces:
                self.wfile.write(piece)
            self.close_connection = isinstance(content, list)

        do_GET = do_POST = do_DELETE = answer

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()

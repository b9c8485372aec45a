"""A running dondoc with fresh data, and people who use it over HTTP: what the scenarios, the matrix and the kill loop
share. Data are made once and copied, so that a fresh start costs a copy.

The clock is frozen (DONDOC_NOW), the day of the demonstration is 30/9/2023.
"""
import hashlib
import html
import http.client
import json
import os
import re
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
NOW = 1696042800  # 30/9/2023 10:00 at UTC+7
LOGINS = {"standing": 0, "officer": 1, "head": 2, "auditor": 3, "admin": 4}  # the order `dondoc demo` prints links in
ROLES = list(LOGINS)
TYPES = {".txt": "text/plain", ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
         ".bin": "application/octet-stream", ".pdf": "application/pdf"}


class Failed(Exception):
    """What a check says when it fails."""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


# ---- where data live -----------------------------------------------------------------------------------------------


class Sqlite:
    """A folder of its own, copied from a folder made once."""
    name = "sqlite"

    def __init__(self, top, made=None):
        self.top, self.dir = top, tempfile.mkdtemp(prefix="data-", dir=top)
        if made:
            shutil.copytree(made.dir, self.dir, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.sock"))
        self.arg = ["--data", self.dir]

    @property
    def file(self):
        return os.path.join(self.dir, "dondoc.db")

    def copy(self):
        return Sqlite(self.top, self)

    def rows(self, sql):
        """Looks without being seen by the server. The tokenizer of the search is the program's: those rows are not asked."""
        with sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=10) as db:
            return [tuple(r) for r in db.execute(sql)]

    def run(self, sql):
        with sqlite3.connect(self.file, timeout=10) as db:
            db.executescript(sql)

    def drop(self):
        shutil.rmtree(self.dir, ignore_errors=True)


class Pg:
    """A database in the cluster of tools/pg-test, copied from one made once. No driver is asked for: psql reads."""
    name = "postgresql"
    count = 0
    lock = threading.Lock()

    def __init__(self, url, made=None):
        with Pg.lock:
            Pg.count += 1
            self.base, self.db = url, f"t{os.getpid()}_{Pg.count}"
        self._psql(url, f"CREATE DATABASE {self.db}" + (f" TEMPLATE {made.db}" if made else ""))
        self.url = re.sub(r"(postgres(?:ql)?://[^/?]*)/[^?]*", rf"\1/{self.db}", url)
        self.arg = ["--db", self.url]

    @staticmethod
    def _psql(url, sql):
        got = subprocess.run(["psql", "-XAtq", "-F", "\x1f", "-R", "\x1e", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", sql],
                             stdin=subprocess.DEVNULL, capture_output=True, check=False)
        if got.returncode != 0:
            raise Failed("psql: " + got.stderr.decode(errors="replace"))
        return got.stdout.decode()

    def copy(self):
        return Pg(self.base, self)

    def rows(self, sql):
        def value(v):
            return int(v) if re.fullmatch(r"-?\d+", v) else v
        out = self._psql(self.url, sql).rstrip("\n")
        return [tuple(value(v) for v in r.split("\x1f")) for r in out.split("\x1e")] if out else []

    def run(self, sql):
        self._psql(self.url, sql)

    def drop(self):
        self._psql(self.base, f"DROP DATABASE IF EXISTS {self.db} WITH (FORCE)")


# ---- the server ----------------------------------------------------------------------------------------------------


class Server:
    """`dondoc demo` on a free port; `links` are the one-time links it printed, in the order of ROLES."""

    def __init__(self, program, store, now=NOW, port=0, env=None):
        self.store, self.port = store, port or free_port()
        self.log = tempfile.TemporaryFile()
        frozen = {} if now is None else {"DONDOC_NOW": str(now)}
        self.process = subprocess.Popen([program, "demo", "--port", str(self.port), *store.arg], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=self.log, env={**os.environ, **frozen, **(env or {})})
        self.links, said = [], []
        for raw in self.process.stdout:
            line = raw.decode(errors="replace")
            said.append(line)
            self.links += re.findall(r"/link/([0-9a-f]{64})", line)
            if "phục vụ tại" in line:
                return
        self.process.wait()
        raise Failed(f"the server did not start ({self.process.returncode}):\n" + "".join(said) + self.words())

    def words(self):
        self.log.seek(0)
        return self.log.read().decode(errors="replace")

    def stop(self):
        """The way a person ends it; returns its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()
            code = -9
        self.process.stdout.close()
        return code

    def kill(self):
        """The way a power cut ends it: by its pid, at once."""
        if self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def died(self):
        return self.process.poll() is not None

    def person(self, role=None):
        p = Person(self.port)
        if role:
            p.use_link(self.links[LOGINS[role]])
        return p


# ---- a person ------------------------------------------------------------------------------------------------------


class Reply:
    def __init__(self, status, headers, body, method, path):
        self.status, self.headers, self.body, self.method, self.path = status, headers, body, method, path

    @property
    def text(self):
        return self.body.decode("utf-8", errors="replace")

    @property
    def shown(self):
        """The words of a page: tags off, entities read, white space as one blank."""
        t = re.sub(r"<(script|style)\b.*?</\1>", " ", self.text, flags=re.S)
        return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", t))).strip()

    @property
    def kind(self):
        return self.headers.get("content-type", "")

    def json(self):
        return json.loads(self.body)

    def field(self, name):
        """The value of a hidden or typed field, as a browser would send it."""
        for tag in re.findall(r"<input\b[^>]*>", self.text):
            at = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
            if at.get("name") == name:
                return html.unescape(at.get("value", ""))
        m = re.search(rf'<textarea\b[^>]*name="{re.escape(name)}"[^>]*>(.*?)</textarea>', self.text, re.S)
        if m:
            return html.unescape(m.group(1))
        m = re.search(rf'<select\b[^>]*name="{re.escape(name)}"[^>]*>(.*?)</select>', self.text, re.S)
        if m:
            chosen = re.search(r'<option value="([^"]*)" selected', m.group(1))
            return html.unescape(chosen.group(1)) if chosen else ""
        return None


def multipart(fields, files):
    mark, out = "----dondoc" + secrets.token_hex(8), []
    for k, v in fields:
        out.append(f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode())
    for k, (name, kind, data) in files:
        out.append(f'--{mark}\r\nContent-Disposition: form-data; name="{k}"; filename="{name}"\r\n'
                   f"Content-Type: {kind}\r\n\r\n".encode() + data + b"\r\n")
    out.append(f"--{mark}--\r\n".encode())
    return b"".join(out), f"multipart/form-data; boundary={mark}"


class Person:
    """A browser without a window: a cookie jar, the token of the last page, one connection a request."""

    def __init__(self, port):
        self.port, self.cookies, self.csrf, self.last = port, {}, None, None

    def send(self, method, path, body=None, headers=None, timeout=60):
        own = {"Host": f"127.0.0.1:{self.port}"}
        if self.cookies:
            own["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if method == "POST":
            own["Origin"] = f"http://127.0.0.1:{self.port}"
        own.update(headers or {})
        own = {k: v for k, v in own.items() if v is not None}
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            c.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for k, v in own.items():
                c.putheader(k, v)
            if body is not None and "Content-Length" not in own:
                c.putheader("Content-Length", str(len(body)))
            try:
                c.endheaders(body)
            except (BrokenPipeError, ConnectionResetError):
                pass  # refused before all was sent: the answer is there to be read
            r = c.getresponse()
            reply = Reply(r.status, {k.lower(): v for k, v in r.getheaders()}, r.read(), method, path)
            for v in r.headers.get_all("Set-Cookie") or []:
                self._cookie(v)
        finally:
            c.close()
        m = re.search(r'name="_csrf" value="([0-9a-f]{64})"', reply.text) if "html" in reply.kind else None
        if m:
            self.csrf = m.group(1)
        self.last = reply
        return reply

    def _cookie(self, text):
        k, _, v = text.split(";")[0].partition("=")
        if v and not re.search(r"max-age=0\b", text, re.I):
            self.cookies[k] = v
        else:
            self.cookies.pop(k, None)

    def get(self, path, **headers):
        return self.send("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def post(self, path, fields=(), files=(), headers=None, **more):
        """Adds the session's token and a fresh key unless they are among the fields; a field of value None is left out."""
        fields = list(fields.items() if isinstance(fields, dict) else fields)
        names = {k for k, _ in fields}
        if "_csrf" not in names and self.csrf:
            fields.insert(0, ("_csrf", self.csrf))
        if "_key" not in names:
            fields.insert(0, ("_key", secrets.token_hex(16)))
        fields = [(k, v) for k, v in fields if v is not None]
        if files:
            body, kind = multipart(fields, files.items() if isinstance(files, dict) else files)
        else:
            body, kind = urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded"
        return self.send("POST", path, body, {"Content-Type": kind, **(headers or {})}, **more)

    def use_link(self, token, **fields):
        self.get(f"/link/{token}")
        r = self.post(f"/link/{token}", {"_csrf": None, **fields} if not self.csrf else fields)
        if r.status != 303 or "dd" not in self.cookies:
            raise Failed(f"the link was refused: {r.status} {r.shown[:200]}")
        home = self.get("/")
        if home.status != 200 or not self.csrf:
            raise Failed(f"no home page after the link: {home.status} {home.shown[:200]}")
        return r


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def fixture(name):
    with open(os.path.join(HERE, "fixtures", name), "rb") as f:
        return f.read()


def program(args):
    """The program under test: an argument, or the variable DONDOC."""
    path = args[0] if args else os.environ.get("DONDOC", "")
    if not path or not os.access(path, os.X_OK):
        raise SystemExit("which program? Give its path, or set DONDOC")
    return os.path.abspath(path)


def stores(top):
    """SQLite always; PostgreSQL where tools/pg-test has started one."""
    url = os.environ.get("DONDOC_TEST_PG", "")
    return [lambda: Sqlite(top)] + ([lambda: Pg(url)] if url else [])


def make_demo(prog, store):
    """Fills a store with the demonstration and stops, so that it can be copied."""
    s = Server(prog, store)
    s.person().get("/sign-in")
    code = s.stop()
    if code not in (0, -signal.SIGTERM):  # what is stored is stored; ending well is looked at elsewhere
        raise Failed(f"the server ended with {code}: {s.words()}")
    return store


def wait_for(what, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.02)
    return False

#!/usr/bin/python3
"""Bad neighbours: malformed requests, slow ones, idle ones, floods and large uploads, while a signed-in person goes on.

    abuse.py PROGRAM [--only malformed,slow,idle,flood,uploads] [--slow 4000] [--idle 10000] [--seconds 20]

Each is refused or bounded: no malformed request is answered as if it were good, none gets two answers, no connection is held
longer than the limits say, and the person's pages come in time (95 of 100 under --limit ms). Uploads stay within fixed memory.
Neighbours come from many addresses of the loopback network, because one address may hold 256 connections only.
"""
import argparse
import os
import random
import resource
import socket
import sys
import tempfile
import threading
import time

import served
from served import Failed


# ---- malformed requests: (name, bytes); each must be refused --------------------------------------------------------


def lines(start, *headers, body=""):
    return (start + "\r\n" + "".join(h + "\r\n" for h in headers) + "\r\n" + body).encode("latin-1")


def get(*headers, start="GET /sign-in HTTP/1.1", host=True):
    return lines(start, *(["Host: 127.0.0.1"] if host else []), *headers)


def post(*headers, body=""):
    return lines("POST /sign-in HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/x-www-form-urlencoded", *headers, body=body)


def cases():
    out = []

    def add(name, data):
        out.append((name, data))

    form = "login=a&password=b"
    smuggled = "GET /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    for te in ("chunked", " chunked", "chunked ", "CHUNKED", "chunked, identity", "identity, chunked", "gzip", "xchunked", "chunked;q=1", "chunked\t",
               "\x0bchunked", "chunked, chunked", "identity", "", "deflate, chunked"):
        for cl in ("0", "4", "18", "100"):
            add(f"both lengths {te!r} {cl}", post(f"Content-Length: {cl}", f"Transfer-Encoding: {te}", body="0\r\n\r\n" + smuggled))
            add(f"both lengths turned {te!r} {cl}", post(f"Transfer-Encoding: {te}", f"Content-Length: {cl}", body="0\r\n\r\n" + smuggled))
    for te in ("xchunked", "gzip", "identity", "chunked, identity", "chunked, chunked", "chunked;q=1", "deflate, chunked", "\x0bchunked"):
        add(f"transfer {te!r}", post(f"Transfer-Encoding: {te}", body="0\r\n\r\n"))
    for cl in ("+4", "-1", "4 4", "4,4", "4, 5", "0x4", "4a", "a", "", "1e3", "4.0", "99999999999999999999999", "18446744073709551616", "9223372036854775808",
               "\u00b2", "4;", "4\x0b", "'4'", "--4", "4-", "_4"):
        add(f"length {cl!r}", post(f"Content-Length: {cl}", body=form))
    for a, b in (("18", "18"), ("18", "19"), ("0", "18"), ("18", "0"), ("18", "+18"), ("18", "x")):
        add(f"two lengths {a} {b}", post(f"Content-Length: {a}", f"Content-Length: {b}", body=form))
    for name in ("Transfer-Encoding: chunked", "Host: 127.0.0.1", "Host: evil.example"):
        add(f"repeated {name}", get(name, name) if name[0] == "H" else post(name, name, body="0\r\n\r\n"))
    for chunk in ("x\r\n", "-1\r\nab\r\n0\r\n\r\n", "ffffffffffffffffff\r\n", "g\r\n", "+4\r\nabcd\r\n0\r\n\r\n", "0x4\r\nabcd\r\n0\r\n\r\n", " 4\r\nabcd\r\n0\r\n\r\n",
                  "4 4\r\nabcd\r\n", "80000000000000000\r\n", "\r\n\r\n", ";\r\n", "4;\x00\r\nabcd\r\n0\r\n\r\nx", "4\r\nabcdefgh\r\n0\r\n\r\n", "4\r\nabcd0\r\n\r\n",
                  "_4\r\nabcd\r\n", "4,4\r\nabcd\r\n", "\x004\r\nabcd\r\n"):
        add(f"chunk {chunk[:20]!r}", post("Transfer-Encoding: chunked", body=chunk))
    for h in ("", "Host:\r\n", "Host: \r\n", "Host: a b\r\n", "Host: a,b\r\n", "Host: a/b\r\n", "Host: a@b\r\n", "Host: \x01\r\n", "Host: <x>\r\n", "Host: a\\b\r\n", "Host: a?b\r\n",
              "Host: a#b\r\n", "Host: %00\r\n", "Host: 'a'\r\n", "Host: a;b\r\n", "Host: " + "a" * 300 + "\r\n"):
        add(f"host {h[:14]!r}", ("GET /sign-in HTTP/1.1\r\n" + h + "\r\n").encode("latin-1"))
    for name in ("X :1", "X\t: 1", " X: 1", "\tX: 1", "X(: 1", "X): 1", "X<: 1", "X@: 1", "X,: 1", "X;: 1", 'X": 1', "X/: 1", "X[: 1", "X]: 1", "X?: 1", "X=: 1", "X{: 1", "X}: 1",
                 ": 1", "X", "X\x00: 1", "X\x01: 1", "X\x7f: 1", "\xc3\xa9: 1", "X Y: 1", "Content-Length : 5", "Transfer-Encoding : chunked", "Host : x", "X\x0b: 1", "X\x0c: 1"):
        add(f"name {name!r}", get(name))
        add(f"name last {name!r}", get("Accept: */*", name))
    for ch in range(32):
        if ch not in (9, 10, 13):
            add(f"control {ch} in a value", get(f"X-A: a{chr(ch)}b"))
    add("NUL in the value of a cookie", get("Cookie: dd=\x00"))
    add("carriage return alone in a value", get("X-A: a\rb"))
    for n in (1, 2, 3):
        add(f"bare LF {n}", ("GET /sign-in HTTP/1.1\nHost: 127.0.0.1\n" + "X: 1\n" * n + "\n").encode())
    add("bare LF behind CRLF", b"GET /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nX: 1\n\r\n")
    add("bare LF at the end", b"GET /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nX: 1\r\n\n")
    for start in ("GET  /sign-in HTTP/1.1", "GET /sign-in  HTTP/1.1", "GET /sign-in", "GET", "", " GET /sign-in HTTP/1.1", "GET\t/sign-in\tHTTP/1.1", "GET /sign-in HTTP/1.1 x",
                  "GET /sign-in HTTP/2.0", "GET /sign-in HTTP/0.9", "GET /sign-in HTTP/1.2", "GET /sign-in HTTP/11", "GET /sign-in HTTP/1", "GET /sign-in HTTP/x", "GET /sign-in http/1.1",
                  "GET /sign-in HTP/1.1", "GET /sign-in HTTP/1.1.1", "GET /sign-in HTTP/-1.1", "get /sign-in HTTP/1.1", "Get /sign-in HTTP/1.1", "G\x00T /sign-in HTTP/1.1", "GE(T /sign-in HTTP/1.1",
                  "PUT /sign-in HTTP/1.1", "DELETE /sign-in HTTP/1.1", "PATCH /sign-in HTTP/1.1", "OPTIONS * HTTP/1.1", "OPTIONS /sign-in HTTP/1.1", "TRACE /sign-in HTTP/1.1",
                  "CONNECT 127.0.0.1:80 HTTP/1.1", "PROPFIND / HTTP/1.1", "PRI * HTTP/2.0", "X" * 40 + " / HTTP/1.1", "GET sign-in HTTP/1.1", "GET ../sign-in HTTP/1.1", "GET * HTTP/1.1",
                  "GET //sign-in HTTP/1.1", "GET /../sign-in HTTP/1.1", "GET /./sign-in HTTP/1.1", "GET /a/../sign-in HTTP/1.1", "GET /%2e%2e/sign-in HTTP/1.1", "GET /%2E/sign-in HTTP/1.1",
                  "GET /a%2fb HTTP/1.1", "GET /a%2Fb HTTP/1.1", "GET /%00 HTTP/1.1", "GET /sign-in%00 HTTP/1.1", "GET /%0d%0a HTTP/1.1", "GET /%0aX HTTP/1.1", "GET /% HTTP/1.1", "GET /%z HTTP/1.1",
                  "GET /%4 HTTP/1.1", "GET /%ff HTTP/1.1", "GET /%c3%28 HTTP/1.1", "GET /%ed%a0%80 HTTP/1.1", "GET /%c0%af HTTP/1.1", "GET /a\\b HTTP/1.1", "GET /%5cb HTTP/1.1", "GET /a#b HTTP/1.1",
                  "GET /sign-in?a=%zz HTTP/1.1", "GET /sign-in?a=%00 HTTP/1.1", "GET /sign-in?a=%ff HTTP/1.1", "GET http://evil.example/sign-in HTTP/1.1", "GET ftp://127.0.0.1/sign-in HTTP/1.1",
                  "GET https://evil.example/ HTTP/1.1", "GET http:///sign-in HTTP/1.1", "GET file:///etc/passwd HTTP/1.1", "GET /\x7f HTTP/1.1", "GET /\x01 HTTP/1.1", "GET ?a HTTP/1.1",
                  "GET /sign-in?" + "&".join(f"a{i}=1" for i in range(300)) + " HTTP/1.1", "GET /" + "a" * 9000 + " HTTP/1.1", "GET /sign-in?" + "a" * 9000 + " HTTP/1.1",
                  "GET /" + "a/" * 5000 + " HTTP/1.1", "GET /sign-in?" + "a" * 100 + "=1 HTTP/1.1"):
        add(f"line {start[:36]!r}", get(start=start))
    for n in (101, 500):
        add(f"{n} headers", get(*[f"X-{i}: 1" for i in range(n)]))
    for n in (17000, 40000, 100000):
        add(f"a header of {n}", get("X-Big: " + "a" * n))
        add(f"a cookie of {n}", get("Cookie: dd=" + "a" * n))
        add(f"a name of {n}", get("X" * n + ": 1"))
    for kind in ("text/plain", "text/xml", "application/octet-stream", "multipart/mixed; boundary=x", "x", "", "application/x-www-form-urlencodedx", "application/jsonp", "image/png", "multipart/form-data",
                 "multipart/form-data; boundary=", "multipart/form-data; boundary=" + "b" * 300, "multipart/form-data; bound=x"):
        add(f"type {kind[:40]!r}", lines("POST /sign-in HTTP/1.1", "Host: 127.0.0.1", f"Content-Type: {kind}", f"Content-Length: {len(form)}", body=form))
    for body in ("--x\r\n", "--x", "--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--", '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\na', '--y\r\nContent-Disposition: form-data; name="a"\r\n\r\na\r\n--y--',
                 '--x\r\nContent-Disposition: form-data; name=""\r\n\r\na\r\n--x--', '--x\r\nContent-Disposition: attachment; name="a"\r\n\r\na\r\n--x--', "--x\r\n\r\na\r\n--x--", '--x\r\nContent-Disposition: form-data; name="a\x00"\r\n\r\na\r\n--x--',
                 '--x\r\nContent-Disposition: form-data; name="login"\r\n\r\n\xff\r\n--x--', '--x\r\nContent-Disposition: form-data; name="' + "n" * 100 + '"\r\n\r\na\r\n--x--',
                 "".join(f'--x\r\nContent-Disposition: form-data; name="a{i}"\r\n\r\na\r\n' for i in range(300)) + "--x--"):
        add(f"multipart {body[:30]!r}", lines("POST /sign-in HTTP/1.1", "Host: 127.0.0.1", "Content-Type: multipart/form-data; boundary=x", f"Content-Length: {len(body)}", body=body))
    for body in ("{", "[", "{}x", '{"a":1,"a":2}', '{"a":\x00}', "\xff", '{"login":"\\ud800"}', "[" * 100 + "]" * 100, '{"a":1}', "nul", "{'a':1}", '{"a":01}', '{"a":NaN}', '{"login":1e999}'):
        add(f"json {body[:20]!r}", lines("POST /sign-in HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json", f"Content-Length: {len(body)}", body=body))
    for body in ("login=%zz", "login=%", "login=%00", "login=%ff", "login=%c0%af", "login=\x00", "a" * 100 + "=1", "&".join(f"a{i}=1" for i in range(300)), "strange=1", "login=a&login2=b", "=1"):
        add(f"form {body[:20]!r}", post(f"Content-Length: {len(body)}", body=body))
    for exp in ("100-continued", "200-ok"):
        add(f"expect {exp!r}", post(f"Expect: {exp}", f"Content-Length: {len(form)}", body=form))
    add("a body with GET", get("Content-Length: 5") + b"abcde")
    add("a chunked body with GET", get("Transfer-Encoding: chunked") + b"5\r\nabcde\r\n0\r\n\r\n")
    add("a length beyond the limit", post("Content-Length: 1000000", body="a"))
    add("a length beyond all limits", post("Content-Length: 100000000000", body="a"))
    rnd = random.Random(1)
    for i in range(60):
        add(f"noise {i}", rnd.randbytes(rnd.randint(1, 300)).replace(b"\n", b"\r\n") + b"\r\n\r\n")
    for i in range(40):  # a good request with one byte turned into a control character
        good = bytearray(get("Accept: text/html", "X-Thing: some value"))
        at = rnd.randrange(len(good) - 4)
        while good[at] in b"\r\n":
            at = rnd.randrange(len(good) - 4)
        good[at] = rnd.choice((0, 1, 7, 8, 11, 12, 14, 31, 127))
        add(f"turned byte {i} at {at}", bytes(good))
    return out


def talk(port, data, wait=12.0, half=False):
    """All bytes of the answer, and whether the server closed."""
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as s:
        try:
            s.sendall(data)
        except OSError:
            pass
        if half:
            s.shutdown(socket.SHUT_WR)
        got, end = b"", time.monotonic() + wait
        while time.monotonic() < end:
            try:
                s.settimeout(max(0.01, end - time.monotonic()))
                part = s.recv(65536)
            except (TimeoutError, OSError) as e:
                return got, not isinstance(e, TimeoutError)
            if not part:
                return got, True
            got += part
    return got, False


# ---- one run ---------------------------------------------------------------------------------------------------------


class Run:
    def __init__(self, server, o):
        self.server, self.port, self.o = server, server.port, o
        self.passed = self.failed = 0
        self.times, self.bad, self.stop = [], [], threading.Event()
        self.person = server.person("standing")

    def say(self, good, words):
        self.passed += bool(good)
        self.failed += not good
        print(("ok " if good else "FAILED ") + words, flush=True)

    # A person who goes on: a page every 50 ms, by a connection of its own each time.
    def go_on(self):
        pages = ("/", "/tasks", "/board", "/plans/1")
        i = 0
        while not self.stop.is_set():
            begun = time.monotonic()
            try:
                r = self.person.send("GET", pages[i % len(pages)], timeout=30)
                if r.status != 200:
                    self.bad.append(f"{pages[i % len(pages)]}: {r.status}")
            except OSError as e:
                self.bad.append(f"{pages[i % len(pages)]}: {e}")
            self.times.append(time.monotonic() - begun)
            i += 1
            time.sleep(0.05)

    def with_person(self, name, what):
        self.times, self.bad, self.stop = [], [], threading.Event()
        t = threading.Thread(target=self.go_on)
        t.start()
        try:
            return what()
        finally:
            self.stop.set()
            t.join()
            ms = sorted(1000 * x for x in self.times) or [0]
            p95 = ms[int(len(ms) * 0.95)] if len(ms) > 1 else ms[0]
            self.say(not self.bad and p95 < self.o.limit,
                     f"{name}: the person asked {len(ms)} pages: half in {ms[len(ms) // 2]:.0f} ms, 95 of 100 in {p95:.0f} ms, at most {ms[-1]:.0f} ms, {len(self.bad)} not answered {self.bad[:2]}")

    def memory(self):
        with open(f"/proc/{self.server.process.pid}/status", encoding="ascii") as f:
            v = dict(line.split(":", 1) for line in f)
        return int(v["VmRSS"].split()[0]) // 1024, int(v["VmHWM"].split()[0]) // 1024

    def fds(self):
        return len(os.listdir(f"/proc/{self.server.process.pid}/fd"))

    def malformed(self):
        wrong, table = [], cases()

        def one(case):
            name, data = case
            got, closed = talk(self.port, data, half=True)
            answers = got.count(b"HTTP/1.1 ") - got.count(b"HTTP/1.1 100 ")
            status = int(got[got.find(b"HTTP/1.1 ") + 9:][:3] or 0) if answers else 0
            heads = [part.split(b"\r\n\r\n")[0] for part in got.split(b"HTTP/1.1 ")[1:]]
            if answers == 2 and heads[0] == heads[1] and closed:
                answers = 1  # libmicrohttpd 0.9.75 writes the head of its own refusals twice, then closes
            if answers > 1:
                wrong.append(f"{name}: {answers} answers")
            elif status and (status < 400 or status in (500, 502, 507) or status == 401):
                wrong.append(f"{name}: {status}")
            elif not status and not closed:
                wrong.append(f"{name}: neither answered nor closed")

        def all_of_them():
            todo, lock = list(table), threading.Lock()

            def work():
                while True:
                    with lock:
                        if not todo:
                            return
                        case = todo.pop()
                    one(case)
            threads = [threading.Thread(target=work) for _ in range(8)]
            for t in threads:
                t.start()
            for t in threads:
                t.join()
        self.with_person("malformed requests", all_of_them)
        for w in wrong:
            print("FAILED malformed: " + w)
        self.passed += len(table) - len(wrong)
        self.failed += len(wrong)
        print(f"malformed: {len(table)} requests, {len(wrong)} not refused")

    def neighbours(self, n):
        """n connections from many addresses; those the server will not have are counted."""
        socks, refused = [], 0
        for i in range(n):
            s = socket.socket()
            s.setblocking(False)
            try:
                s.bind((f"127.0.{1 + i // 200}.1", 0))
                s.connect_ex(("127.0.0.1", self.port))
                socks.append(s)
            except OSError:
                refused += 1
                s.close()
            if i % 200 == 199:
                time.sleep(0.02)
        return socks, refused

    @staticmethod
    def alive(socks):
        """Those not closed by the server; what it sent is thrown away."""
        left = []
        for s in socks:
            try:
                while True:
                    if not s.recv(65536):
                        s.close()
                        break
            except BlockingIOError:
                try:
                    s.getpeername()
                    left.append(s)
                except OSError:  # never let in
                    s.close()
            except OSError:
                s.close()
        return left

    def slow(self):
        """A byte a second: headers, bodies, and readers who do not read."""
        kinds = [b"GET /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ", post("Content-Length: 200", body="login="),
                 b"GET /tasks HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: dd=" + self.person.cookies["dd"].encode() + b"\r\n\r\n" * 1]

        def attack():
            socks, refused = self.neighbours(self.o.slow)
            time.sleep(0.5)
            for i, s in enumerate(socks):
                try:
                    s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
                    s.send(kinds[i % 3])
                except OSError:
                    pass
            begun, most = time.monotonic(), 0
            left = [s for i, s in enumerate(socks) if i % 3 != 2]
            readers = [s for i, s in enumerate(socks) if i % 3 == 2]
            while time.monotonic() < begun + self.o.seconds and left:
                time.sleep(1)
                for s in left:
                    try:
                        s.send(b"a")
                    except OSError:
                        pass
                left = self.alive(left)
                most = max(most, self.memory()[0])
            held = time.monotonic() - begun
            for s in left + readers:
                s.close()
            return len(socks), refused, len(left), held, most
        n, refused, left, held, most = self.with_person(f"{self.o.slow} slow connections", attack)
        self.say(left == 0, f"slow: {n} connections, {refused} refused at once, {left} slow senders still held after {held:.0f} s; {most} MiB resident at most")

    def idle(self):
        def attack():
            before = self.memory()[0]
            socks, refused = self.neighbours(self.o.idle)
            time.sleep(2)
            most, fds = self.memory()[0], self.fds()
            begun = time.monotonic()
            left = self.alive(socks)
            while left and time.monotonic() < begun + 30:
                time.sleep(1)
                left = self.alive(left)
            for s in left:
                s.close()
            return len(socks), refused, fds, before, most, len(left), time.monotonic() - begun
        n, refused, fds, before, most, left, held = self.with_person(f"{self.o.idle} idle connections", attack)
        self.say(left == 0 and most < before + 100, f"idle: {n} connections, {refused} refused at once, {fds} descriptors; {before} MiB before, {most} MiB with them; all closed within {held:.0f} s")

    def flood(self):
        def attack():
            done, lock = [0, 0], threading.Lock()

            def short():
                for i in range(self.o.flood // 8):
                    try:
                        with socket.socket() as s:
                            s.settimeout(10)
                            s.bind((f"127.0.{100 + i % 100}.1", 0))
                            s.connect(("127.0.0.1", self.port))
                            if i % 2:
                                s.sendall(get("Connection: close"))
                                s.recv(4096)
                        with lock:
                            done[0] += 1
                    except OSError:
                        with lock:
                            done[1] += 1
            threads = [threading.Thread(target=short) for _ in range(8)]
            for t in threads:
                t.start()
            for t in threads:
                t.join()
            return done
        before = self.fds()
        done = self.with_person(f"{self.o.flood} short connections", attack)
        served.wait_for(lambda: self.fds() <= before + 8, 15)
        self.say(self.fds() <= before + 8, f"flood: {done[0]} connections, {done[1]} refused; {self.fds()} descriptors left of {before}")
        self.guess()

    def guess(self):
        """Somebody guesses passwords as fast as possible: throttled, and the person goes on."""
        def attack():
            seen = {}

            def guesses():
                p = self.server.person()
                end = time.monotonic() + 5
                while time.monotonic() < end:
                    try:
                        r = p.post("/sign-in", {"login": f"ai-{random.randrange(50)}", "password": "sai mat khau"})
                        seen[r.status] = seen.get(r.status, 0) + 1
                    except OSError:
                        seen[0] = seen.get(0, 0) + 1
            threads = [threading.Thread(target=guesses) for _ in range(6)]
            for t in threads:
                t.start()
            for t in threads:
                t.join()
            return seen
        seen = self.with_person("guessing of passwords", attack)
        self.say(set(seen) <= {401, 422, 429, 503} and seen.get(401, 0) + seen.get(422, 0) < 100, f"guesses by status: {seen}")

    def uploads(self):
        data = os.urandom(25 << 20)
        tasks = [t["id"] for t in self.person.get("/tasks.json").json()["tasks"] if t["state"] in ("doing", "waiting")]
        lead = next(a["id"] for a in self.person.get(f"/tasks/{tasks[0]}.json").json()["assignments"] if a["role"] == "lead")
        before = self.memory()[0]
        # Made beforehand: ten bodies put together beside the person would make the person wait for this program.
        bodies = [served.multipart([("_csrf", self.person.csrf), ("_key", f"lon-{i}"), ("assignment_id", lead), ("note", f"lon {i}")],
                                   [("file", ("lon.bin", "application/octet-stream", data))]) for i in range(10)]

        def attack():
            seen, most = [], [0]

            def send(i):
                p = self.server.person()
                p.cookies, p.csrf = dict(self.person.cookies), self.person.csrf
                body, kind = bodies[i]
                try:
                    r = p.send("POST", f"/tasks/{tasks[0]}/update", body, {"Content-Type": kind, "Accept": "application/json"}, timeout=120)
                    seen.append(r.status)
                except OSError as e:
                    seen.append(str(e))
            threads = [threading.Thread(target=send, args=(i,)) for i in range(10)]
            for t in threads:
                t.start()
            while any(t.is_alive() for t in threads):
                most[0] = max(most[0], self.memory()[0])
                time.sleep(0.05)
            return seen, most[0]
        seen, most = self.with_person("ten uploads of 25 MiB at once", attack)
        time.sleep(1)
        after = self.memory()[0]
        self.say(all(s in (200, 503) for s in seen) and 200 in seen and most < 512, f"uploads: answers {sorted(map(str, seen))}; {before} MiB before, {most} MiB at most, {after} MiB afterwards")


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("program", nargs="?")
    ap.add_argument("--only", default="malformed,slow,idle,flood,uploads")
    ap.add_argument("--slow", type=int, default=1000)
    ap.add_argument("--idle", type=int, default=1500)
    ap.add_argument("--flood", type=int, default=4000)
    ap.add_argument("--seconds", type=float, default=25)
    ap.add_argument("--limit", type=float, default=500, help="ms in which 95 of 100 pages of the person come")
    ap.add_argument("--port", type=int, default=0)
    o = ap.parse_args()
    prog = served.program([o.program] if o.program else [])
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with tempfile.TemporaryDirectory(prefix="dondoc-abuse-") as top:
        server = served.Server(prog, served.Sqlite(top), port=o.port)
        run = Run(server, o)
        try:
            for what in o.only.split(","):
                getattr(run, what)()
            run.say(not server.died(), "the server is alive")
            run.say(run.person.get("/tasks").status == 200, "and answers")
        except Failed as e:
            run.say(False, str(e))
        finally:
            code = server.stop()
            run.say(code == 0, f"it ends well ({code})")
    print(f"{run.passed} passed, {run.failed} failed")
    return 1 if run.failed or not run.passed else 0


if __name__ == "__main__":
    sys.exit(main())

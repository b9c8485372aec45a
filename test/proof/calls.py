#!/usr/bin/python3
"""System calls of the running server fail: once, and for ever, one kind after the other, under people who read, write and send
papers. Each request is answered or its connection closed; nothing is half done; when the fault is over all goes on.

    calls.py PROGRAM LIBRARY [--each 3] [--seed N]         LIBRARY: the preloaded fault_calls
"""
import argparse
import errno
import http.client
import mmap
import os
import random
import struct
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import kill_loop  # noqa: E402
import served  # noqa: E402
from served import Failed  # noqa: E402

CALLS = ("", "open", "read", "write", "pread", "pwrite", "fsync", "ftruncate", "fork", "pipe", "socketpair", "accept", "memfd_create", "mmap", "send", "recv", "unlink")
FAULTS = [("open", "EMFILE"), ("open", "EACCES"), ("read", "EIO"), ("read", "EINTR"), ("write", "EIO"), ("write", "ENOSPC"), ("write", "EINTR"), ("pread", "EIO"), ("pread", "EINTR"), ("pwrite", "EIO"),
          ("pwrite", "ENOSPC"), ("pwrite", "EDQUOT"), ("pwrite", "EINTR"), ("fsync", "EIO"), ("fsync", "ENOSPC"), ("ftruncate", "EIO"), ("ftruncate", "ENOSPC"), ("fork", "EAGAIN"), ("fork", "ENOMEM"),
          ("pipe", "EMFILE"), ("socketpair", "EMFILE"), ("accept", "EMFILE"), ("accept", "ENFILE"), ("accept", "ECONNABORTED"), ("accept", "EINTR"), ("memfd_create", "EMFILE"), ("memfd_create", "ENOMEM"),
          ("mmap", "ENOMEM"), ("send", "EPIPE"), ("send", "ECONNRESET"), ("send", "EINTR"), ("recv", "ECONNRESET"), ("recv", "EINTR"), ("unlink", "EIO")]


class Calls:
    def __init__(self, prog, store, rnd, control):
        self.loop, self.rnd, self.control = kill_loop.Loop(prog, store, rnd), rnd, control
        self.statuses, self.closed, self.failed_calls, self.points, self.papers = {}, 0, 0, 0, 0

    def set(self, call="", error="", at=0, for_ever=False):
        seen, failed = struct.unpack_from("=qq", self.control, 32)
        self.failed_calls += failed
        struct.pack_into("=qqqqqq", self.control, 0, 0, 0, 0, 0, 0, 0)
        if call:
            struct.pack_into("=qqqqqq", self.control, 0, 0, getattr(errno, error), at, for_ever, 0, 0)
            struct.pack_into("=q", self.control, 0, CALLS.index(call))
        return seen

    def once(self, what):
        try:
            r = what()
            self.statuses[r.status] = self.statuses.get(r.status, 0) + 1
            return r.status
        except (OSError, http.client.HTTPException):
            self.closed += 1
            return 0

    def update(self, p, size):
        self.loop.n += 1
        act = kill_loop.Act(self.rnd, self.loop.n, self.targets)
        act.data = self.rnd.randbytes(size) if size else None
        self.loop.acts.append(act)

        def send():
            files = {"file": (f"{act.key}.bin", "application/octet-stream", act.data)} if act.data else ()
            return p.post(f"/tasks/{act.task}/update", {"assignment_id": act.assignment, "percent": act.percent, "note": act.words, "_key": act.key}, files, {"Accept": "application/json"}, timeout=8)
        st = self.once(send)
        if st == 200:
            act.event = p.last.json()["id"]
        return st

    def paper(self, p):
        self.papers += 1
        data = served.fixture("ke-hoach-2653.txt") + b"\n" * self.papers
        return self.once(lambda: p.post("/intake", {"not_secret": "1"}, {"file": ("a.txt", "text/plain", data)}, {"Accept": "application/json"}, timeout=20))

    def day(self, p):
        return [self.once(lambda: p.send("GET", "/tasks", timeout=8)), self.update(p, 0), self.update(p, 9000), self.update(p, 700000), self.once(lambda: p.send("GET", "/board", timeout=8)), self.paper(p)]

    def run(self, prog, store, env, each):
        server = served.Server(prog, store, env=env)
        p = server.person("standing")
        tasks = [t["id"] for t in p.get("/tasks.json").json()["tasks"] if t["state"] in ("doing", "waiting")]
        self.targets = [(t, a["id"]) for t in tasks for a in p.get(f"/tasks/{t}.json").json()["assignments"] if a["role"] == "lead"]
        allowed = {0, 200, 303, 409, 413, 415, 422, 500, 503, 507}
        for call, error in FAULTS:
            for i in range(each + (error != "EINTR")):  # no signal interrupts for ever
                for_ever = i == each
                self.points += 1
                begun = time.monotonic()
                self.set(call, error, 1 if for_ever else self.rnd.choice((1, 1, 2, 3, 5, 9)), for_ever)
                got = self.day(p)
                self.set()
                what = f"{call} {error} {'for ever' if for_ever else 'once'}"
                self.loop.say(set(got) <= allowed, f"{what}: answered {got}")
                self.loop.say(not server.died(), f"{what}: the server died: {server.words()[-300:] if server.died() else ''}")
                if server.died():
                    server = served.Server(prog, store, env=env)
                    p.port = server.port
                again = self.day(p)
                self.loop.say(again == [200] * 6, f"{what}: afterwards {again}")
                print(f"{what}: {got}, afterwards {again}, {time.monotonic() - begun:.0f} s", flush=True)
        self.loop.look("at the end")
        self.loop.chain()
        self.loop.say(server.stop() == 0, "the server does not end well")


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("program")
    ap.add_argument("library")
    ap.add_argument("--each", type=int, default=1)
    ap.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4), "big"))
    o = ap.parse_args()
    prog = served.program([o.program])
    with tempfile.TemporaryDirectory(prefix="dondoc-calls-") as top:
        path = os.path.join(top, "faults")
        with open(path, "w+b") as f:
            f.write(b"\0" * 4096)
            f.flush()
            control = mmap.mmap(f.fileno(), 4096)
        store = served.make_demo(prog, served.Sqlite(top))
        c = Calls(prog, store, random.Random(o.seed), control)
        try:
            c.run(prog, store, {"LD_PRELOAD": os.path.abspath(o.library), "DONDOC_FAULTS": path}, o.each)
        except Failed as e:
            c.loop.say(False, str(e))
        print(f"system calls: seed {o.seed}, {c.points} faults, {c.failed_calls} calls failed; answers {dict(sorted(c.statuses.items()))}, {c.closed} closed")
    print(f"{c.loop.passed} passed, {c.loop.failed} failed")
    return 1 if c.loop.failed or not c.loop.passed else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/python3
"""Kills the running server with kill -9 while people write over HTTP, again and again, and looks at what is left.

    kill_loop.py PROGRAM [--cycles 20] [--seed N]

After each kill: the database is sound; every act that was answered is stored once, with its audit row, its key and its file byte
for byte; every act without an answer is stored once or not at all, and sending it again with the same key makes it exactly one.
On PostgreSQL (DONDOC_TEST_PG) a quarter of the cycles run too.
"""
import argparse
import hashlib
import http.client
import os
import random
import sqlite3
import sys
import tempfile
import threading
import time

import served
from served import Failed

CLOSE = 100  # cycles after each of which everything is looked at
WRITERS = 4


class Act:
    """One update that was sent: its words name it in the database."""

    def __init__(self, rnd, n, targets):
        self.key, self.words = f"kill-{n}", f"lan thu {n}"
        self.task, self.assignment = rnd.choice(targets)
        self.percent = rnd.randrange(0, 101)
        self.data = rnd.randbytes(rnd.choice((17, 900, 9000, 70000))) if rnd.random() < 0.7 else None
        self.event = None  # the number in the answer

    def send(self, person):
        files = {"file": (f"{self.key}.bin", "application/octet-stream", self.data)} if self.data else ()
        r = person.post(f"/tasks/{self.task}/update",
                        {"assignment_id": self.assignment, "percent": self.percent, "note": self.words, "_key": self.key},
                        files, {"Accept": "application/json"}, timeout=20)
        if r.status == 503:  # told to try again: not an answer that counts
            return None
        if r.status != 200:
            raise Failed(f"{self.key}: {r.status} {r.text[:200]}")
        return r.json()["id"]


class Loop:
    def __init__(self, prog, store, rnd):
        self.prog, self.store, self.rnd = prog, store, rnd
        self.lock, self.n, self.acts, self.faults = threading.Lock(), 0, [], []
        self.passed = self.failed = self.unknown = self.retried = 0
        self.slowest = 0.0

    def say(self, good, words):
        if good:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {self.store.name}: {words}", flush=True)

    def writer(self, person, targets, stop):
        while not stop.is_set():
            with self.lock:
                self.n += 1
                act = Act(self.rnd, self.n, targets)
                self.acts.append(act)
            try:
                act.event = act.send(person)
            except (OSError, http.client.HTTPException, ValueError):
                return  # the server is gone; nobody knows what became of this act
            except Failed as e:
                self.faults.append(str(e))
                return

    def answered(self):
        return sum(1 for a in list(self.acts) if a.event is not None)

    def start(self):
        begun = time.monotonic()
        server = served.Server(self.prog, self.store)
        self.slowest = max(self.slowest, time.monotonic() - begun)
        return server

    def cycle(self, cookies, csrf, targets):
        server, stop, threads = self.start(), threading.Event(), []
        for _ in range(WRITERS):
            p = server.person()
            p.cookies, p.csrf = dict(cookies), csrf
            threads.append(threading.Thread(target=self.writer, args=(p, targets, stop)))
        for t in threads:
            t.start()
        # After some answers, however slow the machine is, and then at any moment: in the middle of the next acts.
        before, wanted, latest = self.answered(), self.rnd.randint(2, 30), time.monotonic() + 20
        while self.answered() < before + wanted and time.monotonic() < latest:
            time.sleep(0.005)
        time.sleep(self.rnd.uniform(0, 0.05))
        server.kill()
        stop.set()
        for t in threads:
            t.join()

    def look(self, when):
        """What the database says by itself, without the program. A copy is asked, so that the server has to recover its own."""
        lite = self.store.name == "sqlite"
        s = self.store.copy() if lite else self.store
        try:
            if lite:
                with sqlite3.connect(s.file) as db:
                    got = [r[0] for r in db.execute("PRAGMA integrity_check")]
                    self.say(got == ["ok"], f"{when}: integrity_check: {got[:5]}")
                    got = db.execute("PRAGMA foreign_key_check").fetchall()
                    self.say(not got, f"{when}: foreign_key_check: {got[:5]}")
            self.look_at(s, when, lite)
        finally:
            if lite:
                s.drop()

    def look_at(self, s, when, lite):
        events = {}
        for i, note, account in s.rows("SELECT id, note, account_id FROM task_event WHERE note LIKE 'lan thu %'"):
            events.setdefault(note, []).append(i)
        answered = [a for a in self.acts if a.event is not None]
        lost = [a.key for a in answered if a.event not in events.get(a.words, [])]
        twice = [k for k, v in events.items() if len(v) > 1]
        strange = set(events) - {a.words for a in self.acts}
        self.say(not lost, f"{when}: answered but not stored: {lost[:5]} of {len(answered)}")
        self.say(not twice, f"{when}: stored twice: {twice[:5]}")
        self.say(not strange, f"{when}: stored but never sent: {list(strange)[:5]}")
        audited = {}
        for (i,) in s.rows("SELECT object_id FROM audit WHERE action = 'update.add'"):
            audited[i] = audited.get(i, 0) + 1
        bad = [v[0] for v in events.values() if audited.get(v[0]) != 1]
        self.say(not bad, f"{when}: events without one audit row: {bad[:5]}")
        keys = {k: i for k, i in s.rows("SELECT name, result_id FROM action_key WHERE name LIKE 'kill-%'")}
        bad = [a.key for a in self.acts if (a.words in events) != (a.key in keys) or (a.key in keys and keys[a.key] != events[a.words][0])]
        self.say(not bad, f"{when}: event and key do not go together: {bad[:5]}")
        self.files(s, when, events, lite)
        self.spans(s, when)

    def files(self, s, when, events, lite):
        content = "f.bytes" if lite else "encode(sha256(f.bytes), 'hex')"
        stamp = "hex(f.sha256)" if lite else "encode(f.sha256, 'hex')"
        stored = {}
        for event, body, sha in s.rows(f"SELECT e.event_id, {content}, {stamp} FROM event_file e JOIN file f ON f.id = e.file_id"):
            stored.setdefault(event, []).append((served.sha256(body) if lite else body, str(sha).lower()))
        bad = []
        for a in self.acts:
            if a.words in events:
                want = [(served.sha256(a.data),) * 2] if a.data else []
                if stored.get(events[a.words][0], []) != want:
                    bad.append(a.key)
        self.say(not bad, f"{when}: files that are not what was sent: {bad[:5]}")
        loose = s.rows("SELECT count(*) FROM file WHERE name LIKE 'kill-%' AND id NOT IN (SELECT file_id FROM event_file)")
        self.say(loose[0][0] == 0, f"{when}: {loose[0][0]} files without an event")

    def spans(self, s, when):
        """The projection says what the last event of each assignment says."""
        last = {}
        for i, a, percent in s.rows("SELECT id, assignment_id, percent FROM task_event WHERE kind = 'updated' ORDER BY day, id"):
            last[a] = percent
        now = dict(s.rows("SELECT assignment_id, percent FROM task_span WHERE assignment_id > 0 AND to_day = '9999-12-31'"))
        bad = [a for a, p in last.items() if now.get(a) != p and any(x.assignment == a for x in self.acts)]
        self.say(not bad, f"{when}: the projection is behind the events of assignments {bad[:5]}")

    def chain(self):
        """The trail is one chain: each row carries the hash of the row before and of itself."""
        lite = self.store.name == "sqlite"
        h = "hex(hash)" if lite else "encode(hash, 'hex')"
        before, bad, n = b"", [], 0
        for row in self.store.rows(f"SELECT id, coalesce(committee_id, 0), coalesce(account_id, 0), recorded_at, origin, action, "
                                   f"coalesce(object_id, 0), coalesce(detail, ''), {h} FROM audit ORDER BY id"):
            i, committee, account, now, origin, action, obj, detail, want = row
            text = before + f"|{committee}|{account}|{now}|{origin}|{action}|{obj}|{detail}".encode()
            before, n = hashlib.sha256(text).digest(), n + 1
            if before.hex() != str(want).lower():
                bad.append(i)
                before = bytes.fromhex(want)
        self.say(not bad and n > 0, f"the trail of {n} rows is broken at {bad[:5]}")

    def again(self, cookies, csrf):
        """Every act nobody answered, with its own key; then all of them once more."""
        server = self.start()
        try:
            p = server.person()
            p.cookies, p.csrf = dict(cookies), csrf
            for a in [a for a in self.acts if a.event is None]:
                self.unknown += 1
                a.event = a.send(p)
                self.say(a.event is not None, f"{a.key} could not be sent again")
            for a in self.rnd.sample(self.acts, min(10, len(self.acts))):
                self.retried += 1
                self.say(a.send(p) == a.event, f"{a.key} sent once more is another event")
        finally:
            self.say(server.stop() == 0, "the server does not end well")


def run(prog, make, cycles, seed):
    store = served.make_demo(prog, make())
    loop = Loop(prog, store, random.Random(seed))
    try:
        server = served.Server(prog, store)
        p = server.person("standing")
        tasks = [t["id"] for t in p.get("/tasks.json").json()["tasks"] if t["state"] in ("doing", "waiting")]
        targets = [(t, a["id"]) for t in tasks for a in p.get(f"/tasks/{t}.json").json()["assignments"] if a["role"] == "lead"]
        server.kill()
        for i in range(cycles):
            loop.cycle(p.cookies, p.csrf, targets)
            if i < CLOSE or i % 25 == 24:  # what was lost stays lost: a long run looks less often
                loop.look(f"cycle {i + 1}")
                if i >= CLOSE:
                    print(f"{store.name}: {i + 1} kills, {len(loop.acts)} acts, {loop.failed} failed", flush=True)
            loop.again(p.cookies, p.csrf)
        loop.look("at the end")
        loop.chain()
        loop.say(not loop.faults, f"answers that should not have been: {loop.faults[:3]}")
        loop.say(len(loop.acts) - loop.unknown >= cycles, f"only {len(loop.acts) - loop.unknown} acts were answered in {cycles} cycles: too few to prove anything")
        print(f"{store.name}: {cycles} kills, {len(loop.acts)} acts sent, {len(loop.acts) - loop.unknown} answered before a kill, "
              f"{loop.unknown} unknown and sent again, {loop.retried} repeated, slowest start {loop.slowest * 1000:.0f} ms, seed {seed}")
    finally:
        store.drop()
    return loop.passed, loop.failed


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("program", nargs="?")
    ap.add_argument("--cycles", type=int, default=20)
    ap.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4), "big"))
    o = ap.parse_args()
    prog = served.program([o.program] if o.program else [])
    passed = failed = 0
    print(f"seed {o.seed}")
    with tempfile.TemporaryDirectory(prefix="dondoc-kill-") as top:
        for make, share in zip(served.stores(top), (1, 4)):
            try:
                p, f = run(prog, make, max(1, o.cycles // share), o.seed)
            except Failed as e:
                p, f = 0, 1
                print(f"FAILED {e}")
            passed, failed = passed + p, failed + f
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())

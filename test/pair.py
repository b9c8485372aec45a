#!/usr/bin/python3
"""Two servers on one PostgreSQL, and a PostgreSQL of two nodes whose primary is killed: nothing answered is lost.

    pair.py PROGRAM [--rounds 2] [--seed N]

Starts clusters of its own in a temporary folder, on sockets only, and stops them by their pids. In each round people write
through both servers; one server is killed with kill -9 and its people go on at the other; then the primary is killed under
load, the standby promoted, and the servers find it by their address with two hosts. What was answered is looked for with psql.
"""
import argparse
import glob
import http.client
import os
import pwd
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

import kill_loop
import served
from served import Failed


def as_postgres():
    """The server refuses to run as root."""
    if os.getuid() != 0:
        return [], None
    for name in ("postgres", "nobody"):
        try:
            u = pwd.getpwnam(name)
        except KeyError:
            continue
        return ["setpriv", f"--reuid={u.pw_uid}", f"--regid={u.pw_gid}", "--clear-groups", "env", "HOME=/tmp"], u
    raise Failed("no user for PostgreSQL")


class Node:
    """One PostgreSQL on a socket in its own folder."""

    def __init__(self, top, name):
        self.dir = os.path.join(top, name)
        os.mkdir(self.dir)
        self.data = os.path.join(self.dir, "data")
        self.pre, user = as_postgres()
        self.bin = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        if user:
            os.chown(self.dir, user.pw_uid, user.pw_gid)
        os.chmod(self.dir, 0o755)

    def run(self, tool, *args, timeout=60):
        got = subprocess.run([*self.pre, os.path.join(self.bin, tool), *args], cwd="/", stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=timeout)
        if got.returncode != 0:
            raise Failed(f"{tool}: {got.stderr.decode(errors='replace')[-400:]}")

    def start(self, *options):
        with open(os.path.join(self.dir, "log"), "ab") as log:
            self.process = subprocess.Popen([*self.pre, os.path.join(self.bin, "postgres"), "-D", self.data, "-c", "listen_addresses=", "-c", f"unix_socket_directories={self.dir}",
                                             "-c", "max_connections=80", "-c", "shared_buffers=64MB", "-c", "wal_level=replica", *options], cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        if not served.wait_for(lambda: subprocess.run(["pg_isready", "-q", "-h", self.dir], check=False).returncode == 0, 60):
            raise Failed("PostgreSQL does not start: " + self.dir)

    def kill(self):
        """As a power cut ends it: the postmaster and all its children at once."""
        pid = self.process.pid
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, check=False, text=True).stdout.split()
        os.kill(pid, signal.SIGKILL)
        for c in children:
            try:
                os.kill(int(c), signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()


class Store(served.Pg):
    """The cluster as a store; psql asks the same address as the servers, whoever is primary."""

    def __init__(self, nodes):
        hosts = ",".join(n.dir for n in nodes)
        self.db = "dondoc"
        self.base = self.url = f"postgresql://dondoc@/dondoc?host={hosts}&target_session_attrs=read-write"
        self.arg = ["--db", self.url]

    def drop(self):
        pass


class Pair:
    def __init__(self, prog, store, rnd):
        self.loop = kill_loop.Loop(prog, store, rnd)
        self.prog, self.store, self.rnd = prog, store, rnd
        self.servers, self.gap, self.twice = [None, None], [], 0
        self.again = 0

    def start(self, i):
        self.servers[i] = served.Server(self.prog, self.store)

    def send(self, act, person, until):
        """Tries the servers in turn with the same key until one answers, as a browser's user would."""
        i = self.rnd.randrange(2)
        while time.monotonic() < until:
            server = self.servers[i % 2]
            i += 1
            if server is None:
                time.sleep(0.02)
                continue
            person.port = server.port
            try:
                event = act.send(person)
                if event is not None:
                    act.event = event
                    return True
            except (OSError, http.client.HTTPException, ValueError):
                pass
            except Failed as e:
                if " 500 " not in str(e) and " 401 " not in str(e):
                    self.loop.faults.append(str(e))
                    return False
            self.again += 1
            time.sleep(0.05)
        return False

    def writer(self, cookies, csrf, targets, stop):
        p = self.servers[0].person() if self.servers[0] else self.servers[1].person()
        p.cookies, p.csrf = dict(cookies), csrf
        last = time.monotonic()
        while not stop.is_set():
            with self.loop.lock:
                self.loop.n += 1
                act = kill_loop.Act(self.rnd, self.loop.n, targets)
                self.loop.acts.append(act)
            if not self.send(act, p, time.monotonic() + 60):
                return
            self.gap.append(time.monotonic() - last)
            last = time.monotonic()
            if self.rnd.random() < 0.2:  # once more, at whichever server: the same event
                was = act.event
                self.send(act, p, time.monotonic() + 60)
                self.twice += 1
                self.loop.say(act.event == was, f"{act.key} sent once more is another event")

    def under_load(self, cookies, csrf, targets, what):
        stop = threading.Event()
        threads = [threading.Thread(target=self.writer, args=(cookies, csrf, targets, stop)) for _ in range(4)]
        for t in threads:
            t.start()
        time.sleep(2)
        self.gap.clear()
        what()
        time.sleep(3)
        stop.set()
        for t in threads:
            t.join()
        return max(self.gap or [0])


def one(prog, top, rounds, seed):
    rnd = random.Random(seed)
    nodes = [Node(top, "a")]
    nodes[0].run("initdb", "-D", nodes[0].data, "-U", "dondoc", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--data-checksums")
    nodes[0].start()
    nodes[0].run("createdb", "-h", nodes[0].dir, "-U", "dondoc", "dondoc")
    nodes.append(Node(top, "b"))
    pair, gaps = None, {"server": [], "primary": []}
    try:
        for i in range(rounds):
            primary, standby = nodes
            standby.run("pg_basebackup", "-h", primary.dir, "-U", "dondoc", "-D", standby.data, "-R", "-X", "stream", "-c", "fast")
            standby.start()
            # From now on a COMMIT is answered when the standby has it too.
            served.Pg._psql(f"postgresql://dondoc@/dondoc?host={primary.dir}", "ALTER SYSTEM SET synchronous_standby_names = '*'")
            served.Pg._psql(f"postgresql://dondoc@/dondoc?host={primary.dir}", "SELECT pg_reload_conf()")
            if pair is None:
                store = Store(nodes)
                pair = Pair(prog, store, rnd)
            pair.start(0)
            pair.start(1)
            person = pair.servers[0].person("standing")
            tasks = [t["id"] for t in person.get("/tasks.json").json()["tasks"] if t["state"] in ("doing", "waiting")]
            targets = [(t, a["id"]) for t in tasks for a in person.get(f"/tasks/{t}.json").json()["assignments"] if a["role"] == "lead"]
            person.port = pair.servers[1].port
            pair.loop.say(person.get("/tasks").status == 200, "a session of one server holds at the other")

            def kill_server():
                pair.servers[0].kill()
                time.sleep(1)
                pair.start(0)
            gaps["server"].append(pair.under_load(person.cookies, person.csrf, targets, kill_server))
            pair.loop.look(f"round {i + 1}, a server was killed")

            def kill_primary():
                primary.kill()
                standby.run("pg_ctl", "-D", standby.data, "-w", "promote")
            gaps["primary"].append(pair.under_load(person.cookies, person.csrf, targets, kill_primary))
            pair.loop.look(f"round {i + 1}, the primary was killed")
            rows = store.rows("SELECT name, count(*) FROM job GROUP BY name")
            pair.loop.say(rows == [("sweep-sessions", 1)] or all(n == 1 for _, n in rows), f"jobs: {rows}")
            open_acts = [a for a in pair.loop.acts if a.event is None]
            for a in open_acts:
                pair.send(a, person, time.monotonic() + 30)
            for s in range(2):
                pair.servers[s].stop()
                pair.servers[s] = None
            shutil.rmtree(primary.data)
            nodes = [standby, primary]
        pair.loop.look("at the end")
        pair.loop.chain()
        pair.loop.say(not pair.loop.faults, f"answers that should not have been: {pair.loop.faults[:3]}")
        ok = sum(1 for a in pair.loop.acts if a.event is not None)
        print(f"two servers, two nodes: seed {seed}, {rounds} rounds, {len(pair.loop.acts)} acts, {ok} answered, {pair.twice} sent twice, {pair.again} tries in vain; "
              f"longest wait {max(gaps['server']):.1f} s when a server was killed, {max(gaps['primary']):.1f} s when the primary was")
    finally:
        for s in (pair.servers if pair else []):
            if s:
                s.kill()
        for n in nodes:
            if hasattr(n, "process"):
                n.stop()
    return pair.loop.passed, pair.loop.failed


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("program", nargs="?")
    ap.add_argument("--rounds", type=int, default=1)
    ap.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4), "big"))
    o = ap.parse_args()
    prog = served.program([o.program] if o.program else [])
    if not glob.glob("/usr/lib/postgresql/*/bin/initdb"):
        print("PostgreSQL is not installed\n0 passed, 0 failed, 1 skipped")
        return 0
    with tempfile.TemporaryDirectory(prefix="dondoc-pair-") as top:
        os.chmod(top, 0o755)
        try:
            passed, failed = one(prog, top, o.rounds, o.seed)
        except Failed as e:
            passed, failed = 0, 1
            print(f"FAILED {e}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())

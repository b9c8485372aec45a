#!/usr/bin/python3
"""Runs the scenarios of test/web/*.t, once on SQLite and once on PostgreSQL, and compares what both answered.

    run_scenarios.py PROGRAM [--only NAME] [--db sqlite|postgresql] [--update]

PostgreSQL is used when DONDOC_TEST_PG names a cluster (tools/pg-test). --update writes test/golden anew. A file starts
on a fresh copy of the demonstration; its scenarios follow one another. The language, a line a step:

    scenario WORDS                       a test: it passes when every step of it does
    as standing                          who acts: a demo account by role, nobody, or any other name = a new browser
    GET /tasks?state=overdue             spaces and letters are encoded; header Name="value" may follow
    POST /tasks/{id}/update note="x" percent=50 file=@minutes.txt
                                         token and a fresh key are added; `_csrf=none` leaves one out
    JSON /tasks/{id}/update {"percent": 50}
    SIGN-IN LINK                         opens a one-time link and presses its button; new_password="..." may follow
    file minutes.txt text "..."          also: size BYTES, hex 00ff, fixture NAME, changed NAME (one byte more), nfd NAME,
                                         crlf NAME, edited "..." (words put before plan 2653)
    expect status 303                    expect redirect /tasks/{id}?done=*
    expect text "..."                    in the words of the page; also: expect no text "...", expect source "..."
    expect json .tasks[no=5].state = "overdue"       also ~ "part"; .tasks.count = 21
    expect header Content-Type ~ "html"  expect field note = "typed"      expect bytes @minutes.txt
    expect rows task_event = {n}         rows of a table, or of `TABLE where CONDITION`
    expect not stored "..."              these words stand nowhere in the data
    let id = json .tasks[0].id           also: field NAME, header NAME, rows TABLE, cookie, link (the first in the page),
                                         first REGEX in the page, last REGEX in the address of a redirect
    repeat 60 POST ...                   {i} counts
    walk /tasks.json?sort=due            all pages of a list by their keys; expect count walked = 81, each row once
    golden task                          the content equals test/golden/task.html, but for tokens and keys; `golden task whole`:
                                         with the frame around it
    clock +31m                           the server starts again at a later instant (s, m, h, d)
"""
import argparse
import difflib
import glob
import json
import os
import re
import shlex
import sys
import tempfile
import threading
import time
import traceback
import unicodedata
import urllib.parse

import served
from served import Failed, Reply

MACHINE = ("/metrics", "/setup")  # tell about the machine and the moment: not compared
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


# ---- what must not differ, and what may --------------------------------------------------------------------------


def plain(reply: Reply, ids=False):
    """The body without what is new at every run; with `ids` also without numbers of rows, which on PostgreSQL have gaps."""
    kind = reply.kind.split(";")[0]
    if not (kind.startswith("text/") or kind == "application/json"):
        return f"{kind}\n"
    t = re.sub(r"\b[0-9a-f]{64}\b", "{64 hex}", reply.text)
    t = re.sub(r"\b[0-9a-f]{32}\b", "{32 hex}", t)
    t = re.sub(r"(/s/[\w.-]*?)[.-][0-9a-f]{8,}\b", r"\1-{hash}", t)
    t = re.sub(r"127\.0\.0\.1:\d+", "{host}", t)
    if ids:
        if kind == "application/json":
            t = json.dumps(no_ids(json.loads(t)), ensure_ascii=False, indent=1)
        t = re.sub(r"(/(?:tasks|plans|documents|intake|files|agencies|accounts|rows)/)\d+", r"\1#", t)
        t = re.sub(r'((?:agency|plan|group|before|after_id|row)=)\d+', r"\1#", t)
        t = re.sub(r'(name="(?:\w+_id|row)" value=")\d+', r"\1#", t)
        t = re.sub(r'(<option value=")\d+', r"\1#", t)
        t = re.sub(r'((?:id="|for="|#)[tr])\d+\b', r"\1#", t)
    return t


def no_ids(v):
    if isinstance(v, dict):
        return {k: "#" if k in ("id", "at", "href") or k.endswith("_id") else no_ids(x) for k, x in v.items()}
    return [no_ids(x) for x in v] if isinstance(v, list) else v


def json_at(tree, path):
    """.tasks[0].id, .tasks[no=5].state, .tasks.count"""
    for name, pick in re.findall(r"\.(\w+)|\[([^\]]+)\]", path):
        if name == "count" and isinstance(tree, list):
            tree = len(tree)
        elif name:
            if not isinstance(tree, dict) or name not in tree:
                raise Failed(f"json {path}: nothing called {name}")
            tree = tree[name]
        elif "=" in pick:
            k, _, want = pick.partition("=")
            found = [x for x in tree if str(x.get(k)) == want]
            if not found:
                raise Failed(f"json {path}: none with {pick}")
            tree = found[0]
        else:
            if int(pick) >= len(tree):
                raise Failed(f"json {path}: only {len(tree)} there")
            tree = tree[int(pick)]
    return tree


def said(v):
    return v if isinstance(v, str) else json.dumps(v, ensure_ascii=False)


# ---- one file on one database ------------------------------------------------------------------------------------


class Run:
    def __init__(self, opts, path, made, tally):
        self.opts, self.path, self.store, self.tally = opts, path, made.copy(), tally
        self.now, self.people, self.vars, self.files, self.seen = served.NOW, {}, {}, {}, []
        self.server = served.Server(opts.program, self.store, self.now)
        self.who = self.server.person()
        self.reply = None
        self.links()

    def links(self):
        self.vars.update({f"link_{role}": self.server.links[i] for role, i in served.LOGINS.items()})

    def end(self):
        code = self.server.stop()
        words = self.server.words()
        self.store.drop()
        return code, words

    def fill(self, text):
        def value(m):
            if m.group(1) not in self.vars:
                raise Failed(f"nothing was kept as {m.group(1)}")
            return str(self.vars[m.group(1)])
        return re.sub(r"\{(\w+)\}", value, text)

    def words(self, text):
        return [self.fill(w) for w in shlex.split(text)]

    # -- steps

    def step(self, verb, rest):
        name = "do_" + verb.lower().replace("-", "_")
        if not hasattr(self, name):
            raise Failed(f"no such step: {verb}")
        getattr(self, name)(rest)

    def do_as(self, rest):
        name = rest.strip()
        if name not in self.people:
            self.people[name] = self.server.person(name if name in served.LOGINS else None)
        self.who = self.people[name]

    def do_clock(self, rest):
        n, unit = re.fullmatch(r"\+(\d+)([smhd])", rest.strip()).groups()
        self.now += int(n) * UNITS[unit]
        self.again()

    def again(self):
        port, code = self.server.port, self.server.stop()
        if code != 0:
            raise Failed(f"the server ended with {code}: {self.server.words()}")
        self.server = served.Server(self.opts.program, self.store, self.now, port)
        self.links()

    def do_file(self, rest):
        name, how, what = (shlex.split(rest, posix=True) + [""])[:3]
        if how == "text":
            data = what.replace("\\n", "\n").replace("\\t", "\t").encode()
        elif how == "size":
            data = (b"Dong chu khong dau. " * (int(what) // 20 + 1))[:int(what)]
        elif how == "hex":
            data = bytes.fromhex(what)
        elif how == "fixture":
            data = served.fixture(what)
        elif how == "changed":
            data = served.fixture(what) + b"\n"
        elif how == "edited":
            data = what.replace("\\n", "\n").encode() + served.fixture("ke-hoach-2653.txt")
        elif how == "nfd":
            data = unicodedata.normalize("NFD", served.fixture(what).decode()).encode()
        elif how == "crlf":
            data = served.fixture(what).replace(b"\n", b"\r\n")
        else:
            raise Failed(f"no such kind of file: {how}")
        self.files[name] = data

    def request_words(self, rest):
        words = self.words(rest)
        fields, files, headers = [], [], {}
        i = 1
        while i < len(words):
            if words[i] == "header":
                k, _, v = words[i + 1].partition("=")
                headers[k] = None if v == "none" else v
                i += 2
                continue
            k, _, v = words[i].partition("=")
            if v.startswith("@"):
                kind = served.TYPES.get(os.path.splitext(v)[1], "application/octet-stream")
                files.append((k, (v[1:], kind, self.files[v[1:]])))
            else:
                fields.append((k, None if v == "none" else v.replace("\\n", "\n").replace("\\t", "\t")))
            i += 1
        return self.address(words[0]), fields, files, headers

    def address(self, text):
        return urllib.parse.quote(self.fill(text), safe="/?&=%+:;@!$'()*,#.~-_")

    def note(self, reply):
        self.reply = reply
        where = re.sub(r"/[0-9a-f]{64}", "/{token}", reply.path)
        if where.startswith(MACHINE):
            self.seen.append(f"{reply.method} {where} {reply.status}")
            return
        to = re.sub(r"(/|=|#[tr])[0-9]+", r"\1#", reply.headers.get("location", ""))
        self.seen.append(f"{reply.method} {re.sub(r'/[0-9]+', '/#', where)} {reply.status} {to}\n{plain(reply, ids=True)}")

    def do_get(self, rest):
        path, _, more = rest.partition(" header ")
        headers = self.request_words("/ header " + more)[3] if more else {}
        self.note(self.who.send("GET", self.address(path), headers=headers))

    def do_post(self, rest):
        path, fields, files, headers = self.request_words(rest)
        self.note(self.who.post(path, fields, files, headers))

    def do_json(self, rest):
        path, _, body = rest.partition(" ")
        body = re.sub(r"\{(\w+)\}", lambda m: str(self.vars[m.group(1)]), body)
        json.loads(body)
        self.note(self.who.send("POST", self.fill(path), body.encode(), {
            "Content-Type": "application/json", "Accept": "application/json", "X-CSRF-Token": self.who.csrf,
            "Idempotency-Key": served.secrets.token_hex(16)}))

    def do_sign_in(self, rest):
        words = self.words(rest)
        token = words[0].rsplit("/", 1)[-1]
        self.note(self.who.get(f"/link/{token}"))
        self.note(self.who.post(f"/link/{token}", [tuple(w.split("=", 1)) for w in words[1:]]))
        if self.reply.status == 303:
            self.who.get("/")  # for the token of the new session

    def do_let(self, rest):
        name, _, how = rest.partition("=")
        self.vars[name.strip()] = self.value(how.strip())

    def value(self, how):
        verb, _, what = how.partition(" ")
        what = what.strip() if verb in ("first", "last") else self.fill(what.strip())
        if verb == "json":
            return json_at(self.reply.json(), what)
        if verb == "field":
            v = self.reply.field(what)
            if v is None:
                raise Failed(f"the page has no field {what}")
            return v
        if verb == "header":
            return self.reply.headers.get(what.lower(), "")
        if verb == "rows":
            return self.count(what)
        if verb == "cookie":
            return self.who.cookies.get("dd", "")
        if verb in ("first", "last"):
            text = self.reply.text if verb == "first" else self.reply.headers.get("location", "")
            found = re.findall(what, text)
            if not found:
                raise Failed(f"no {what} in {text[:200]!r}")
            return found[0 if verb == "first" else -1]
        if verb == "link":
            m = re.search(r"/link/[0-9a-f]{64}", self.reply.text)
            if not m:
                raise Failed("no one-time link in the page")
            return m.group(0)
        raise Failed(f"no such value: {how}")

    def count(self, what):
        return int(self.store.rows(f"SELECT count(*) FROM {what}")[0][0])

    def do_repeat(self, rest):
        n, _, step = rest.partition(" ")
        verb, _, rest = step.partition(" ")
        for i in range(1, int(n) + 1):
            self.vars["i"] = i
            self.step(verb, rest)

    def do_walk(self, rest):
        path, seen, sep = self.address(rest), [], "&" if "?" in rest else "?"
        more = ""
        while True:
            page = self.who.get(path + more).json()
            seen += [r["id"] for r in page["tasks"]]
            if not page["more"] or len(seen) > 100000:
                break
            more = f"{sep}after={urllib.parse.quote(page['after'])}&after_id={page['after_id']}"
        if len(seen) != len(set(seen)):
            raise Failed(f"{len(seen)} rows, of them only {len(set(seen))} different")
        self.vars["walked"] = len(seen)

    def do_golden(self, rest):
        """Tells what differs and goes on: a page that reads otherwise does not hide what works otherwise."""
        name, _, whole = rest.partition(" ")
        path, now = os.path.join(served.HERE, "golden", name + ".html"), plain(self.reply)
        if not whole:
            now = now[now.find("<main"):now.find("</main>") + 8]
        if self.opts.update:
            if self.store.name == "sqlite":
                with open(path, "w", encoding="utf-8") as f:
                    f.write(now)
            return
        try:
            with open(path, encoding="utf-8") as f:
                then = f.read()
        except FileNotFoundError:
            raise Failed(f"no golden page {name}; make it with --update") from None
        if then != now:
            diff = list(difflib.unified_diff(then.splitlines(), now.splitlines(), "golden", "now", lineterm="", n=1))
            self.tally.add(False, f"{os.path.basename(self.path)} on {self.store.name}: the page is golden/{name}.html",
                           "\n".join(diff[:16]) + "\n(run_scenarios.py PROGRAM --update, then read the difference)")
        else:
            self.tally.add(True, "")

    def do_expect(self, rest):
        verb, _, what = rest.partition(" ")
        what = what.strip()
        getattr(self, "see_" + verb, self.see_unknown)(what)

    def see_unknown(self, what):
        raise Failed(f"expect what? {what}")

    def equal(self, words, got):
        """`= WANT` or `~ PART`, the rest of an expectation; got is what came."""
        sign, _, want = words.strip().partition(" ")
        want = self.fill(shlex.split(want)[0] if want.strip() else "")
        good = said(got) == want if sign == "=" else want in said(got)
        if sign == "=" and not good and isinstance(got, int):
            good = str(got) == want
        if not good:
            raise Failed(f"got {said(got)!r}, want {sign} {want!r}")

    def see_status(self, what):
        want = [int(w) for w in what.split("|")]
        if self.reply.status not in want:
            raise Failed(f"status {self.reply.status}, want {what}: {self.reply.shown[:400]}")

    def see_redirect(self, what):
        where = urllib.parse.unquote(self.reply.headers.get("location", ""))
        pattern = re.escape(self.fill(what)).replace(r"\*", ".*")
        if self.reply.status != 303 or not re.fullmatch(pattern, where):
            raise Failed(f"{self.reply.status} to {where!r}, want 303 to {what}: {self.reply.shown[:400]}")

    def see_text(self, what):
        want = self.words(what)[0]
        if want not in self.reply.shown:
            raise Failed(f"the page does not say «{want}»: {self.reply.shown[:600]}")

    def see_no(self, what):
        verb, _, rest = what.partition(" ")
        want = self.words(rest)[0]
        if want in (self.reply.shown if verb == "text" else self.reply.text):
            raise Failed(f"the page says «{want}»")

    def see_source(self, what):
        want = self.words(what)[0]
        if want not in self.reply.text:
            raise Failed(f"not in the source: {want}")

    def see_json(self, what):
        path, rest = re.fullmatch(r"(\.(?:\w+|\[[^\]]*\]|\.)*) ([=~].*)", what).groups()
        try:
            tree = self.reply.json()
        except ValueError:
            raise Failed(f"not JSON ({self.reply.status}): {self.reply.text[:200]}") from None
        self.equal(rest, json_at(tree, self.fill(path)))

    def see_header(self, what):
        name, _, rest = what.partition(" ")
        self.equal(rest, self.reply.headers.get(name.lower(), ""))

    def see_field(self, what):
        name, _, rest = what.partition(" ")
        got = self.reply.field(name)
        if got is None:
            raise Failed(f"the page has no field {name}")
        self.equal(rest, got)

    def see_bytes(self, what):
        want = self.files[what.strip()[1:]]
        if self.reply.body != want:
            raise Failed(f"{len(self.reply.body)} bytes came, not the {len(want)} of {what}")

    def see_count(self, what):
        name, _, want = what.partition("=")
        if self.vars[name.strip()] != int(want):
            raise Failed(f"{self.vars[name.strip()]} {name.strip()}, want {want.strip()}")

    def see_not(self, what):
        needle = self.words(what)[1].encode()
        for root, _, names in os.walk(getattr(self.store, "dir", "")):
            for name in names:
                if not os.path.isfile(os.path.join(root, name)):
                    continue  # the socket of the command line
                with open(os.path.join(root, name), "rb") as f:
                    if needle in f.read():
                        raise Failed(f"these words stand in {name}")

    def see_rows(self, what):
        table, _, want = what.rpartition("=")
        got = self.count(self.fill(table.strip()))
        if str(got) != self.fill(want.strip()):
            raise Failed(f"{got} rows in {table.strip()}, want {self.fill(want.strip())}")


# ---- all JSON of a committee, for the comparison ------------------------------------------------------------------


def every_json(run):
    """Every page that speaks JSON, by a crawl from the lists, as those who may read all of it."""
    run.again()  # for links nobody has used
    out, p = {}, run.server.person("standing")
    for role, paths in (("admin", ["/accounts"]), ("auditor", ["/audit"])):
        who = run.server.person(role)
        for path in paths:
            out[path] = who.get(path + ".json")
    todo = ["/", "/board", "/tasks", "/confirm", "/documents", "/intake", "/agencies", "/members"]
    for day in ("2023-08-22", "2023-12-31"):
        todo += [f"/board?as-of={day}", f"/tasks?as-of={day}"]
    more = {"/tasks": "tasks", "/documents": "documents", "/intake": "intakes", "/agencies": "agencies"}
    while todo:
        path = todo.pop(0)
        head, q, query = path.partition("?")
        out[path] = p.get(head + ".json" + q + query)
        if path in more and out[path].status == 200:
            tree = out[path].json()
            rows = next((v for v in tree.values() if isinstance(v, list)), [])
            todo += [f"{path}/{r['id']}" for r in rows if "id" in r]
    for (plan,) in run.store.rows("SELECT id FROM plan ORDER BY id"):
        out[f"/plans/{plan}"] = p.get(f"/plans/{plan}.json")
    return {k: f"{v.status}\n{plain(v, ids=True)}" for k, v in out.items()}


# ---- all files ---------------------------------------------------------------------------------------------------


class Tally:
    def __init__(self):
        self.passed, self.failed, self.lock = 0, 0, threading.Lock()

    def add(self, good, name, words=""):
        with self.lock:
            if good:
                self.passed += 1
            else:
                self.failed += 1
                print(f"FAILED {name}\n    " + words.strip().replace("\n", "\n    "), flush=True)


def scenarios(path):
    """[(name, [(line, verb, rest)])]; steps before the first scenario belong to it."""
    out = []
    with open(path, encoding="utf-8") as f:
        for n, raw in enumerate(f, 1):
            line = raw.strip()
            if not line or line.startswith("#"):
                continue
            verb, _, rest = line.partition(" ")
            if verb == "scenario":
                out.append((rest, []))
            else:
                if not out:
                    out.append(("set-up", []))
                out[-1][1].append((n, verb, rest))
    return out


def run_file(opts, path, made, tally):
    name = os.path.basename(path)
    run = Run(opts, path, made, tally)
    try:
        for words, steps in scenarios(path):
            where = f"{name} on {run.store.name}: {words}"
            for n, verb, rest in steps:
                try:
                    run.step(verb, rest)
                except Failed as e:
                    tally.add(False, f"{where} (line {n}: {verb} {rest})", str(e))
                    break
                except Exception:  # a broken step is a failed scenario, not the end of the run
                    tally.add(False, f"{where} (line {n}: {verb} {rest})",
                              traceback.format_exc() + (run.server.words() if run.server.died() else ""))
                    break
            else:
                tally.add(True, where)
            if run.server.died():
                tally.add(False, f"{name} on {run.store.name}: the server died", run.server.words())
                return None
        return run.seen, every_json(run)
    finally:
        code, words = run.end()
        tally.add(code == 0, f"{name} on {run.store.name}: the server ends well", f"{code}: {words}")


def compare(name, a, b, tally):
    """What was answered on both databases, request by request, and all JSON afterwards."""
    for i, (x, y) in enumerate(zip(a[0], b[0])):
        if x != y:
            diff = list(difflib.unified_diff(x.splitlines(), y.splitlines(), "sqlite", "postgresql", lineterm="", n=0))
            tally.add(False, f"{name}: both databases answer alike", f"request {i}: {x.splitlines()[0]}\n" + "\n".join(diff[:16]))
            break
    else:
        tally.add(len(a[0]) == len(b[0]), f"{name}: both databases answer alike", f"{len(a[0])} and {len(b[0])} requests")
    bad = [k for k in a[1] if re.sub(r"\d+", "#", a[1][k]) != "" and a[1].get(k) != b[1].get(k)]
    words = ""
    for k in bad[:3]:
        words += f"{k}\n" + "\n".join(list(difflib.unified_diff(a[1][k].splitlines(), b[1].get(k, "").splitlines(), "sqlite",
                                                               "postgresql", lineterm="", n=0))[:12]) + "\n"
    tally.add(not bad and a[1].keys() == b[1].keys(), f"{name}: all JSON is alike on both databases",
              words or f"{set(a[1]) ^ set(b[1])}")


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("program", nargs="?")
    ap.add_argument("--only", default="")
    ap.add_argument("--db", default="")
    ap.add_argument("--update", action="store_true")
    opts = ap.parse_args()
    opts.program = served.program([opts.program] if opts.program else [])
    files = [f for f in sorted(glob.glob(os.path.join(served.HERE, "web", "*.t"))) if opts.only in os.path.basename(f)]
    tally, results, begun = Tally(), {}, time.monotonic()
    with tempfile.TemporaryDirectory(prefix="dondoc-scenario-") as top:
        def on(make):
            try:
                store = make()
                if opts.db and store.name != opts.db:
                    store.drop()
                    return
                made = served.make_demo(opts.program, store)
            except Failed as e:
                tally.add(False, "the demonstration is made", str(e))
                return
            for f in files:
                try:
                    results[(store.name, f)] = run_file(opts, f, made, tally)
                except Exception:  # of one file; the others go on
                    tally.add(False, f"{os.path.basename(f)} on {store.name}", traceback.format_exc())
            made.drop()
        threads = [threading.Thread(target=on, args=(m,)) for m in served.stores(top)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
    skipped = 0
    for f in files:
        a, b = results.get(("sqlite", f)), results.get(("postgresql", f))
        if a and b:
            compare(os.path.basename(f), a, b, tally)
        elif not os.environ.get("DONDOC_TEST_PG"):
            skipped += 2
    print(f"{len(files)} files, {time.monotonic() - begun:.1f} s")
    print(f"{tally.passed} passed, {tally.failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if tally.failed or not tally.passed else 0


if __name__ == "__main__":
    sys.exit(main())

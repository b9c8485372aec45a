#!/usr/bin/python3
"""The extraction on papers written for it: run.py PROGRAM [--misses N] [--only-corpus DIR].

Papers, deadlines, agencies and tasks in this folder were composed by us in the forms that offices use; beside each stands
what must be read. Each figure (F1) has its floor in FLOORS. Then every paper is written in other ways that mean the same
(decomposed letters, tabs for pipes, other provinces, ...): what is read must stay the same; so it is with the papers of a
labelled corpus (--only-corpus). Ends with `N passed, N failed`."""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent

FLOORS = {
    "head.number": .98, "head.date": .98, "head.type": .98, "head.title": .95, "head.issuer": .95, "head.place": .95,
    "head.bases": .93, "head.recipients": .93, "head.signer": .93, "deadline.kind": .97, "deadline.due": .97,
    "deadline.whole": .94, "agency.name": .95, "agency.kind": .93, "task.rows": .97, "task.title": .95, "task.lead": .95,
    "task.coordinating": .95, "task.deadline": .95, "task.deadline_text": .95, "task.output": .95, "task.parent": .95,
    "task.anomalies": .98, "task.groups": .98,
}
SAME = .985  # the share of fields that another writing of a paper must leave as they are


def key(s):
    """What two writings of one value share."""
    if s is None:
        return None
    s = unicodedata.normalize("NFC", str(s)).casefold()
    return re.sub(r"[\s*#|\\`]+", "", s).strip(".;,:-–—\"“”'«»") or None


class Figures:
    def __init__(self):
        self.count = collections.defaultdict(lambda: [0, 0, 0])
        self.misses = collections.defaultdict(list)

    def add(self, name, want, got, where):
        """Two bags of values."""
        rest = list(got)
        for w in want:
            if w in rest:
                rest.remove(w)
                self.count[name][0] += 1
            else:
                self.count[name][1] += 1
                self.misses[name].append(f"{where}: wanted {w!r}")
        self.count[name][2] += len(rest)
        self.misses[name] += [f"{where}: got {r!r}" for r in rest]

    def one(self, name, want, got, where):
        self.add(name, [] if want is None else [want], [] if got is None else [got], where)

    def value(self, name):
        right, missed, invented = self.count[name]
        whole = 2 * right + missed + invented
        return 2 * right / whole if whole else 1.0


def lines(name):
    with open(HERE / name, encoding="utf-8") as f:
        return [json.loads(x) for x in f if x.strip()]


def batch(program, words, rows):
    text = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)
    got = subprocess.run([program, *words, "--batch"], input=text.encode(), capture_output=True, timeout=300)
    if got.returncode:
        sys.exit(f"{' '.join(words)} ended with {got.returncode}: {got.stderr.decode(errors='replace')[-400:]}")
    return {row["id"]: row for row in map(json.loads, got.stdout.decode().splitlines())}


def head_of(answer):
    """The fields of the first paper of an answer, comparable."""
    d = (answer.get("documents") or [{}])[0]
    out = {f: key(d.get(f)) for f in ("number", "date", "type", "title", "issuer", "place")}
    out["bases"] = [(key(b.get("number")) or key(b.get("name")), b.get("date")) for b in d.get("bases") or []]
    out["recipients"] = [key(x) for x in d.get("recipients") or []]
    out["signer"] = key((d.get("signer") or {}).get("name"))
    return out


def tasks_of(answer):
    return [{
        "no": key(t.get("no")), "title": key(t.get("title")), "parent": key(t.get("parent")),
        "lead": [key(m["text"]) for m in t.get("lead") or []],
        "coordinating": [key(m["text"]) for m in t.get("coordinating") or []],
        "deadline_text": key(t.get("deadline_text")), "output": key(t.get("output")),
        "deadline": tuple((t.get("deadline") or {}).get(f) for f in ("kind", "due", "recur")),
    } for t in answer.get("tasks") or []]


def heads(program, fig):
    rows = lines("headers.jsonl")
    got = batch(program, ["extract"], [{"id": r["id"], "text": r["text"]} for r in rows])
    for r in rows:
        gold, mine = r["gold"], head_of(got[r["id"]])
        for f in ("number", "date", "title", "issuer", "place"):
            fig.one("head." + f, key(gold.get(f)), mine[f], r["id"])
        fig.one("head.type", key(gold.get("doc_type")), mine["type"], r["id"])
        fig.add("head.bases", [(key(b.get("number")) or key(b.get("name")), b.get("date")) for b in gold["bases"]],
                mine["bases"], r["id"])
        fig.add("head.recipients", [key(x) for x in gold.get("recipients") or []], mine["recipients"], r["id"])
        fig.one("head.signer", key((gold.get("signer") or {}).get("name")), mine["signer"], r["id"])


def deadlines(program, fig):
    rows = lines("deadlines.jsonl")
    got = batch(program, ["parse", "deadline"], [{"id": r["id"], "text": r["text"], "year": r["context_year"]} for r in rows])
    for r in rows:
        where, mine = f"{r['id']} {r['text']}", got[r["id"]]
        for f in ("kind", "due"):
            fig.one("deadline." + f, r["gold"].get(f), mine.get(f), where)
        whole = tuple(r["gold"].get(f) for f in ("kind", "start", "due", "recur"))
        fig.one("deadline.whole", whole, tuple(mine.get(f) for f in ("kind", "start", "due", "recur")), where)


def agencies(program, fig):
    rows = lines("agencies.jsonl")
    got = batch(program, ["parse", "agency"], [{"id": r["id"], "text": r["text"], "province": r["province"]} for r in rows])
    for r in rows:
        where, mine = f"{r['id']} {r['text']}", got[r["id"]].get("agencies") or []
        fig.add("agency.name", [key(a["canonical"]) for a in r["gold"]], [key(a["name"]) for a in mine], where)
        fig.add("agency.kind", [(key(a["canonical"]), a["kind"]) for a in r["gold"]],
                [(key(a["name"]), a["kind"]) for a in mine], where)


def task_papers():
    return {p.stem: p.read_text("utf-8") for p in sorted((HERE / "tasks").glob("*.txt"))}


def tasks(program, fig):
    papers = task_papers()
    got = batch(program, ["extract"], [{"id": k, "text": v} for k, v in papers.items()])
    for name in papers:
        paper = json.loads((HERE / "tasks" / (name + ".json")).read_text("utf-8"))
        gold = paper["tasks"]
        if "anomalies" in paper:  # papers that say what must, and what must not, be found odd
            fig.add("task.anomalies", paper["anomalies"], [a["kind"] for a in got[name]["anomalies"]], name)
            fig.add("task.groups", [key(g["title"]) for g in paper["groups"]],
                    [key(g["title"]) for g in got[name].get("groups") or []], name)
        mine = tasks_of(got[name])
        used = []
        for g in gold:
            at = next((i for i, m in enumerate(mine) if i not in used and m["title"] and
                       (m["title"] in key(g["title"]) or key(g["title"]) in m["title"])), None)
            where = f"{name} {g['no']}"
            fig.one("task.rows", where, where if at is not None else None, where)
            if at is None:
                continue
            used.append(at)
            m = mine[at]
            for f in ("title", "deadline_text", "output"):
                fig.one("task." + f, key(g[f]), m[f], where)
            if "parent" in g:
                fig.one("task.parent", key(g["parent"]), m["parent"], where)
            for f in ("lead", "coordinating"):
                fig.add("task." + f, [key(x) for x in g[f]], m[f], where)
            d = g["deadline"] or {}
            fig.one("task.deadline", tuple(d.get(f) for f in ("kind", "due", "recur")), m["deadline"], where)
        for i, m in enumerate(mine):
            if i not in used:
                fig.one("task.rows", None, m["title"], name)


# ---- the same paper in other writing: (name, for heads, for tasks, how, what the values become) --------------------

PLACES = {"Vĩnh Long": "Cao Bằng", "Đồng Tháp": "Sơn La", "Quảng Trị": "Hà Giang", "Hải Dương": "Bình Thuận",
          "Trà Vinh": "Lào Cai", "Cà Mau": "Phú Yên", "Bến Tre": "Kon Tum"}


def other_places(s):
    for a, b in PLACES.items():
        s = s.replace(a, b).replace(a.upper(), b.upper())
    return s


def other_keys(s):
    for a, b in PLACES.items():
        s = s.replace(key(a), key(b))
    return s


def new_tones(s):
    for a, b in (("òa", "oà"), ("óa", "oá"), ("ủy", "uỷ"), ("Ủy", "Uỷ"), ("ÒA", "OÀ"), ("ỦY", "UỶ")):
        s = s.replace(a, b)
    return s


def pipes_to_tabs(s):
    if re.search(r"(?m)^\+[-=]", s):  # the rows of a grid table take several lines: not what is pasted
        return s
    out = []
    for line in s.split("\n"):
        if re.fullmatch(r"\|[\s:|-]+\|", line) and "--" in line:
            continue
        out.append(re.sub(r"\s*\|\s*", "\t", line.strip().strip("|")) if line.startswith("|") and line.count("|") > 3 else line)
    return "\n".join(out)


def no_blank_lines(s):
    return re.sub(r"\n\s*\n+", "\n", s)


def more_blank_lines(s):
    return "\n".join(line + "\n" if not line.startswith("|") else line for line in s.split("\n"))


def swapped_number_and_date(s):
    return re.sub(r"(?m)^(Số[: ][^\n]{3,40})\n+((?:[^\n,]{3,25}),? ngày [^\n]{10,30})$", r"\2\n\n\1", s, count=1)


def no_colons(s):
    return re.sub(r"((?:Cơ quan|Đơn vị) (?:chủ trì|phối hợp)|Thời gian (?:hoàn thành|thực hiện)):", r"\1", s)


def marked_up(s):
    return "\n".join(f"**{x}**" if x.isupper() and not x.startswith(("|", "-", "*", "#")) else x for x in s.split("\n"))


WAYS = [
    ("letters decomposed", True, True, lambda s: unicodedata.normalize("NFD", s), None),
    ("lines end with CR LF", True, True, lambda s: s.replace("\n", "\r\n"), None),
    ("blanks at line ends, twice between words", True, True, lambda s: re.sub(r"(\w) (\w)", r"\1  \2", s).replace("\n", "  \n")
     if "   " not in s and "\t" not in s else s, None),
    ("no-break blanks", True, True, lambda s: re.sub(r"(\w) (\w)", "\\1\u00a0\\2", s), None),
    ("other provinces", True, True, other_places, other_keys),
    ("tones in their new place", True, True, new_tones, new_tones),
    ("tabs for pipes", False, True, pipes_to_tabs, None),
    ("more blank lines", False, True, more_blank_lines, None),
    ("no blank lines", False, True, no_blank_lines, None),
    ("the date before the number", True, False, swapped_number_and_date, None),
    ("labels without colons", False, True, no_colons, None),
    ("capitals in bold", True, True, marked_up, None),
    ("long dashes", True, True, lambda s: re.sub(r"(?m)(?<=\w) - (?=\w)", " – ", s), lambda s: s.replace("-", "–")),
]


def flat(value):
    """An answer as named values; lists with their place."""
    if isinstance(value, dict):
        return {f"{k}.{n}": v for k, x in value.items() for n, v in flat(x).items()}
    if isinstance(value, (list, tuple)):
        return {f"{i}.{n}": v for i, x in enumerate(value) for n, v in flat(x).items()}
    return {"": value}


def same(program, read, papers, ways, report):
    first = batch(program, ["extract"], [{"id": k, "text": v} for k, v in papers.items()])
    for name, how, becomes in ways:
        got = batch(program, ["extract"], [{"id": k, "text": how(v)} for k, v in papers.items()])
        alike = whole = 0
        misses = []
        for k in papers:
            want, mine = flat(read(first[k])), flat(read(got[k]))
            for field in want.keys() | mine.keys():
                w, m = want.get(field), mine.get(field)
                if becomes and isinstance(w, str):
                    w, m = key(becomes(w)), key(becomes(m)) if isinstance(m, str) else m
                whole += 1
                alike += w == m
                if w != m:
                    misses.append(f"{k} {field}: was {w!r}, is {m!r}")
        report(name, alike / max(whole, 1), misses)


def composed(args, report):
    fig = Figures()
    for part in (heads, deadlines, agencies, tasks):
        part(args.program, fig)
    for name, floor in FLOORS.items():
        report(name, fig.value(name), floor, fig.misses[name])
    head_papers = {r["id"]: r["text"] for r in lines("headers.jsonl")}
    same(args.program, head_of, head_papers, [(n, h, b) for n, head, _, h, b in WAYS if head],
         lambda n, v, m: report("heads, " + n, v, SAME, m))
    same(args.program, tasks_of, task_papers(), [(n, h, b) for n, _, task, h, b in WAYS if task],
         lambda n, v, m: report("tasks, " + n, v, SAME, m))


def corpus(args, report):
    rows = [json.loads(x) for x in (args.only_corpus / "headers.jsonl").read_text("utf-8").splitlines()]
    same(args.program, head_of, {r["id"]: r["text"] for r in rows}, [(n, h, b) for n, head, _, h, b in WAYS if head],
         lambda n, v, m: report("corpus heads, " + n, v, SAME, m))
    papers = {f.stem: f.read_text("utf-8") for f in (args.only_corpus / "tasks").glob("*.txt")}
    same(args.program, tasks_of, papers, [(n, h, b) for n, _, task, h, b in WAYS if task],
         lambda n, v, m: report("corpus tasks, " + n, v, SAME, m))


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("program")
    p.add_argument("--misses", type=int, default=3)
    p.add_argument("--only-corpus", type=pathlib.Path)
    args = p.parse_args()
    count = {True: 0, False: 0}

    def report(name, value, floor, misses):
        count[value >= floor] += 1
        print(f"{name:44} {value:.4f}{'' if value >= floor else f'  BELOW {floor}'}")
        for m in misses[:args.misses]:
            print("    " + m)

    (corpus if args.only_corpus else composed)(args, report)
    print(f"{count[True]} passed, {count[False]} failed")
    return 1 if count[False] else 0


if __name__ == "__main__":
    sys.exit(main())

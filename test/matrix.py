#!/usr/bin/python3
"""Every route of src/web/routes.h, as each of the five roles and as nobody, on an object of the own committee and on one
of another: the answer must be the one that the table of rights demands.

    matrix.py PROGRAM [ROUTE...]

The rights stand here a second time, on purpose: the program's own table is what is tested. A route that this file does not
know how to call is a failure, so that a new row of routes.h needs a line in CALLS.
"""
import json
import os
import re
import sys
import tempfile
import traceback

import served
from served import Failed

RIGHTS = {
    "standing": {"PUBLIC", "READ", "UPDATE", "CONFIRM", "PLAN_EDIT", "INTAKE", "COMMITTEE"},
    "officer": {"PUBLIC", "READ", "UPDATE"},
    "head": {"PUBLIC", "READ"},
    "auditor": {"PUBLIC", "READ", "AUDIT_READ"},
    "admin": {"PUBLIC", "READ", "ACCOUNTS", "AUDIT_READ", "COMMITTEE"},
    "nobody": {"PUBLIC"},
}
SUFFIX = {"JSON": ".json", "XLSX": ".xlsx", "CSV": ".csv", "DOCX": ".docx", "ICS": ".ics"}
KIND = {"HTML": "text/html", "JSON": "application/json", "XLSX": "spreadsheetml", "CSV": "text/csv", "DOCX": "wordprocessingml",
        "ICS": "text/calendar", "FILE": ""}
OTHER = 900001  # every row of the other committee has this number
CANARY = "Chim hoàng yến"  # and these words, which nobody of the first one may read
AGENCY = {"standing": "Sở Kế hoạch và Đầu tư", "officer": "Liên minh HTX tỉnh"}


def routes():
    with open(os.path.join(served.HERE, "..", "src", "web", "routes.h"), encoding="utf-8") as f:
        text = re.sub(r"/\*.*?\*/", "", f.read(), flags=re.S)
    rows = re.findall(r"ROUTE\(\s*(\w+)\s*,\s*\"([^\"]+)\"\s*,\s*(\w+)\s*,\s*CAP_(\w+)\s*,\s*(\w+)\s*,\s*([^)]*)\)", text)
    if len(rows) != text.count("ROUTE("):
        raise SystemExit(f"routes.h: {text.count('ROUTE(')} rows, of which {len(rows)} were understood")
    return [(m, p, n, c, [o.strip()[4:] for o in outs.split("|")]) for m, p, n, c, _, outs in rows]


# ---- the other committee: written into the database, no page makes one ---------------------------------------------


def other_committee(store):
    sqlite = store.name == "sqlite"
    blob = (lambda h: f"X'{h}'") if sqlite else (lambda h: f"'\\x{h}'::bytea")
    n, w = OTHER, CANARY
    draft = json.dumps({"file": "x.txt", "documents": [], "tasks": []})
    paper = served.fixture("ke-hoach-2653.txt") + b"\ncua ban khac\n"
    put = [
        ("committee", f"{n}, '{w}', '{w}', '{w}', '{w}', '{w}', NULL, 1, ''"),
        ("agency", f"{n}, '{w}', 'chim hoang yen', 'ff', NULL, 'department', '1900-01-01', '9999-12-31', NULL, 1"),
        ("committee_agency", f"{n}, {n}"),
        ("account", f"{n}, 'chim', '{w}', '{w}', NULL, 'active', {served.NOW}, 1, NULL"),
        ("account_role", f"{n}, {n}, {n}, 'standing', NULL, '2000-01-01', '9999-12-31'"),
        ("file", f"{n}, {n}, '{w}.txt', 'text/plain', 14, {blob('aa' * 32)}, {blob(w.encode().hex())}, {served.NOW}, NULL"),
        ("intake (id, committee_id, file_id, sha256, state, draft, plan_id, created_at, created_by, version)", f"{n}, {n}, {n}, {blob(served.sha256(paper))}, 'draft', '{draft}', NULL, {served.NOW}, {n}, 1"),
        ("draft_task (id, committee_id, intake_id, ord, no, group_no, title, lead, coordinating, deadline_text, output, state, needs_look, verified_by, verified_at, version)", f"{n}, {n}, {n}, 0, '1', NULL, '{w}', '{w}', '', 'Quý IV/2023', '', 'unseen', 0, NULL, NULL, 1"),
        ("document", f"{n}, {n}, 'KH', '9/KH-X', '2023-08-01', '{w}', '{w}', '{w}', NULL, NULL, NULL, {n}, '{w}', 1"),
        ("plan", f"{n}, {n}, {n}, '9/KH-X', '9/kh-x', '{w}', 2023, '2023-08-01', 1"),
        ("task_group", f"{n}, {n}, {n}, 1, 'I', '{w}'"),
        ("task", f"{n}, {n}, {n}, {n}, 1, '1', '{w}', 'ff', NULL, NULL, 'date', NULL, '2023-12-31', NULL, 0, 0, NULL, 1"),
        ("assignment", f"{n}, {n}, {n}, {n}, 'lead', '', '{w}', '2023-08-01', '9999-12-31', 1"),
        ("task_event", f"{n}, {n}, {n}, {n}, 'assigned', '2023-08-01', {served.NOW}, NULL, NULL, '{w}', NULL, NULL, NULL, NULL, 0, NULL"),
        ("event_file", f"{n}, {n}, {n}"),
        ("task_span", f"{n}, {n}, {n}, 0, 0, '2023-08-01', '9999-12-31', 10, '2023-12-31', '2023-12-31', 0, '2023-12-31', NULL, 0, NULL, '{w}', '2023-08-01000001', 0"),
        ("task_span", f"{n}, {n}, {n}, {n}, {n}, '2023-08-01', '9999-12-31', 10, '2023-12-31', '2023-12-31', 0, '2023-12-31', NULL, 0, NULL, '{w}', '2023-08-01000001', 0"),
        ("member", f"{n}, {n}, {n}, 1, '1', '{w}', NULL, {n}, '{w}', '{w}', '2023-08-01', '9999-12-31', 1"),
    ]
    store.run("".join(f"INSERT INTO {t} VALUES ({v});\n" for t, v in put))
    return paper


# ---- objects made anew for each call --------------------------------------------------------------------------------


class World:
    def __init__(self, server, paper):
        self.server, self.paper, self.count = server, paper, 0
        self.people = {r: server.person(r) for r in served.ROLES}
        self.people["nobody"] = server.person()
        s = self.people["standing"]
        self.agency = {a["name"]: a["id"] for a in s.get("/agencies.json").json()["agencies"]}
        tasks = s.get("/tasks.json").json()["tasks"]
        self.task_id = next(t["id"] for t in tasks if t["no"] == "13")
        page = s.get(f"/tasks/{next(t['id'] for t in tasks if t['no'] == '16')}")
        self.file_id = int(re.search(r"/files/(\d+)", page.text).group(1))
        self.document_id = s.get("/documents.json").json()["documents"][0]["id"]
        self.member_id = s.get("/members.json").json()["members"][0]["id"]
        self.intake_id = s.get("/intake.json").json()["intakes"][0]["id"]

    def done(self, who, path, fields, files=None):
        """An act that must succeed, as JSON; its id."""
        r = self.people[who].post(path, fields, files or (), {"Accept": "application/json"})
        if r.status != 200:
            raise Failed(f"to prepare: POST {path} as {who}: {r.status} {r.shown[:300]}")
        return r.json().get("id")

    def task(self, role="officer"):
        self.count += 1
        lead = AGENCY.get(role, AGENCY["officer"])
        return self.done("standing", "/plans/1/add", {"title": f"Việc {self.count}", "lead": lead, "deadline_text": "31/12/2023"})

    def lead(self, task):
        return self.people["standing"].get(f"/tasks/{task}.json").json()["assignments"][0]["id"]

    def handed_in(self, role):
        t = self.task(role)
        a = self.lead(t)
        self.done("standing", f"/tasks/{t}/hand-in", {"assignment_id": a, "note": "Xong"})
        return t, a

    def intake(self):
        self.count += 1
        data = served.fixture("ke-hoach-2653.txt") + b"\n" * self.count
        return self.done("standing", "/intake", {"not_secret": "1"}, {"file": ("a.txt", "text/plain", data)})

    def amending(self):
        self.count += 1
        text = (f"BAN CHỈ ĐẠO\nSố: {self.count}9/KH-BCĐ\nTây Ninh, ngày 20 tháng 9 năm 2023\nKẾ HOẠCH\nSửa đổi, bổ sung Kế hoạch số 2653/KH-BCĐ\n\n"
                f"TT\tNhiệm vụ\tCơ quan chủ trì\tThời gian\n1\tMở lớp học nghề số {self.count} ở huyện\tSở Nội vụ\tTháng 11/2023\n")
        return self.done("standing", "/intake", {"not_secret": "1", "text": text})

    def rows(self, intake):
        return self.people["standing"].get(f"/intake/{intake}.json").json()["rows"]

    def name(self):
        self.count += 1
        return f"Tên {self.count}"

    def sheet(self):
        return self.done("standing", "/sheets", {"not_secret": "1", "text": f"Nhiệm vụ\tĐơn vị chủ trì\tThời hạn\n{self.name()}\tSở Nội vụ\tQuý IV/2023\n"})

    def account(self):
        self.count += 1
        return self.done("admin", "/accounts/new", {"login": f"nguoi-{self.count}", "post": "Cán bộ", "role": "head"})

    def link(self):
        page = self.people["admin"].post(f"/accounts/{self.account()}/link")
        return re.search(r"/link/([0-9a-f]{64})", page.text).group(1)

    def version(self, task):
        return self.people["standing"].get(f"/tasks/{task}.json").json()["version"]


# ---- how each route is called: (path, fields, files, status when allowed) ---------------------------------------------
# c is called for each role and scope: c.own says whose objects; what it makes is used once.


class Call:
    def __init__(self, world, role, own, deny):
        self.w, self.role, self.own, self.deny = world, role, own, deny

    def pick(self, own, other=OTHER):
        """The id of an own object, made only when the call is not denied before anybody looks at it."""
        return other if not self.own else (own() if callable(own) else own)

    def one(self, base, own, more="", fields=None, status=200, files=None):
        return f"{base}/{self.pick(own)}{more}", fields, files, status

    def act(self, what, fields, status=303, handed=False):
        """An act on a lead assignment."""
        if not self.own:
            return f"/tasks/{OTHER}/{what}", {"assignment_id": OTHER, **fields}, None, status
        if self.deny:
            t, a = self.w.task_id, 1
        elif handed:
            t, a = self.w.handed_in(self.role)
        else:
            t = self.w.task(self.role)
            a = self.w.lead(t)
        return f"/tasks/{t}/{what}", {"assignment_id": a, **fields}, None, status

    def edit(self, what, fields):
        t = self.pick(lambda: self.w.task_id if self.deny else self.w.task())
        v = 1 if t == OTHER or self.deny else self.w.version(t)
        return f"/tasks/{t}/{what}", {"_v": v, **fields}, None, 303

    def resume(self):
        fields = {"doc_number": "2/CV", "doc_day": "30/9/2023", "reason": "Đã có vốn"}
        if self.own and not self.deny:
            t = self.w.task()
            self.w.done("standing", f"/tasks/{t}/suspend", {"_v": self.w.version(t), **fields})
            return f"/tasks/{t}/resume", {"_v": self.w.version(t), **fields}, None, 303
        return self.edit("resume", fields)

    def follow(self):
        free = self.w.agency["Hội Liên hiệp Phụ nữ tỉnh"]
        if self.own and not self.deny:
            self.drop_follows()
        return f"/members/{self.pick(self.w.member_id)}/follow", {"agency_id": free, "source": "1/TB"}, None, 303

    def committee_version(self):
        return self.w.people["standing"].get("/committee.json").json()["version"]

    def drop_follows(self):
        m = self.w.member_id
        for f in self.w.people["standing"].get(f"/members/{m}.json").json()["follows"]:
            if f["to"] is None:
                self.w.done("standing", f"/members/{m}/unfollow", {"follow_id": f["id"], "_v": f["version"]})

    def unfollow(self):
        if not self.own or self.deny:
            return f"/members/{self.pick(self.w.member_id)}/unfollow", {"follow_id": 1, "_v": 1}, None, 303
        path, fields, _, _ = self.follow()
        f = self.w.done("standing", path, fields)
        return f"/members/{self.w.member_id}/unfollow", {"follow_id": f, "_v": 1}, None, 303

    def fresh_intake(self):
        return OTHER if not self.own else self.w.intake_id if self.deny else self.w.intake()

    def intake_row(self):
        i = self.fresh_intake()
        row = OTHER if i == OTHER else 1 if self.deny else self.w.rows(i)[0]["id"]
        return f"/intake/{i}/rows/{row}", {"act": "accept", "_v": 1}, None, 303

    def intake_head(self):
        i = self.fresh_intake()
        return f"/intake/{i}/heads/1", {"act": "accept", "_v": 1 if self.own and not self.deny else 0}, None, 303

    def intake_paste(self):
        return f"/intake/{self.fresh_intake()}/rows", {"text": "Việc dán vào\tSở Tài chính"}, None, 303

    def intake_undo(self):
        i = self.fresh_intake()
        if self.own and not self.deny:
            self.w.done("standing", f"/intake/{i}/rows/{self.w.rows(i)[0]['id']}", {"act": "accept", "_v": 1})
        return f"/intake/{i}/undo", {}, None, 303

    def upload(self):
        self.w.count += 1
        data = served.fixture("ke-hoach-2653.txt") + b" \n" * self.w.count
        return "/intake", {"not_secret": "1"}, {"file": ("b.txt", "text/plain", data)}, 303

    def sheet_upload(self):
        return "/sheets", {"not_secret": "1", "text": f"Nhiệm vụ\tĐơn vị chủ trì\tThời hạn\n{self.w.name()}\tSở Nội vụ\tQuý IV/2023\n"}, None, 303

    def fresh_sheet(self):
        return OTHER if not self.own else 1 if self.deny else self.w.sheet()

    def sheet_undo(self):
        s = self.fresh_sheet()
        if self.own and not self.deny:
            self.w.done("standing", f"/sheets/{s}/import", {"plan_id": 1, "_v": 1})
        return f"/sheets/{s}/undo", {"_v": 2}, None, 303

    def fresh_amend(self):
        """A paper that changes the plan of the demonstration, with one task more."""
        return OTHER if not self.own else self.w.intake_id if self.deny else self.w.amending()

    def amend_decide(self):
        i = self.fresh_amend()
        fields = {"plan_id": 1, "name": "added:1", "accept": "yes", "_v": 1}
        if self.own and not self.deny:
            change = self.w.people["standing"].get(f"/intake/{i}/amend.json?plan=1").json()["changes"][0]
            fields.update(name=change["name"], _v=change["version"])
        return f"/intake/{i}/amend", fields, None, 303

    def amend_close(self):
        i = self.fresh_amend()
        if self.own and not self.deny:
            change = self.w.people["standing"].get(f"/intake/{i}/amend.json?plan=1").json()["changes"][0]
            self.w.done("standing", f"/intake/{i}/amend", {"plan_id": 1, "name": change["name"], "accept": "no", "_v": change["version"]})
        return f"/intake/{i}/amend/close", {"plan_id": 1, "_v": 1}, None, 303

    def join(self):
        i = self.fresh_intake()
        other = OTHER if not self.own else 1 if self.deny else self.w.intake()
        return f"/intake/{i}/join", {"other_id": other, "kind": "signed", "_v": 1}, None, 303

    def unjoin(self):
        i, part = self.fresh_intake(), 1
        if self.own and not self.deny:
            self.w.done("standing", f"/intake/{i}/join", {"other_id": self.w.intake(), "kind": "signed", "_v": 1})
            part = self.w.people["standing"].get(f"/intake/{i}/join.json").json()["parts"][-1]["id"]
        return f"/intake/{i}/join/undo", {"part_id": part, "_v": 1}, None, 303

    def withdraw(self, fields=None, status=200):
        """What the role itself told of a task of its own."""
        t = self.pick(self.w.task_id)
        event = OTHER if not self.own else 1
        if self.own and not self.deny:
            t = self.w.task(self.role)
            event = self.w.done(self.role, f"/tasks/{t}/update", {"assignment_id": self.w.lead(t), "percent": 5})
        return f"/tasks/{t}/events/{event}/withdraw", fields, None, status

    def take_back(self):
        a = self.pick(self.w.agency["Sở Tài chính"])
        alias = 1
        if self.own and not self.deny:
            self.w.done("standing", f"/agencies/{a}/aliases", {"alias": self.w.name()})
            alias = self.w.people["standing"].get(f"/agencies/{a}.json").json()["aliases"][-1]["id"]
        return f"/agencies/{a}/aliases/{alias}/take-back", {"_v": 1}, None, 303

    def new_account(self):
        self.w.count += 1
        return "/accounts/new", {"login": f"ai-{self.w.count}", "post": "Ai đó", "role": "head"}, None, 200

    def token(self):
        return f"/link/{self.w.link() if self.own else '0' * 64}"


CALLS = {
    "home": lambda c: ("/", None, None, 200),
    "board": lambda c: ("/board", None, None, 200),
    "plan": lambda c: c.one("/plans", 1),
    "report": lambda c: c.one("/plans", 1, "/report"),
    "report_keep": lambda c: c.one("/plans", 1, "/report", {"note": "Kỳ 9 tháng"}, 303),
    "kept_report": lambda c: c.one("/reports", lambda: c.w.done("standing", "/plans/1/report", {"note": "x"})),
    "task_add_form": lambda c: c.one("/plans", 1, "/add"),
    "task_add": lambda c: c.one("/plans", 1, "/add", {"title": "Việc thêm", "lead": "Sở Nội vụ"}, 303),
    "reports": lambda c: ("/reports", None, None, 200),
    "openapi": lambda c: ("/openapi", None, None, 200),
    "task_list": lambda c: ("/tasks", None, None, 200),
    "task_export": lambda c: ("/tasks/export", None, None, 200),
    "task": lambda c: c.one("/tasks", c.w.task_id),
    "update_form": lambda c: c.one("/tasks", c.w.task_id, "/update"),
    "update": lambda c: c.act("update", {"percent": 10}),
    "receive": lambda c: (c.act("receive", {})[0], {}, None, 303),
    "hand_in_form": lambda c: c.one("/tasks", c.w.task_id, "/hand-in"),
    "hand_in": lambda c: c.act("hand-in", {"note": "Xong"}),
    "withdraw_form": lambda c: c.withdraw(),
    "withdraw": lambda c: c.withdraw({"reason": "Gửi nhầm"}, 303),
    "confirm_form": lambda c: c.one("/tasks", c.w.task_id, "/confirm"),
    "confirm": lambda c: c.act("confirm", {"note": "Đủ"}, handed=True),
    "hand_back": lambda c: c.act("hand-back", {"note": "Thiếu"}, handed=True),
    "correct_form": lambda c: c.one("/tasks", c.w.task_id, "/correct"),
    "correct": lambda c: c.edit("correct", {"what": "title", "value": "Tên mới", "reason": "Gọn hơn"}),
    "suspend_form": lambda c: c.one("/tasks", c.w.task_id, "/suspend"),
    "suspend": lambda c: c.edit("suspend", {"doc_number": "1/CV", "doc_day": "30/9/2023", "reason": "Chờ vốn"}),
    "resume_form": lambda c: c.one("/tasks", c.w.task_id, "/resume"),
    "resume": lambda c: c.resume(),
    "discontinue_form": lambda c: c.one("/tasks", c.w.task_id, "/discontinue"),
    "discontinue": lambda c: c.edit("discontinue", {"doc_number": "1/QĐ", "doc_day": "30/9/2023", "reason": "Trùng"}),
    "confirm_list": lambda c: ("/confirm", None, None, 200),
    "file": lambda c: c.one("/files", c.w.file_id),
    "document_list": lambda c: ("/documents", None, None, 200),
    "document": lambda c: c.one("/documents", c.w.document_id),
    "intake_list": lambda c: ("/intake", None, None, 200),
    "intake_upload": lambda c: c.upload(),
    "intake": lambda c: c.one("/intake", c.w.intake_id),
    "intake_row": lambda c: c.intake_row(),
    "intake_reading": lambda c: ("/intake/reading.json?key=x", None, None, 200),
    "intake_stop": lambda c: ("/intake/reading", {"reading": "khong-co"}, None, 404),
    "intake_page": lambda c: c.one("/intake", c.w.intake_id, "/page/1", status=404),
    "intake_paste": lambda c: c.intake_paste(),
    "intake_undo": lambda c: c.intake_undo(),
    "intake_confirm_form": lambda c: (f"/intake/{c.fresh_intake()}/confirm", None, None, 200),
    "intake_confirm": lambda c: (f"/intake/{c.fresh_intake()}/confirm", {"accept_unseen": "1", "_v": 1}, None, 303),
    "intake_drop": lambda c: (f"/intake/{c.fresh_intake()}/drop", {"_v": 1}, None, 303),
    "sheet_list": lambda c: ("/sheets", None, None, 200),
    "sheet_upload": lambda c: c.sheet_upload(),
    "sheet": lambda c: c.one("/sheets", c.fresh_sheet),
    "sheet_failed": lambda c: c.one("/sheets", c.fresh_sheet, "/failed"),
    "sheet_map": lambda c: c.one("/sheets", c.fresh_sheet, "/map", {"c0": "title", "c1": "lead", "c2": "deadline", "_v": 1}, 303),
    "sheet_import": lambda c: c.one("/sheets", c.fresh_sheet, "/import", {"plan_id": 1, "_v": 1}, 303),
    "sheet_undo": lambda c: c.sheet_undo(),
    "sheet_drop": lambda c: c.one("/sheets", c.fresh_sheet, "/drop", {"_v": 1}, 303),
    "amend": lambda c: c.one("/intake", c.fresh_amend, "/amend"),
    "amend_decide": lambda c: c.amend_decide(),
    "amend_close": lambda c: c.amend_close(),
    "join": lambda c: c.one("/intake", c.w.intake_id, "/join"),
    "join_do": lambda c: c.join(),
    "join_undo": lambda c: c.unjoin(),
    "intake_head": lambda c: c.intake_head(),
    "alias_add": lambda c: c.one("/agencies", c.w.agency["Sở Tài chính"], "/aliases", {"alias": c.w.name()}, 303),
    "alias_take_back": lambda c: c.take_back(),
    "agency_list": lambda c: ("/agencies", None, None, 200),
    "agency": lambda c: c.one("/agencies", c.w.agency["Sở Tài chính"]),
    "member_list": lambda c: ("/members", None, None, 200),
    "member": lambda c: c.one("/members", c.w.member_id),
    "member_follow": lambda c: c.follow(),
    "member_unfollow": lambda c: c.unfollow(),
    "account_list": lambda c: ("/accounts", None, None, 200),
    "account_form": lambda c: ("/accounts/new", None, None, 200),
    "account_new": lambda c: c.new_account(),
    "account_state": lambda c: c.one("/accounts", c.w.account, "/state", {"state": "disabled", "_v": 1}, 303),
    "account_link": lambda c: c.one("/accounts", c.w.account, "/link", {}, 200),
    "committee": lambda c: ("/committee", None, None, 200),
    "committee_edit": lambda c: ("/committee", {"name": "Ban thử", "short_name": "Ban thử", "parent_name": "UBND TỈNH", "head_name": "BAN THỬ",
                                                "place": "Tây Ninh", "_v": c.committee_version()}, None, 303),
    "committee_rule": lambda c: ("/committee/rules", {"rule": "silent_days", "value": "45", "source": "1/QĐ", "_v": c.committee_version()}, None, 303),
    "committee_units": lambda c: ("/committee/units", {"level": "district", "names": "Huyện Thử", "from": "1/1/2020", "paper": "1/NQ"}, None, 303),
    "audit_list": lambda c: ("/audit", None, None, 200),
    "healthz": lambda c: ("/healthz", None, None, 200),
    "metrics": lambda c: ("/metrics", None, None, 200),
    "setup": lambda c: ("/setup", None, None, 200),
    "signin_form": lambda c: ("/sign-in", None, None, 200 if c.role == "nobody" else 303),
    "signin": lambda c: ("/sign-in", {"login": f"khong-co-{c.role}", "password": "sai-mat-khau"}, None, 401),
    "link_form": lambda c: (c.token(), None, None, 200),
    "link_use": lambda c: (c.token(), {"new_password": "Cánh đồng mùa nước nổi"}, None, 303),
    "password_form": lambda c: ("/password", None, None, 200),
    "password": lambda c: ("/password", {"old_password": "sai", "new_password": "Cánh đồng mùa nước",
                                         "new_again": "khác"}, None, 422),
    "signout": lambda c: ("/sign-out", {}, None, 303),
    "language": lambda c: ("/language", {}, None, 303),
}
SCOPED = re.compile(r":id|:token")


class Matrix:
    def __init__(self, world):
        self.w, self.passed, self.failed, self.cells = world, 0, 0, 0

    def say(self, good, words):
        if good:
            self.passed += 1
        else:
            self.failed += 1
            print("FAILED " + words, flush=True)

    def send(self, role, method, path, fields, files, headers):
        who = self.w.people[role]
        if method == "GET":
            return who.send("GET", path, headers=headers)
        if path.startswith("/link/"):  # signs in: with a jar of its own
            mine = self.w.server.person()
            mine.cookies, mine.csrf = dict(who.cookies), who.csrf
            who = mine
        if role == "nobody":
            fields = {"_csrf": "0" * 64, **fields}
        return who.post(path, fields, files or (), headers)

    def cell(self, route, role, own, out):
        method, _, name, cap, outs = route
        self.cells += 1
        allowed = cap in RIGHTS[role]
        path, fields, files, good = CALLS[name](Call(self.w, role, own, not allowed))
        headers, as_json = {}, out == "JSON"
        if method == "GET" and out in SUFFIX:
            path += SUFFIX[out]
        elif as_json:
            headers["Accept"] = "application/json"
        r = self.send(role, method, path, fields or {}, files, headers)
        if not allowed:
            want = 403
            if role == "nobody":
                want = 303 if method == "GET" and out in ("HTML", "FILE") else 401
        elif not own:
            want = 404
        else:
            want = 200 if method == "POST" and as_json and good == 303 else good
        words = f"{method} {path} ({name}) as {role}, {'own' if own else 'other committee'}, {out}: "
        good = r.status == want
        if good and want == 303 and not allowed:
            good = r.headers.get("location", "").startswith("/sign-in")
        if good and want == 200:
            good = KIND[out] in r.kind
        self.say(good, words + f"{r.status} {r.headers.get('location', '')} {r.kind}, want {want}: {r.shown[:160]}")
        if CANARY in r.text and name not in ("signin",):
            self.say(False, words + "words of the other committee are in the answer")
        if r.status >= 500:
            self.say(False, words + f"a fault of the server: {r.status}")
        if "content-security-policy" not in r.headers or r.headers.get("x-content-type-options") != "nosniff":
            self.say(False, words + "the answer lacks its locks")

    def route(self, route):
        method, path, name, cap, outs = route
        if name not in CALLS:
            self.say(False, f"{method} {path}: no line in CALLS says how to call {name}")
            return
        if not (method == "POST" and "JSON" not in outs):
            outs = outs if method == "GET" else ["HTML", "JSON"]
        for role in RIGHTS:
            for own in (True, False) if SCOPED.search(path) else (True,):
                for out in outs:
                    try:
                        self.cell(route, role, own, out)
                    except Failed as e:
                        self.say(False, f"{method} {path} as {role}: {e}")
                    except Exception:
                        self.say(False, f"{method} {path} as {role}: {traceback.format_exc()}")

    def swaps(self):
        """Numbers of the other committee inside otherwise good requests: never another answer than for a number nobody has."""
        s, t = self.w.people["standing"], self.w.task()
        a, free = self.w.lead(t), 777777
        for path, field, more in [
                (f"/tasks/{t}/update", "assignment_id", {"percent": 5}), (f"/tasks/{t}/hand-in", "assignment_id", {"note": "x"}),
                (f"/tasks/{t}/confirm", "assignment_id", {"note": "x"}), (f"/tasks/{t}/hand-back", "assignment_id", {"note": "x"}),
                ("/plans/1/add", "group_id", {"title": "Việc", "lead": "Sở Nội vụ"})]:
            got = [s.post(path, {field: n, **more}).status for n in (OTHER, free)]
            self.say(got[0] == got[1] and got[0] in (404, 409, 422), f"POST {path} with {field} of another committee: {got[0]}, of nobody: {got[1]}")
        for path, field, more in [(f"/tasks/{OTHER}/update", "assignment_id", {"percent": 5}),
                                  (f"/tasks/{OTHER}/hand-in", "assignment_id", {"note": "x"})]:
            r = s.post(path, {field: a, **more})
            self.say(r.status == 404, f"POST {path} with an own {field}: {r.status}, want 404")
        i = self.w.intake()
        r = s.post(f"/intake/{i}/rows/{OTHER}", {"act": "accept", "_v": 1})
        self.say(r.status == 404, f"POST /intake/{i}/rows/{OTHER}: {r.status}, want 404")
        row = self.w.rows(i)[0]["id"]
        r = s.post(f"/intake/{OTHER}/rows/{row}", {"act": "accept", "_v": 1})
        self.say(r.status == 404, f"POST /intake/{OTHER}/rows/{row}: {r.status}, want 404")
        for path in (f"/tasks.json?plan={OTHER}", f"/tasks.json?agency={OTHER}", f"/tasks.json?group={OTHER}"):
            r = s.get(path)
            self.say(r.status == 200 and r.json()["tasks"] == [], f"GET {path}: {r.status} {r.text[:120]}")
        r = s.post("/intake", {"not_secret": "1"}, {"file": ("c.txt", "text/plain", self.w.paper)}, {"Accept": "application/json"})
        self.say(r.status == 200 and r.json().get("done") == "read", f"a paper that only another committee has: {r.status} {r.text[:160]}")
        adm = self.w.people["admin"]
        got = [adm.post("/accounts/new", {"login": f"nguoi-la-{n}", "post": "x", "role": "officer", "agency_id": n}).status for n in (OTHER, free)]
        self.say(got[0] == got[1] and got[0] in (404, 422), f"an account for an agency of another committee: {got}")
        o = self.w.people["officer"]
        t = self.w.task("standing")
        for what, more in (("update", {"percent": 9}), ("hand-in", {"note": "x"})):
            r = o.post(f"/tasks/{t}/{what}", {"assignment_id": self.w.lead(t), **more})
            self.say(r.status == 403, f"POST /tasks/{t}/{what} by the officer of another agency: {r.status}, want 403")
        r = o.post(f"/tasks/{t}/receive", {})
        self.say(r.status in (403, 409), f"POST /tasks/{t}/receive by the officer of another agency: {r.status}")


def run(prog, make, only):
    store = made = served.make_demo(prog, make())
    paper = other_committee(store)
    server = served.Server(prog, store)
    try:
        m = Matrix(World(server, paper))
        before = store.rows("SELECT count(*) FROM task_event WHERE committee_id = %d" % OTHER)
        rows = routes()
        for route in [r for r in rows if r[2] != "signout"] + [r for r in rows if r[2] == "signout"]:
            if route[2] == "signout" and not only:
                m.swaps()
            if not only or route[2] in only:
                m.route(route)
                if server.died():
                    raise Failed(f"the server died after {route[0]} {route[1]}: {server.words()}")
        m.say(before == store.rows("SELECT count(*) FROM task_event WHERE committee_id = %d" % OTHER), "the other committee got events")
        if not only:
            unknown = set(CALLS) - {r[2] for r in rows}
            m.say(not unknown, f"CALLS knows what routes.h does not: {unknown}")
        print(f"{store.name}: {len(rows)} routes, {m.cells} cells")
        return m.passed, m.failed
    finally:
        server.stop()
        made.drop()


def main():
    only = set(sys.argv[2:])
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="dondoc-matrix-") as top:
        for make in served.stores(top):
            try:
                p, f = run(served.program(sys.argv[1:2]), make, only)
            except Failed as e:
                p, f = 0, 1
                print(f"FAILED {e}")
            passed, failed = passed + p, failed + f
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())

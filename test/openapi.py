#!/usr/bin/python3
"""The description of the API against the program: what it says of an answer must be what the program answers.

    openapi.py PROGRAM            checks; ends with `N passed, N failed`
    openapi.py PROGRAM --update   writes the shapes of answers and one example each into src/web/api.json; read the diff
    openapi.py PROGRAM --write F  leaves the description in F, for a linter

Every answer is held against its schema, which knows each property and allows no other. jsonschema is Debian's.
"""
import json
import os
import re
import sys
import tempfile

import jsonschema

import served
from matrix import routes

API = os.path.join(served.HERE, "..", "src", "web", "api.json")
DAYS = ["2023-08-25", "2023-09-30", "2023-12-31", "2024-03-01"]
# A record that many answers carry is described once: its name, and properties that tell it.
SHAPES = {"task_line": {"id", "no", "title", "leads", "deadline_kind", "state_text"}}
MACHINE = {"setup"}  # tells about the machine it runs on: no example of it
NULLABLE = {"last_run", "last_result", "standing_agency"}  # before a job's first run, a committee's first plan
WORDS = {"state", "kind", "role", "deadline_kind"}  # few values in any installation, but more than the demonstration shows


# ---- what the program answers ---------------------------------------------------------------------------------------


def people(server):
    return {r: server.person(r) for r in served.ROLES}


def acts(p):
    """Some acts, so that records have all their parts; gives the answers of changes as (route, answer)."""
    out = []

    def post(who, route, path, body, files=()):
        r = p[who].post(path, body, files, {"Accept": "application/json"})
        out.append((route, r.status, r.json()))
        return r.json()

    new = post("standing", "task_add", "/plans/1/add", {"title": "Việc thử", "lead": "Liên minh HTX tỉnh", "deadline_text": "31/12/2023"})
    t = new["id"]
    lead = p["standing"].get(f"/tasks/{t}.json").json()["assignments"][0]["id"]
    post("officer", "update", f"/tasks/{t}/update", {"assignment_id": lead, "percent": 40, "note": "Đang làm"},
         {"file": ("a.txt", "text/plain", b"bien ban")})
    post("officer", "hand_in", f"/tasks/{t}/hand-in", {"assignment_id": lead, "note": "Xong", "doc_number": "12/BC-LM"})
    post("standing", "hand_back", f"/tasks/{t}/hand-back", {"assignment_id": lead, "note": "Thiếu biên bản"})
    post("officer", "update", f"/tasks/{t}/update", {"assignment_id": lead, "percent": 400})
    wrong = post("officer", "update", f"/tasks/{t}/update", {"assignment_id": lead, "percent": 95, "note": "Gửi nhầm"})["id"]
    post("officer", "withdraw", f"/tasks/{t}/events/{wrong}/withdraw", {"reason": "Gửi nhầm nhiệm vụ"})
    version = p["standing"].get("/committee.json").json()["version"]
    post("standing", "committee_rule", "/committee/rules", {"rule": "silent_days", "value": "20", "source": "12/QC-BCĐ", "_v": version})
    post("standing", "report_keep", "/plans/1/report", {"by": "committee", "note": "Quý III"})
    post("standing", "intake_upload", "/intake", {"not_secret": "1"},
         {"file": ("b.txt", "text/plain", served.fixture("ke-hoach-2653.txt") + b"\n")})
    post("standing", "intake_upload", "/intake", {"not_secret": "1", "text": "BAN CHỈ ĐẠO\nSố: 99/KH-BCĐ\nTây Ninh, ngày 20 tháng 9 năm 2023\n"
         "KẾ HOẠCH\nSửa đổi, bổ sung Kế hoạch số 2653/KH-BCĐ\n\nTT\tNhiệm vụ\tCơ quan chủ trì\tThời gian\n"
         "1\tMở lớp học nghề ở huyện\tSở Nội vụ\tTháng 11/2023\n2\tMở chợ phiên ở xã\tSở Công Thương\tTháng 12/2023\n"})
    change = p["standing"].get("/intake/3/amend.json").json()["changes"][0]
    post("standing", "amend_decide", "/intake/3/amend", {"plan_id": 1, "name": change["name"], "accept": "no", "_v": change["version"]})
    copy = post("standing", "intake_upload", "/intake", {"not_secret": "1"},
                {"file": ("c.txt", "text/plain", served.fixture("ke-hoach-2653.txt") + b"\n\n")})["id"]
    post("standing", "join_do", "/intake/2/join", {"other_id": copy, "kind": "signed", "_v": 1})
    post("standing", "sheet_upload", "/sheets", {"not_secret": "1", "text": "TT\tNhiệm vụ\tĐơn vị chủ trì\tThời hạn\n"
         "1\tViệc một\tSở Nội vụ\tQuý IV/2023\n2\t\tSở Y tế\t32/13/2023\n"})
    post("standing", "alias_add", "/agencies/1/aliases", {"alias": "Tên gọi khác"})
    return out


def addresses(p):
    """(route, who, address) of everything that answers JSON to a reader."""
    ids = {"plan": [1], "document": range(1, 5), "agency": range(1, 6), "task": range(1, 23), "intake": [1, 2], "amend": [1, 3], "join": [1, 2], "sheet": [1], "member": [1, 2, 5]}
    for method, path, name, cap, outs in routes():
        if method != "GET" or "JSON" not in outs or name == "openapi":
            continue
        who = {"ACCOUNTS": "admin", "AUDIT_READ": "admin", "INTAKE": "standing", "SETUP": "admin"}.get(cap, "standing")
        for day in DAYS:
            for i in ids.get(name, [1]) if ":id" in path else [0]:
                yield name, who, path.replace(":id", str(i)), day
            if name in ("home", "task_list"):
                for other in ("officer", "head"):
                    yield name, other, path, day


def collect(program):
    with tempfile.TemporaryDirectory() as top:
        server = served.Server(program, served.make_demo(program, served.Sqlite(top)))
        try:
            p = people(server)
            changed, got = acts(p), {}
            for name, who, path, day in addresses(p):
                r = p[who].get(f"{path}?as-of={day}", Accept="application/json")
                if r.status != 200:
                    got.setdefault("fault", []).append(r.json())
                    if r.status not in (404, 403):
                        raise SystemExit(f"GET {path} as {who}: {r.status}")
                    continue
                got.setdefault(name, []).append(r.json())
            for _, status, answer in changed:
                got.setdefault("done" if status == 200 else "fault", []).append(answer)
            return p["standing"].get("/openapi.json").json(), got, p["standing"].get("/openapi").status
        finally:
            server.stop()


# ---- shapes ---------------------------------------------------------------------------------------------------------


def shape(values, names, shared, key=""):
    out, kinds = {}, []
    for v in values:
        k = {type(None): "null", bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}[type(v)]
        if k not in kinds:
            kinds.append(k)
    if "number" in kinds and "integer" in kinds:
        kinds.remove("integer")
    if key in NULLABLE and "null" not in kinds:
        kinds.append("null")
    kinds.sort(key=lambda k: k == "null")
    texts = [v for v in values if isinstance(v, str)]
    if "object" in kinds:
        objects = [v for v in values if isinstance(v, dict)]
        for name, tell in SHAPES.items():
            if tell <= set(objects[0]):
                shared.setdefault(name, []).extend(objects)
                return {"$ref": f"#/components/schemas/{name}"}
        keys = list(dict.fromkeys(k for o in objects for k in o))
        out["properties"] = {k: shape([o[k] for o in objects if k in o], names, shared, k) for k in keys}
        out["required"] = [k for k in keys if all(k in o for o in objects)]
        out["additionalProperties"] = False
    if "array" in kinds:
        items = [x for v in values if isinstance(v, list) for x in v]
        out["items"] = shape(items, names, shared) if items else {}
    if texts and all(re.fullmatch(r"\d{4}-\d\d-\d\d", t) for t in texts):
        out["format"] = "date"
    head = {"type": kinds[0] if len(kinds) == 1 else kinds} if kinds else {}
    said = {"description": names[key]} if key in names else {}
    return {**head, **said, **out}


def short(v):
    """An example: the first two of each list."""
    if isinstance(v, list):
        return [short(x) for x in v[:2]]
    if isinstance(v, dict):
        return {k: "0" * 64 if k == "csrf" else short(x) for k, x in v.items()}
    return v


def update(api, got):
    shared, schemas = {}, {}
    for name in sorted(got):
        schemas[name] = shape(got[name], api["names"], shared)
        if name in MACHINE:
            continue
        schemas[name]["examples"] = [short(max(got[name], key=lambda v: len(json.dumps(v))))]
    for name, values in shared.items():
        tell = SHAPES.pop(name)
        schemas[name] = shape(values, api["names"], {})
        SHAPES[name] = tell
    api["schemas"] = {**{k: schemas[k] for k in sorted(schemas)}, "openapi": {"type": "object", "description": "Bản mô tả OpenAPI 3.1 này."}}
    with open(API, "w", encoding="utf-8") as f:
        json.dump(api, f, ensure_ascii=False, indent=1)
        f.write("\n")


# ---- checks ---------------------------------------------------------------------------------------------------------


def faults(doc, got, api):
    """Yields (what, fault or None)."""
    schemas = doc["components"]["schemas"]

    def against(name, value):
        whole = {"$ref": f"#/components/schemas/{name}", "components": doc["components"]}
        error = jsonschema.exceptions.best_match(jsonschema.Draft202012Validator(whole).iter_errors(value))
        return error and f"{'/'.join(map(str, error.path))}: {error.message[:200]}"

    for name, values in sorted(got.items()):
        yield f"{name} has a schema", None if name in schemas else "none; run --update"
        if name in schemas:
            yield f"{len(values)} answers of {name}", next((e for e in (against(name, v) for v in values) if e), None)
    for name, s in schemas.items():
        for example in s.get("examples", []):
            yield f"the example of {name}", against(name, example)
    for name, s in schemas.items():
        try:
            jsonschema.Draft202012Validator.check_schema(s)
            yield f"the schema of {name}", None
        except jsonschema.SchemaError as e:
            yield f"the schema of {name}", str(e)[:200]
    operations = [o for item in doc["paths"].values() for o in item.values()]
    ids = [o["operationId"] for o in operations]
    yield "each operation has its own name", None if len(set(ids)) == len(ids) else "a name twice"
    for method, path, name, cap, outs in routes():
        o = next((o for o in operations if o["operationId"].split("_csv")[0].split("_xlsx")[0] in (name, )), None)
        yield f"{method} {path} is described", None if o and o["summary"] else "no operation, or no summary in api.json"
        if o and "JSON" in outs and method == "GET":
            yield f"{path} has a shape", None if name in schemas else "no schema"
    unused = set(api["routes"]) - {r[2] for r in routes()}
    yield "no words for routes that are gone", ", ".join(sorted(unused)) or None


def main():
    program = served.program(sys.argv[1:2])
    with open(API, encoding="utf-8") as f:
        api = json.load(f)
    doc, got, page = collect(program)
    if "--update" in sys.argv:
        update(api, got)
        print(f"{len(got)} shapes written to src/web/api.json; build, and read the difference")
        return 0
    if "--write" in sys.argv:
        with open(sys.argv[sys.argv.index("--write") + 1], "w", encoding="utf-8") as f:
            json.dump(doc, f, ensure_ascii=False, indent=1)
        return 0
    passed = failed = 0
    for what, fault in [("the page of the addresses", None if page == 200 else page), *faults(doc, got, api)]:
        passed, failed = passed + (fault is None), failed + (fault is not None)
        if fault is not None:
            print(f"FAILED {what}: {fault}")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())

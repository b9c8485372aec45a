#!/usr/bin/python3
"""Reads what dondoc wrote, by other means than dondoc's own: zipfile and xml.etree for DOCX and XLSX, icalendar for ICS.

    readback.py docx|xlsx|ics FILE      prints JSON

docx: {"paragraphs": [text], "tables": [[[cell text]]], "sections": [{"landscape", "start"}]}; merged cells once,
      paragraphs of a cell and line breaks joined with a newline.
xlsx: {"sheets": [{"name", "rows": [[value]]}]}; days as ISO text, percents as whole numbers, empty cells null.
ics:  {"name", "events": [{"uid", "day", "end", "summary", "description", "categories", "status"}]}; end is exclusive.
"""
import datetime
import json
import re
import sys
import xml.etree.ElementTree as ET
import zipfile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def para_text(p):
    out = []
    for node in p.iter():
        if node.tag == W + "t":
            out.append(node.text or "")
        elif node.tag == W + "br":
            out.append("\n")
        elif node.tag == W + "tab" and node.get(W + "val") is None:
            out.append("\t")
    return "".join(out)


def cell_text(tc):
    return "\n".join(para_text(p) for p in tc.iter(W + "p"))


def read_docx(path):
    with zipfile.ZipFile(path) as z:
        body = ET.fromstring(z.read("word/document.xml")).find(W + "body")
    tables = [[[cell_text(tc) for tc in tr.findall(W + "tc")] for tr in tbl.findall(W + "tr")]
              for tbl in body.findall(W + "tbl")]
    sections = []
    for sect in body.iter(W + "sectPr"):
        start = sect.find(W + "pgNumType")
        sections.append({"landscape": sect.find(W + "pgSz").get(W + "orient") == "landscape",
                         "start": None if start is None else int(start.get(W + "start"))})
    return {"paragraphs": [para_text(p) for p in body.findall(W + "p")], "tables": tables, "sections": sections}


def unescape(text):
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m.group(1), 16)), text)


def formats(z):
    """The number format of each cell style."""
    root = ET.fromstring(z.read("xl/styles.xml"))
    codes = {int(f.get("numFmtId")): f.get("formatCode") for f in root.iter(M + "numFmt")}
    return [codes.get(int(xf.get("numFmtId")), "") for xf in root.find(M + "cellXfs")]


def column(ref):
    n = 0
    for c in re.match("[A-Z]+", ref).group():
        n = n * 26 + ord(c) - 64
    return n - 1


def value(c, codes, shared):
    if c.find(M + "f") is not None:
        raise ValueError("a formula in " + c.get("r"))
    if c.get("t") == "inlineStr":
        return unescape("".join(t.text or "" for t in c.iter(M + "t")))
    v = c.find(M + "v")
    if v is None:
        return None
    if c.get("t") == "s":
        return shared[int(v.text)]
    number = float(v.text)
    code = codes[int(c.get("s", "0"))]
    if "yy" in code:
        return (datetime.date(1899, 12, 30) + datetime.timedelta(days=int(number))).isoformat()
    if "%" in code:
        return round(number * 100)
    return int(number) if number == int(number) else number


def read_sheet(root, codes, shared):
    rows = []
    for row in root.iter(M + "row"):
        while len(rows) < int(row.get("r")):
            rows.append([])
        for c in row:
            at = column(c.get("r"))
            rows[-1] += [None] * (at + 1 - len(rows[-1]))
            rows[-1][at] = value(c, codes, shared)
    return rows


def read_xlsx(path):
    with zipfile.ZipFile(path) as z:
        codes = formats(z)
        shared = []
        if "xl/sharedStrings.xml" in z.namelist():
            shared = [unescape("".join(t.text or "" for t in si.iter(M + "t")))
                      for si in ET.fromstring(z.read("xl/sharedStrings.xml"))]
        rels = {r.get("Id"): r.get("Target") for r in ET.fromstring(z.read("xl/_rels/workbook.xml.rels"))}
        sheets = []
        for s in ET.fromstring(z.read("xl/workbook.xml")).iter(M + "sheet"):
            root = ET.fromstring(z.read("xl/" + rels[s.get(R + "id")]))
            sheets.append({"name": s.get("name"), "rows": read_sheet(root, codes, shared)})
    return {"sheets": sheets}


def read_ics(path):
    import icalendar
    with open(path, "rb") as f:
        cal = icalendar.Calendar.from_ical(f.read())
    events = []
    for e in cal.walk("VEVENT"):
        cats = e.get("CATEGORIES")
        events.append({
            "uid": str(e["UID"]), "day": e["DTSTART"].dt.isoformat(),
            "end": e["DTEND"].dt.isoformat() if "DTEND" in e else None, "summary": str(e.get("SUMMARY", "")),
            "description": str(e.get("DESCRIPTION", "")), "categories": [str(c) for c in cats.cats] if cats else [],
            "status": str(e.get("STATUS", ""))})
    return {"name": str(cal.get("X-WR-CALNAME", "")), "events": events}


READERS = {"docx": read_docx, "xlsx": read_xlsx, "ics": read_ics}

if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in READERS:
        sys.exit(__doc__)
    json.dump(READERS[sys.argv[1]](sys.argv[2]), sys.stdout, ensure_ascii=False, indent=1)
    print()

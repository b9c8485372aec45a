#!/usr/bin/python3
"""Papers of Word 97-2003 written byte by byte after MS-DOC and MS-CFB, for tests: nothing of what is tested made them.

Word() takes paragraphs (para, cells, row) into its parts: text, notes, heads, boxes; streams() gives the streams, whole() the
file, as ole() packs them. make_word.py FOLDER writes the samples."""
import os
import struct
import sys

SECTOR = 512
TEXT_AT = 0x400
PARTS = ("text", "notes", "heads", "boxes")


def u16(*v):
    return struct.pack("<%dH" % len(v), *[n & 0xFFFF for n in v])


def u32(*v):
    return struct.pack("<%dI" % len(v), *[n & 0xFFFFFFFF for n in v])


def ole(streams):
    """{name: bytes} as an OLE2 file; all streams in sectors of 512 bytes."""
    names = list(streams)
    padded = [streams[n].ljust(max(4096, -(-len(streams[n]) // SECTOR) * SECTOR), b"\0") for n in names]
    entries = -(-(len(names) + 1) * 128 // SECTOR)
    data = sum(len(p) // SECTOR for p in padded)
    fats = 1
    while fats * SECTOR // 4 < fats + entries + data:
        fats += 1
    fat, at, starts = [0xFFFFFFFD] * fats, fats, []
    for n in [entries] + [len(p) // SECTOR for p in padded]:
        starts.append(at)
        fat += list(range(at + 1, at + n)) + [0xFFFFFFFE]
        at += n
    fat += [0xFFFFFFFF] * (fats * SECTOR // 4 - len(fat))

    def entry(name, kind, right, child, start, size):
        raw = name.encode("utf-16-le")
        return (raw.ljust(64, b"\0") + u16(len(raw) + 2) + bytes([kind, 1]) + u32(0xFFFFFFFF, right, child) + bytes(36) +
                u32(start, size, 0))

    none = 0xFFFFFFFF
    folder = entry("Root Entry", 5, none, 1 if names else none, 0xFFFFFFFE, 0)
    for i, n in enumerate(names):
        folder += entry(n, 2, i + 2 if i + 1 < len(names) else none, none, starts[i + 1], len(padded[i]))
    head = (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(16) + u16(0x3E, 3, 0xFFFE, 9, 6) + bytes(6) +
            u32(0, fats, starts[0], 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + u32(*range(fats)))
    return head.ljust(SECTOR, b"\xff") + u32(*fat) + folder.ljust(entries * SECTOR, b"\0") + b"".join(padded)


def fkp(runs, para):
    """[(from, to, grpprl, istd)] as pages of properties: [(first FC, page)] and the last FC."""
    pages, now = [], []

    def close():
        page, at, where = bytearray(SECTOR), SECTOR - 2, bytearray()
        for _, _, g, istd in now:
            body = u16(istd) + g if para else g
            if para:
                body = bytes([(len(body) + 1) // 2]) + body if len(body) % 2 else bytes([0, len(body) // 2]) + body
            else:
                body = bytes([len(body)]) + body
            if not para and not g:
                where += b"\0"
                continue
            at = (at - len(body)) & ~1
            page[at:at + len(body)] = body
            where += bytes([at // 2]) + bytes(12 if para else 0)
        rgfc = u32(*[r[0] for r in now], now[-1][1])
        page[:len(rgfc) + len(where)] = rgfc + where
        page[SECTOR - 1] = len(now)
        pages.append((now[0][0], bytes(page)))
        now.clear()

    room = 0
    for r in runs:
        need = 4 + (13 if para else 1) + len(r[2]) + 6
        if now and room + need > SECTOR - 12:
            close()
        room = need if not now else room + need
        now.append(r)
    if now:
        close()
    return pages, runs[-1][1]


class Word:
    FONTS = ("Times New Roman", ".VnTime", ".VnTimeH", "VNI-Times", "Symbol")

    def __init__(self):
        self.parts = {p: [] for p in PARTS}  # [(runs, mark, grpprl, istd)]
        self.lists, self.shapes, self.head_at, self.box_at, self.note_at = [], [], [], [], []

    # ---- what is written ----

    @staticmethod
    def look(font=None, caps=None, hidden=None, struck=None, style=None):
        g = b""
        if style is not None:
            g += u16(0x4A30, style)
        if font is not None:
            g += u16(0x4A4F, font) + u16(0x4A51, font)
        for op, v in ((0x083B, caps), (0x083C, hidden), (0x0800, struck)):
            if v is not None:
                g += u16(op) + bytes([v])
        return g

    @staticmethod
    def pap(list_no=None, level=0, center=False, depth=0, outline=None):
        g = b""
        if center:
            g += u16(0x2461) + b"\1"
        if outline is not None:
            g += u16(0x2640) + bytes([outline])
        if list_no is not None:
            g += u16(0x260A) + bytes([level]) + u16(0x460B, list_no)
        if depth:
            g += u16(0x2416) + b"\1" + u16(0x6649) + u32(depth)
        return g

    def para(self, text, part="text", istd=0, mark="\r", look=b"", mark_look=b"", **pap):
        """text: a string, or [(string, look)]."""
        runs = [(text, look)] if isinstance(text, str) else list(text)
        self.parts[part].append((runs + [(mark, mark_look)], self.pap(**pap), istd))

    def row(self, cells, edges, merged=(), joined=(), lines=True, header=False, istd=0, part="text", depth=1):
        """cells: strings, runs, or lists of keywords of para(). edges: in twentieths of a point, one more than cells.
        merged: {column: "restart" | "goes on"}."""
        inner = depth > 1
        for cell in cells:
            many = cell if isinstance(cell, list) and cell and isinstance(cell[0], dict) else [{"text": cell}]
            for i, kw in enumerate(many):
                last = i + 1 == len(many)
                kw = dict({"istd": istd}, **kw)
                self.para(part=part, depth=depth, mark="\x07" if last and not inner else "\r", **kw)
                if last and inner:
                    runs, g, s = self.parts[part].pop()
                    self.parts[part].append((runs, g + u16(0x244B) + b"\1", s))
        tcs = b""
        for i in range(len(cells)):
            flags = {"restart": 0x60, "goes on": 0x20}.get(dict(merged).get(i), 0) | (2 if i in joined else 1 if i + 1 in joined else 0)
            tcs += u16(flags, edges[i + 1] - edges[i]) + (bytes([4, 1, 0, 0]) * 4 if lines else bytes(16))
        tdef = bytes([len(cells)]) + struct.pack("<%dh" % len(edges), *edges) + tcs
        g = self.pap(depth=depth) + (u16(0x244C) if inner else u16(0x2417)) + b"\1"
        if header:
            g += u16(0x3404) + b"\1"
        g += u16(0xD608) + u16(len(tdef) + 1) + tdef
        self.parts[part].append(([("\r" if inner else "\x07", b"")], g, istd))

    def list(self, levels):
        """[(nfc, text with chr(0) for the number of level 0 ..., start)]; gives its number."""
        self.lists.append(levels)
        return len(self.lists)

    def box(self, *lines):
        """A text box; gives the run that anchors it."""
        self.box_at.append(len(self.parts["boxes"]))
        for line in lines:
            self.para(line, part="boxes")
        return ("\x08", b"")

    def head(self, *lines):
        """A page head, its lines strings or runs."""
        self.head_at.append(len(self.parts["heads"]))
        for line in lines:
            self.para(line, part="heads")

    # ---- the bytes ----

    def styles(self):
        def std(kind, base, name, pap, chp):
            upx = (u16(len(pap) + 2, 0) + pap).ljust((len(pap) + 5) & ~1, b"\0") if kind == 1 else b""
            upx += (u16(len(chp)) + chp).ljust((len(chp) + 3) & ~1, b"\0")
            body = u16(0, kind | base << 4, (2 if kind == 1 else 1), 0, 0) + u16(len(name)) + name.encode("utf-16-le") + u16(0) + upx
            return u16(len(body)) + body

        all_of = [std(1, 0xFFF, "Normal", b"", b""), std(1, 0, "Kiểu cũ", b"", self.look(font=1)),
                  std(2, 0xFFF, "Chữ hoa cũ", b"", self.look(font=2))]
        return u16(18, len(all_of), 10, 1, 0, 0, 0, 0, 0, 0) + b"".join(all_of)

    def fonts(self):
        out = u16(len(self.FONTS), 0)
        for f in self.FONTS:
            body = bytes(39) + (f + "\0").encode("utf-16-le")
            out += bytes([len(body)]) + body
        return out

    def list_tables(self):
        lst, lvl, lfo = u16(len(self.lists)), b"", u32(len(self.lists))
        for i, levels in enumerate(self.lists):
            lst += u32(1000 + i, 0) + u16(*[0xFFF] * 9) + bytes([len(levels) == 1, 0])
            for j in range(1 if len(levels) == 1 else 9):
                nfc, text, start = levels[j] if j < len(levels) else (255, "", 1)
                lvl += (u32(start) + bytes([nfc, 0]) + bytes(9) + b"\0" + bytes(8) + bytes([0, 0, 0, 0]) + u16(len(text)) +
                        text.encode("utf-16-le"))
            lfo += u32(1000 + i, 0, 0) + bytes(4)
        return lst, lvl, lfo + u32(*[0xFFFFFFFF] * len(self.lists))

    def streams(self):
        text, pieces, chpx, papx, cp, lengths, starts, anchors = bytearray(), [], [], [], 0, {}, {}, []
        for part in PARTS:
            lengths[part], starts[part] = cp, []
            for runs, g, istd in self.parts[part]:
                starts[part].append(cp - lengths[part])
                whole = "".join(t for t, _ in runs)
                narrow = all(0x20 <= ord(c) < 0x80 or c in "\r\x07\t\x08" or 0xA0 <= ord(c) <= 0xFF for c in whole)
                if not narrow and len(text) % 2:
                    text += b"\0"
                begun = TEXT_AT + len(text)
                if papx and papx[-1][1] != begun:
                    papx[-1] = papx[-1][:1] + (begun,) + papx[-1][2:]
                    chpx[-1] = chpx[-1][:1] + (begun,) + chpx[-1][2:]
                pieces.append((cp, begun, narrow))
                for t, look in runs:
                    at = TEXT_AT + len(text)
                    if "\x08" in t:
                        anchors.append(cp)
                    text += t.encode("latin-1" if narrow else "utf-16-le")
                    cp += len(t)
                    if t:
                        chpx.append((at, TEXT_AT + len(text), look, 0))
                papx.append((begun, TEXT_AT + len(text), g, istd))
            starts[part].append(cp - lengths[part])
            lengths[part] = cp - lengths[part]
        w = bytearray(TEXT_AT) + text
        table, where = bytearray(), {}

        def put(index, data, size=None):
            if data:
                where[index] = (len(table), len(data) if size is None else size)
                table.extend(data.ljust((len(data) + 3) & ~3, b"\0"))

        for index, runs, para in ((12, chpx, False), (13, papx, True)):
            pages, end = fkp(runs, para)
            numbers = []
            for _, page in pages:
                w.extend(bytes(-len(w) % SECTOR))
                numbers.append(len(w) // SECTOR)
                w.extend(page)
            put(index, u32(*[p[0] for p in pages], end) + u32(*numbers))
        put(1, self.styles())
        put(15, self.fonts())
        plc = u32(*[p[0] for p in pieces], cp) + b"".join(u16(0) + u32(fc * 2 | 0x40000000 if narrow else fc) + u16(0) for _, fc, narrow in pieces)
        put(33, b"\2" + u32(len(plc)) + plc)
        if self.lists:
            lst, lvl, lfo = self.list_tables()
            put(73, lst + lvl, len(lst))
            put(74, lfo)
        put(6, u32(0, lengths["text"]) + bytes(12))
        if self.head_at:
            ends = [starts["heads"][i] for i in self.head_at] + [lengths["heads"]]
            put(11, u32(*[0] * 7, *ends))
        if self.box_at:
            ends = [starts["boxes"][i] for i in self.box_at] + [lengths["boxes"]]
            put(40, u32(*anchors, lengths["text"]) + b"".join(u32(2000 + i) + bytes(22) for i in range(len(anchors))))
            put(56, u32(*ends) + b"".join(bytes(14) + u32(2000 + i) + bytes(4) for i in range(len(self.box_at))))
        fib = bytearray(TEXT_AT)
        fib[:12] = u16(0xA5EC, 0xC1, 0, 0x42A, 0, 0x1200)
        fib[32:34], fib[62:64], fib[152:154] = u16(14), u16(22), u16(93)
        fib[76:108] = u32(lengths["text"], lengths["notes"], lengths["heads"], 0, 0, 0, lengths["boxes"], 0)
        for index, (at, size) in where.items():
            fib[154 + 8 * index:162 + 8 * index] = u32(at, size)
        w[:TEXT_AT] = fib
        return {"WordDocument": bytes(w), "1Table": bytes(table)}

    def whole(self):
        return ole(self.streams())


# ---- samples: of doc_read_test, and seeds of its fuzzer ------------------------------------------------------------------------

def lists():
    w = Word()
    one = w.list([(1, "\0.", 1), (0, "\1.", 1), (4, "\2)", 1)])
    two = w.list([(0, "\0", 3)])
    sign = w.list([(23, "\uf0b7", 1)])
    w.para("KẾ HOẠCH", center=True, outline=0)
    w.para("MỤC ĐÍCH", list_no=one)
    w.para("một", list_no=one, level=1)
    w.para("hai", list_no=one, level=1)
    w.para("chen giữa")
    w.para("NHIỆM VỤ", list_no=one)
    w.para("ba", list_no=one, level=1)
    w.para("con", list_no=one, level=2)
    w.para("gạch", list_no=sign)
    w.row(["TT", "Việc"], [0, 1000, 5000])
    for what in ("a", "b"):
        w.row([[{"text": "", "list_no": two}], what], [0, 1000, 5000])
    w.para("thôi đánh số", list_no=0x7FF)
    return w


def tables():
    w, edges = Word(), [0, 1000, 5000, 8000]
    w.row(["TT", "Việc", "Phối hợp"], edges, header=True)
    w.row(["1", [{"text": "a"}, {"text": "dòng hai"}], "Các sở"], edges, merged={2: "restart"})
    w.row(["2", "b", ""], edges, merged={2: "goes on"})
    w.row(["I. Nhóm", "", ""], edges, joined=(1, 2))
    w.row(["3", "gộp"], [0, 1010, 8000])
    w.para("Sau bảng.")
    w.para("ngoài", depth=1)
    w.row(["x", "trong"], [0, 400, 900], depth=2)
    w.row(["", "y"], edges[:3])
    return w


def letters():
    w = Word()
    w.para("C¨n cø nh\xad sau", istd=1)
    w.para([("KÕ HO", w.look(style=2)), ("¹CH", w.look(style=2)), (" Unicode đủ", w.look(font=0))])
    w.para("Keá hoaïch", look=w.look(font=3))
    w.para([("giữ ", b""), ("bỏ", w.look(struck=1)), ("ẩn", w.look(hidden=1)), ("\x13 PAGE \x1412\x15", b""), (" hoa", w.look(caps=1)), ("\x1f\x1e.", b"")])
    w.para([("(", u16(0x6A09, 4, 0xF0A8)), (" đã nộp, h", b""), ("\xb9", u16(0x4A51, 1)), ("n", b"")])
    w.para("đầu ", mark_look=w.look(struck=1))
    w.para("cuối")
    return w


def parts():
    w = Word()
    w.head("Đầu trang")
    w.para([("Giao ", b""), w.box("PHỤ LỤC I", "trong khung"), ("Sở A", b"")])
    w.para("Hết.\x0b(tiếp)\x0c")
    w.para("Chú thích", part="notes")
    return w


def stamped():
    w = Word()
    w.head("TỐI MẬT")
    w.para("Giao Sở A báo cáo.")
    return w


def other(flags=0x1200, magic=0xA5EC, version=0xC1, name="WordDocument"):
    streams = lists().streams()
    fib = bytearray(streams["WordDocument"])
    fib[:12] = u16(magic, version, 0, 0x42A, 0, flags)
    return ole({name: bytes(fib), "1Table": streams["1Table"]})


def samples():
    out = {f.__name__ + ".doc": f().whole() for f in (lists, tables, letters, parts, stamped)}
    out["locked.doc"] = other(flags=0x1300)
    out["word95.doc"] = other(magic=0xA5DC, version=104)
    out["sheet.doc"] = other(name="Workbook")
    out["no-text.doc"] = other(name="Contents")
    return out


if __name__ == "__main__":
    os.makedirs(sys.argv[1], exist_ok=True)
    for name, data in samples().items():
        with open(os.path.join(sys.argv[1], name), "wb") as f:
            f.write(data)

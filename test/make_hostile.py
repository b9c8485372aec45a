#!/usr/bin/env python3
"""Makes files that are broken, locked, endless or made to do harm, of every form the program reads.

make_hostile.py DIR [--seed N]

The same seed gives the same bytes. Nothing but Python is needed; what a form's own programs would have to write (a JPEG, a PDF)
is written here by hand."""
import argparse
import base64
import io
import os
import random
import struct
import sys
import warnings
import zipfile
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import make_docs  # noqa: E402
import make_word  # noqa: E402

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OPEN, CLOSE = "<w:document %s><w:body>" % W, "</w:body></w:document>"
WORDS = "Giao Sở Tài chính chủ trì, hoàn thành trước ngày 30/6/2026."


# ---- containers -----------------------------------------------------------------------------------------------------

def zipped(parts, level=1):
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as z:
        warnings.simplefilter("ignore")  # one name twice is what is wanted
        for name, data in parts:
            z.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def unzipped(data):
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        return [(i.filename, z.read(i)) for i in z.infolist()]


def docx(document, more=()):
    return zipped([("word/document.xml", document), *more])


def sheet(cells, more=()):
    book = ('<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/'
            'officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>')
    rels = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/s.xml"/></Relationships>')
    body = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>' % cells
    return zipped([("xl/workbook.xml", book), ("xl/_rels/workbook.xml.rels", rels), ("xl/worksheets/s.xml", body), *more])


def odt(body, kind="text"):
    ns = " ".join('xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % (n, n) for n in ("office", "text", "table", "style"))
    content = "<office:document-content %s><office:body><office:%s>%s</office:%s></office:body></office:document-content>" % (ns, kind, body, kind)
    kinds = {"text": "text", "spreadsheet": "spreadsheet"}
    return zipped([("mimetype", "application/vnd.oasis.opendocument." + kinds[kind]), ("content.xml", content)])


# ---- ways to break what is whole ---------------------------------------------------------------------------------------

def flipped(data, rng, n):
    out = bytearray(data)
    for _ in range(n):
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def cut(data, rng):
    return data[:rng.randrange(1, len(data))]


def zeroed(data, rng):
    at, n = rng.randrange(len(data)), rng.randrange(1, 200)
    return data[:at] + bytes(min(n, len(data) - at)) + data[at + n:]


def doubled(data, rng):
    a, b = sorted((rng.randrange(len(data)), rng.randrange(len(data))))
    b = min(b, a + 4096)
    return data[:b] + data[a:b] * rng.randrange(1, 4) + data[b:]


def swapped(data, rng):
    """Two runs of bytes change places: tags close what they never opened."""
    n = min(64, len(data) // 4)
    a, b = sorted((rng.randrange(len(data) - n), rng.randrange(len(data) - n)))
    if b < a + n:
        return data[::-1]
    return data[:a] + data[b:b + n] + data[a + n:b] + data[a:a + n] + data[b + n:]


WAYS = (lambda d, r: flipped(d, r, 1), lambda d, r: flipped(d, r, 40), cut, zeroed, doubled, swapped)


def broken(name, data, rng, n):
    """n files out of one that is whole; of a package every other one is broken inside, with its checksums right."""
    stem, ext = name.rsplit(".", 1)
    for i in range(n):
        way = WAYS[i % len(WAYS)]
        if data[:2] == b"PK" and i % 2:
            parts = unzipped(data)
            k = max(range(len(parts)), key=lambda j: len(parts[j][1])) if i % 4 == 1 else rng.randrange(len(parts))
            if parts[k][1]:
                parts[k] = (parts[k][0], way(parts[k][1], rng))
            yield "%s-%02d.%s" % (stem, i, ext), zipped(parts)
        else:
            yield "%s-%02d.%s" % (stem, i, ext), way(data, rng)


# ---- Office files ----------------------------------------------------------------------------------------------------------

def office():
    p = "<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % WORDS
    entity = '<!DOCTYPE d [<!ENTITY a "ha"%s]>' % "".join(
        '<!ENTITY %s "%s">' % (b, ("&%s;" % a) * 10) for a, b in zip("abcdefgh", "bcdefghi"))
    yield "bomb.docx", docx(bytes(30 << 20))
    yield "bomb-of-text.docx", docx(OPEN + p * 400000 + CLOSE)
    yield "bomb-in-a-bomb.docx", docx(OPEN + p + CLOSE, [("word/styles.xml", zipped([("x", bytes(30 << 20))]))])
    yield "entities.docx", docx(entity + OPEN + "<w:p><w:r><w:t>&i;</w:t></w:r></w:p>" + CLOSE)
    yield "a-file-of-the-server.docx", docx('<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + OPEN + "<w:p><w:r><w:t>&a;</w:t></w:r></w:p>" + CLOSE)
    yield "a-page-of-the-net.docx", docx('<!DOCTYPE d SYSTEM "http://127.0.0.1:1/d.dtd">' + OPEN + p + CLOSE)
    yield "deep.docx", docx(OPEN + "<w:sdt><w:sdtContent>" * 20000 + p + "</w:sdtContent></w:sdt>" * 20000 + CLOSE)
    yield "tables-in-tables.docx", docx(OPEN + "<w:tbl><w:tr><w:tc>" * 60 + p + "</w:tc></w:tr></w:tbl>" * 60 + CLOSE)
    yield "cells.docx", docx(OPEN + "<w:tbl>" + ("<w:tr>" + "<w:tc><w:p/></w:tc>" * 1000 + "</w:tr>") * 400 + "</w:tbl>" + CLOSE)
    yield "paragraphs.docx", docx(OPEN + "<w:p/>" * 1000000 + CLOSE)
    yield "one-word.docx", docx(OPEN + "<w:p><w:r><w:t>" + "ủ" * 3000000 + "</w:t></w:r></w:p>" + CLOSE)
    yield "span.docx", docx(OPEN + '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>' + p + "</w:tc></w:tr></w:tbl>" + CLOSE)
    yield "numbers.docx", docx(OPEN + '<w:p><w:pPr><w:numPr><w:ilvl w:val="-7"/><w:numId w:val="99999999999"/></w:numPr></w:pPr></w:p>' * 3000 + CLOSE)
    loop = "".join('<w:style w:type="paragraph" w:styleId="s%d"><w:basedOn w:val="s%d"/></w:style>' % (i, (i + 1) % 500) for i in range(500))
    yield "styles-in-a-ring.docx", docx(OPEN + '<w:p><w:pPr><w:pStyle w:val="s3"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>' + CLOSE,
                                        [("word/styles.xml", "<w:styles %s>%s</w:styles>" % (W, loop))])
    yield "attributes.docx", docx(OPEN + "<w:p %s/>" % " ".join('a%d="1"' % i for i in range(50000)) + CLOSE)
    yield "members.docx", zipped([("word/document.xml", OPEN + p + CLOSE)] + [("x/%d" % i, "") for i in range(4000)])
    yield "out-of-the-folder.docx", zipped([("../../../../tmp/out", "x"), ("/etc/cron.d/x", "x"), ("word/document.xml", OPEN + p + CLOSE)])
    yield "twice-the-same.docx", zipped([("word/document.xml", OPEN + p + CLOSE), ("word/document.xml", "<x>")])
    yield "no-xml.docx", docx(bytes(range(256)) * 200)
    yield "utf16.docx", docx(("\ufeff" + OPEN + p + CLOSE).encode("utf-16-le"))
    yield "wrong-words.docx", docx((OPEN + p + CLOSE).encode().replace(b"Giao", b"\xff\xfe\xc3"))
    yield "nothing.docx", zipped([])
    lies = bytearray(docx(OPEN + p * 50000 + CLOSE))
    at = lies.index(b"PK\1\2")
    lies[at + 24:at + 28] = struct.pack("<I", 77)
    yield "sizes-that-lie.docx", bytes(lies)
    stored = bytearray(zipped([("word/document.xml", OPEN + p + CLOSE)]))
    for at in range(len(stored) - 4):
        if stored[at:at + 4] == b"PK\3\4":
            stored[at + 6] |= 1
        if stored[at:at + 4] == b"PK\1\2":
            stored[at + 8] |= 1
    yield "locked-zip.docx", bytes(stored)
    yield "locked.docx", ole("EncryptedPackage")
    yield "no-chains.doc", ole("WordDocument")
    yield "no-chains.xls", ole("Workbook")
    for name, data in make_word.samples().items():
        if name in ("locked.doc", "word95.doc", "sheet.doc", "no-text.doc"):
            yield name, data
    yield from word_papers()
    row = '<row r="%d"><c r="A%d" t="inlineStr"><is><t>a</t></is></c></row>'
    yield "rows.xlsx", sheet("".join(row % (i, i) for i in range(1, 300000)))
    yield "far.xlsx", sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row><row r="4294967295"><c r="ZZZZZZ4294967295"><v>1</v></c></row>')
    yield "strings.xlsx", sheet('<row r="1"><c r="A1" t="s"><v>4294967296</v></c><c r="B1" t="s"><v>-1</v></c><c r="C1" t="s"><v>7</v></c></row>')
    yield "merged.xlsx", zipped([(n, d if n != "xl/worksheets/s.xml" else d.replace(b"</worksheet>", b'<mergeCells><mergeCell ref="A1:XFD1048576"/>' + b'<mergeCell ref="B9:A1"/>' * 30000 + b"</mergeCells></worksheet>"))
                                 for n, d in unzipped(sheet(row % (1, 1)))])
    yield "shared-bomb.xlsx", sheet(row % (1, 1), [("xl/sharedStrings.xml", bytes(40 << 20))])
    yield "dates.xlsx", sheet("".join('<row r="%d"><c r="A%d"><v>%s</v></c></row>' % (i, i, v) for i, v in
                              enumerate(("1e308", "-1e308", "nan", "inf", "9" * 4000, "0x1p9999", "-0", ""), 1)))
    yield "repeat.ods", odt('<table:table><table:table-row table:number-rows-repeated="2000000000"><table:table-cell table:number-columns-repeated="2000000000">'
                            "<text:p>a</text:p></table:table-cell></table:table-row></table:table>", "spreadsheet")
    yield "spaces.odt", odt('<text:p>a<text:s text:c="2000000000"/>b</text:p>' * 50)
    yield "lists.odt", odt("<text:list><text:list-item>" * 300 + "<text:p>a</text:p>" + "</text:list-item></text:list>" * 300)
    yield "bomb.odt", odt("<text:p/>" * 3000000)
    yield "sections.odt", odt("<text:section>" * 5000)


def word_papers():
    """Word 97-2003 whose tables lie: sizes, places, chains, letters told twice."""
    streams = make_word.lists().streams()

    def told(**at):
        w, t = bytearray(streams["WordDocument"]), bytearray(streams["1Table"])
        for place, v in at.items():
            struct.pack_into("<I", t if place[0] == "t" else w, int(place[1:]), v)
        return make_word.ole({"WordDocument": bytes(w), "1Table": bytes(t)})

    pieces = struct.unpack_from("<I", streams["WordDocument"], 154 + 8 * 33)[0]
    yield "letters-without-end.doc", told(w76=0xFFFFFFFF, **{"t%d" % (pieces + 9): 0x7FFFFFFF})
    yield "pieces-from-afar.doc", told(**{"w%d" % (154 + 8 * 33): 0xFFFFFFF0})
    yield "lists-without-end.doc", told(**{"w%d" % (154 + 8 * 73): 0, "w%d" % (154 + 8 * 73 + 4): 0xFFFFFFFF})
    yield "boxes-without-end.doc", told(w100=0xFFFFFF00, **{"w%d" % (154 + 8 * 56): 0, "w%d" % (154 + 8 * 56 + 4): 0xFFFF})
    whole = bytearray(make_word.ole(streams))
    for i in range(512, 1024, 4):
        struct.pack_into("<I", whole, i, 3)
    yield "chains-in-a-ring.doc", bytes(whole)
    deep = make_word.Word()
    deep.para("đáy", depth=60)
    for i in range(60, 0, -1):
        deep.row(["a"], [0, 100], depth=i)
    yield "tables-in-tables.doc", deep.whole()


def ole(stream):
    """Enough of an old Office file to be told by its first bytes and its directory."""
    head = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(16) + struct.pack("<HHHHH", 0x3e, 3, 0xfffe, 9, 6) + bytes(10)
    head += struct.pack("<IIIIIIIII", 1, 1, 0, 4096, 0xfffffffe, 0, 0xfffffffe, 0, 0)
    head += b"\xff" * (512 - len(head))
    name = stream.encode("utf-16-le")
    return head + (name + bytes(64 - len(name)) + struct.pack("<H", len(name) + 2)).ljust(512, b"\0") + bytes(2048)


def messages(whole):
    yield "no-end.edxml", whole[:-30]
    yield "not-64.edxml", whole.replace(b"UEsD", b"\xff\xff??", 1)
    yield "entities.edxml", b'<!DOCTYPE d [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;">]>' + whole
    yield "twenty-in-one.edxml", whole.replace(b"</AttachmentEncoded>", whole[whole.index(b"<Attachment>"):whole.index(b"</AttachmentEncoded>")] * 20 + b"</AttachmentEncoded>")
    yield "deep.edxml", whole.replace(b"<edXML:From>", b"<edXML:From>" * 3000, 1)
    bomb = base64.b64encode(docx(bytes(20 << 20)))
    at = whole.index(b"<edXML:ContentTransferEncoded"), whole.index(b"</edXML:ContentTransferEncoded>")
    at = whole.index(b">", at[0]) + 1, at[1]
    yield "bomb.edxml", whole[:at[0]] + bomb + whole[at[1]:]
    yield "in-itself.edxml", whole[:at[0]] + base64.b64encode(whole) + whole[at[1]:]
    yield "empty-one.edxml", whole[:at[0]] + whole[at[1]:]


# ---- text and tables ----------------------------------------------------------------------------------------------------------

def texts(rng):
    line = WORDS + "\n"
    yield "empty.txt", b""
    yield "one-byte.txt", b"\x80"
    yield "zeros.txt", bytes(5000)
    yield "bytes.txt", bytes(rng.randrange(256) for _ in range(20000))
    yield "no-utf8.txt", line.encode() * 20 + b"\xc3\x28\xf8\x88\x80\x80\x80" + line.encode()
    yield "half-a-letter.txt", (line * 9).encode()[:-3] + b"\xe1\xbb"
    yield "utf16.txt", line.encode("utf-16") * 3
    yield "utf16-odd.txt", line.encode("utf-16")[:-1]
    yield "utf32.txt", line.encode("utf-32")
    yield "controls.txt", "".join(chr(i) for i in range(1, 32)).encode() + line.encode()
    yield "marks.txt", ("a" + "\u0309" * 200000).encode()
    yield "turned.txt", "\u202e\u2066\u2067".encode() * 3000 + line.encode()
    yield "one-line.txt", line.strip().encode() * 40000
    yield "lines.txt", b"\n" * 5000000
    yield "numbers.txt", b"1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1. " * 30000
    yield "brackets.txt", b"(" * 400000
    yield "days.txt", "Hoàn thành trước ngày 99/99/9999, 31/02/2026, -1/-1/-1, ngày 1 tháng 0 năm 0. ".encode() * 1000
    yield "agencies.txt", ("Sở " * 100000 + "chủ trì").encode()
    yield "bars.txt", b"|" * 300000 + b"\n" + b"|---" * 3000
    yield "tabs.txt", (b"\t" * 2000 + b"\n") * 200
    yield "not-a-web-page.txt", b"<html><script>alert(1)</script>" + line.encode()
    yield "big.txt", b"x" * ((25 << 20) + 1)
    yield "quote.csv", b'TT,a,b\n"' + "Giao Sở,\n".encode() * 60000
    yield "columns.csv", b";" * 900000 + b"\n1;2"
    yield "ragged.csv", b"".join(b"a," * rng.randrange(60) + b"b\n" for _ in range(4000))
    yield "quotes.csv", b'"' * 500001
    yield "formula.csv", "TT,Nhiệm vụ,Thời hạn\n1,\"=cmd|'/c calc'!A1\",30/6/2026\n".encode() * 30
    yield "zeros.csv", b"a,b\0,c\n" * 2000


# ---- PDF -----------------------------------------------------------------------------------------------------------------------

def pdf(objects, trailer=b"", broken_xref=False):
    out, at = b"%PDF-1.5\n", []
    for i, body in enumerate(objects, 1):
        at.append(len(out))
        out += b"%d 0 obj " % i + body + b" endobj\n"
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(at) + 1)
    out += b"".join(b"%010d 00000 n \n" % (7 if broken_xref else a) for a in at)
    return out + b"trailer <</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(at) + 1, trailer, xref)


def stream(data, head=b"", packed=False):
    if packed:
        data = zlib.compress(data, 1)
        head += b"/Filter/FlateDecode"
    return b"<<%s/Length %d>> stream\n" % (head, len(data)) + data + b"\nendstream"


def one_page(content, more=(), box=b"0 0 595 842", resources=b"/Font<</F 5 0 R>>", page=b""):
    return [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<<%s>>%s>>" % (box, resources, page),
            content, b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", *more]


def lines(n, words=b"Giao So Tai chinh chu tri, hoan thanh truoc ngay 30/6/2026"):
    out = b"BT /F 11 Tf 60 780 Td "
    for i in range(n):
        out += b"(%d. %s) Tj 0 -14 Td " % (i + 1, words)
    return out + b"ET"


def pdfs():
    whole = pdf(one_page(stream(lines(40))))
    yield "whole.pdf", whole
    yield "locked.pdf", pdf(one_page(stream(lines(5))) + [b"<</Filter/Standard/V 2/R 3/Length 128/P -4/O <%s>/U <%s>>>" % (b"41" * 32, b"42" * 32)],
                            b"/Encrypt 6 0 R/ID[<00><00>]")
    yield "kids-in-a-ring.pdf", pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"])
    yield "kids-of-each-other.pdf", pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R 3 0 R]/Count 4>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 4>>"])
    yield "count-that-lies.pdf", pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>", *one_page(stream(lines(2)))[2:]])
    yield "pages.pdf", pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count 900>>" % (b"3 0 R " * 900), *one_page(stream(lines(2)))[2:]])
    yield "form-in-itself.pdf", pdf(one_page(stream(b"/X Do"), [stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>")], resources=b"/XObject<</X 6 0 R>>"))
    forms = [stream(b"/X Do " * 12, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % (7 + i)) for i in range(9)]
    yield "forms-by-the-dozen.pdf", pdf(one_page(stream(b"/X Do"), forms + [stream(lines(1), b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")], resources=b"/XObject<</X 6 0 R>>"))
    yield "bomb.pdf", pdf(one_page(stream(b" " * (120 << 20), packed=True)))
    yield "bomb-in-a-bomb.pdf", pdf(one_page(stream(zlib.compress(bytes(60 << 20), 1), b"/Filter[/FlateDecode/FlateDecode]")))
    yield "words.pdf", pdf(one_page(stream(b"BT /F 1 Tf " + b"(a b) Tj " * 2000000 + b"ET", packed=True)))
    yield "huge-page.pdf", pdf(one_page(stream(lines(3)), box=b"0 0 200000000 200000000"))
    yield "no-page.pdf", pdf(one_page(stream(lines(3)), box=b"0 0 0 0"))
    yield "turned-page.pdf", pdf(one_page(stream(lines(3)), box=b"842 595 0 0", page=b"/Rotate 37"))
    yield "brackets.pdf", pdf(one_page(stream(lines(3)), [b"[" * 60000 + b"]" * 60000], page=b"/A 6 0 R"))
    yield "contents-in-brackets.pdf", pdf(one_page(stream(b"[" * 200000 + lines(1))))
    yield "state.pdf", pdf(one_page(stream(b"q " * 900000 + lines(2), packed=True)))
    yield "paths.pdf", pdf(one_page(stream(b"0 0 m " + b"9 9 l 1 7 l " * 250000 + b"S " + lines(40), packed=True)))
    yield "rules.pdf", pdf(one_page(stream(b"".join(b"0 %d 595 0.4 re f %d 0 0.4 842 re f " % (i, i) for i in range(0, 842, 3)) + b"BT /F 6 Tf 20 800 Td "
                                           + b"(a) Tj 60 0 Td (b) Tj 60 0 Td (c) Tj -120 -8 Td " * 60 + b"ET")))
    yield "numbers.pdf", pdf(one_page(stream(b"1e999 0 0 -1e999 99999999999999999999 0 cm " + lines(9))))
    yield "refers-to-itself.pdf", pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"2 0 R"])
    yield "length-in-a-ring.pdf", pdf(one_page(b"<</Length 4 0 R>> stream\nx\nendstream"))
    yield "xref-that-lies.pdf", pdf(one_page(stream(lines(9))), broken_xref=True)
    yield "xref-in-a-ring.pdf", whole.replace(b"trailer <<", b"trailer <</Prev %d" % whole.index(b"xref\n0"))
    yield "no-xref.pdf", whole[:whole.index(b"xref\n0")]
    yield "two-heads.pdf", b"MZ" + bytes(300) + whole
    yield "runs-a-script.pdf", pdf([b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(while\\(1\\);)>>/Names<<>>>>", *one_page(stream(lines(9)))[1:]])
    yield "starts-a-program.pdf", pdf([b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(/bin/sh)>>>>", *one_page(stream(lines(9)))[1:]])
    yield "font-in-a-ring.pdf", pdf([*one_page(stream(lines(9)))[:4], b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding 5 0 R/DescendantFonts[5 0 R]/ToUnicode 5 0 R>>"])
    yield "font-of-rubbish.pdf", pdf([*one_page(stream(lines(9)))[:4], b"<</Type/Font/Subtype/TrueType/BaseFont/A/FontDescriptor 6 0 R>>",
                                      b"<</Type/FontDescriptor/FontName/A/Flags 4/FontFile2 7 0 R>>", stream(bytes(range(256)) * 40)])
    yield "map-of-rubbish.pdf", pdf([*one_page(stream(lines(9)))[:4], b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
                                     stream(b"begincmap 1 begincodespacerange <00> <FFFFFFFF> endcodespacerange 1 beginbfrange <00> <FFFFFFFF> <0041> endbfrange", packed=True)])
    image = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceRGB"
    draw = stream(b"q 595 0 0 842 0 0 cm /X Do Q")
    yield "image-of-a-bomb.pdf", pdf(one_page(draw, [stream(bytes(60 << 20), image % (9000, 9000), packed=True)], resources=b"/XObject<</X 6 0 R>>"))
    yield "image-without-end.pdf", pdf(one_page(draw, [stream(b"x", image % (20000, 20000), packed=True)], resources=b"/XObject<</X 6 0 R>>"))
    yield "image-of-rubbish.pdf", pdf(one_page(draw, [stream(bytes(range(256)), image % (40, 40) + b"/Filter/DCTDecode")], resources=b"/XObject<</X 6 0 R>>"))
    yield "jpx-of-rubbish.pdf", pdf(one_page(draw, [stream(bytes(range(256)), image % (40, 40) + b"/Filter/JPXDecode")], resources=b"/XObject<</X 6 0 R>>"))
    yield "jbig2-of-rubbish.pdf", pdf(one_page(draw, [stream(bytes(range(256)), image % (40, 40) + b"/Filter/JBIG2Decode")], resources=b"/XObject<</X 6 0 R>>"))
    yield "fax-of-rubbish.pdf", pdf(one_page(draw, [stream(bytes(range(256)), image % (40, 40) + b"/Filter/CCITTFaxDecode/DecodeParms<</Columns 60000/K -1>>")], resources=b"/XObject<</X 6 0 R>>"))


# ---- pictures --------------------------------------------------------------------------------------------------------------------

def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(w, h, kind=0, bits=8, data=None, lace=0, more=b""):
    per = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}.get(kind, 1)
    rows = (b"\0" + b"\xff" * ((w * per * bits + 7) // 8)) * h if data is None else data
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, bits, kind, 0, 0, lace)) + more +
            chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


def jpeg(w, h, more=b"", sof=b"\xc0"):
    """White: the first block says so, all others are like it."""
    def part(mark, body):
        return b"\xff" + mark + struct.pack(">H", len(body) + 2) + body
    bits = "01" + "100" + "0" + "000" * (((w + 7) // 8) * ((h + 7) // 8) - 1)
    bits += "1" * (-len(bits) % 8)
    data = bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8)).replace(b"\xff", b"\xff\0")
    dc, ac = b"\0" + bytes((0, 2)) + bytes(14) + bytes((0, 3)), b"\x10" + bytes((1,)) + bytes(15) + bytes((0,))
    return (b"\xff\xd8" + more + part(b"\xdb", b"\0" + b"\xff" * 64) + part(sof, struct.pack(">BHHB", 8, h, w, 1) + bytes((1, 0x11, 0))) +
            part(b"\xc4", dc) + part(b"\xc4", ac) + part(b"\xda", bytes((1, 1, 0, 0, 63, 0))) + data + b"\xff\xd9")


def exif(orientation, order="II"):
    e = "<" if order == "II" else ">"
    tiff = order.encode() + struct.pack(e + "HIH", 42, 8, 1) + struct.pack(e + "HHIHH", 0x112, 3, 1, orientation, 0) + bytes(4)
    return b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff


def tiff(w, h, data=None, more=(), again=0):
    tags = [(256, 4, 1, w), (257, 4, 1, h), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, h),
            (279, 4, 1, w * h if data is None else len(data))]
    tags = sorted({t[0]: t for t in tags + list(more)}.values())
    data = b"\xff" * (w * h) if data is None else data
    at = 8 + len(data)
    return (b"II*\0" + struct.pack("<I", at) + data + struct.pack("<H", len(tags)) +
            b"".join(struct.pack("<HHII", *t) for t in tags) + struct.pack("<I", at if again else 0))


def pictures(rng):
    yield "dots.png", b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"x")) + chunk(b"IEND", b"")
    yield "no-dots.png", png(0, 9, data=b"")
    yield "short.png", png(300, 200, data=b"\0\xff\xff")
    yield "bomb.png", png(200, 100, data=bytes(60 << 20))
    yield "bomb-rgba.png", png(200, 100, kind=6, data=bytes(60 << 20))
    yield "short-rgba.png", png(300, 200, kind=6, data=b"\0\xff\xff")
    yield "lace-short.png", png(300, 200, lace=1, data=b"\0\xff\xff")
    yield "lace-rubbish.png", png(60, 40, kind=6, lace=1, data=bytes(rng.randrange(256) for _ in range(9000)))
    yield "filter-9.png", png(30, 20, kind=6, data=(b"\x09" + b"\xff" * 120) * 20)
    yield "wide-rgba.png", png(40000, 900, kind=6, bits=16, data=b"\0")
    yield "kind-9.png", png(30, 20, kind=9)
    yield "bits-3.png", png(30, 20, bits=3)
    yield "no-colours.png", png(30, 20, kind=3)
    yield "chunk-without-end.png", png(30, 20)[:33] + b"\x7f\xff\xff\xffIDATxxxx"
    yield "sum.png", png(30, 20)[:-20] + bytes(20)
    yield "white.jpg", jpeg(320, 200)
    yield "dots.jpg", jpeg(320, 200).replace(struct.pack(">HH", 200, 320), struct.pack(">HH", 65500, 65500))
    yield "no-dots.jpg", jpeg(320, 200).replace(struct.pack(">HH", 200, 320), bytes(4))
    yield "more-dots-than-data.jpg", jpeg(320, 200).replace(struct.pack(">HH", 200, 320), struct.pack(">HH", 5000, 5000))
    yield "sof-15.jpg", jpeg(320, 200, sof=b"\xcf")
    yield "lossless.jpg", jpeg(320, 200, sof=b"\xc3")
    yield "marks.jpg", b"\xff\xd8" + b"\xff" * 4000000
    yield "comments.jpg", jpeg(320, 200, more=b"\xff\xfe\xff\xff" + bytes(65533))
    yield "turned-99.jpg", jpeg(320, 200, more=exif(99))
    yield "exif-loop.jpg", jpeg(320, 200, more=exif(6)[:-20] + struct.pack("<I", 0xfffffff0) + bytes(16))
    yield "exif-short.jpg", b"\xff\xd8" + exif(6)[:12]
    yield "ring.tif", tiff(300, 200, again=1)
    yield "dots.tif", tiff(300, 200, more=((256, 4, 1, 4000000000), (257, 4, 1, 4000000000)))
    yield "strips.tif", tiff(300, 200, more=((273, 4, 0x7fffffff, 8), (279, 4, 0x7fffffff, 8), (278, 4, 1, 1)))
    yield "packed.tif", tiff(300, 200, data=bytes(range(256)) * 4, more=((259, 3, 1, 5),))
    yield "fax.tif", tiff(3000, 2000, data=bytes(range(256)) * 4, more=((259, 3, 1, 4), (258, 3, 1, 1)))
    yield "jpeg.tif", tiff(300, 200, data=bytes(range(256)), more=((259, 3, 1, 7),))
    yield "no-table.tif", b"MM\0*" + b"\xff" * 400
    yield "big-endian.tif", b"MM\0*\0\0\0\x08\xff\xff" + bytes(range(256))


# ---- all of them ---------------------------------------------------------------------------------------------------------------

def make(seed):
    """[(name, bytes)], in the order of names."""
    rng = random.Random(seed)
    with open(os.path.join(HERE, "fixtures/ke-hoach-2653.txt"), encoding="utf-8") as f:
        whole = make_docs.make(f.read(), os.path.join(HERE, "../data/encodings_vn.tsv"))
    out = list(office()) + list(messages(whole["g.edxml"])) + list(texts(rng)) + list(pdfs()) + list(pictures(rng))
    for name, n in (("a.docx", 8), ("b.docx", 8), ("c.docx", 6), ("d.odt", 10), ("e.xlsx", 10), ("f.csv", 6), ("g.edxml", 6), ("i.doc", 18)):
        out += broken(name, whole[name], rng, n)
    out += broken("pages.pdf", pdf(one_page(stream(lines(40)))), rng, 12)
    out += broken("packed.pdf", pdf(one_page(stream(lines(40), packed=True))), rng, 12)
    for name, data in (("x.png", png(320, 200, more=b"")), ("y.jpg", jpeg(320, 200)), ("z.tif", tiff(320, 200))):
        out += broken(name, data, rng, 6)
    return sorted(out)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("folder")
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    os.makedirs(a.folder, exist_ok=True)
    for name, data in make(a.seed):
        with open(os.path.join(a.folder, name), "wb") as f:
            f.write(data)


if __name__ == "__main__":
    main()

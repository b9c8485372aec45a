#!/usr/bin/python3
"""The paper of plan 2653 in the forms offices send it, made from its text: make_docs.py TEXT FOLDER [--times N] [NAME...]

a.docx   all typed by hand: numbers, the head line by line, one table
b.docx   as offices set it: head and foot in tables without lines, automatic numbers (those of the table too), cells merged
         over rows, the title of the appendix in a text box that is told twice, contents of a form
c.docx   old fonts (.VnTime, .VnTimeH, VNI-Times) in short runs, tracked changes, footnotes, a page head, hidden words
d.odt    lists, a table with a head that is repeated, deletions that are tracked
e.xlsx   the table of tasks alone, with shared strings, dates and merged cells; f.csv the same
g.edxml  the message of the document axis: b.docx and the table as attachments
i.doc    Word 97-2003: TCVN3, automatic numbers, cells merged both ways, a text box, changes, a page head
--times N repeats body and appendices, for measuring: 11 gives 115 pages.
Zip, OLE2 and text by the standard library alone: nothing of what is tested made these files."""
import base64
import html
import io
import re
import sys
import zipfile

sys.dont_write_bytecode = True
import make_word  # noqa: E402

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TOP_NS = (W + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
          'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
          'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
          'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
          'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"')
DAY = (2023, 8, 22, 0, 0, 0)
MOTTO = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
ISSUER = ["BAN CHỈ ĐẠO ĐỔI MỚI, PHÁT TRIỂN", "KINH TẾ TẬP THỂ, HỢP TÁC XÃ"]


def x(s):
    return html.escape(s, quote=True)


def packed(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in parts:
            info = zipfile.ZipInfo(name, DAY)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            z.writestr(info, data)
    return out.getvalue()


# ---- the paper as a list of parts -----------------------------------------------------------------------------------

def paper(text):
    """[("head", left, right) | ("p", line) | ("center", line) | ("foot", left, right) | ("table", rows)]"""
    lines = [line.replace("*", "") for line in text.split("\n")]
    out, i = [("head", ISSUER + [find(lines, "Số: 2653")], MOTTO + [find(lines, "Tây Ninh, ngày 22")])], 0
    i = next(k for k, l in enumerate(lines) if l == "KẾ HOẠCH")
    while i < len(lines):
        line = lines[i].strip()
        if not line or line == "8":
            i += 1
        elif line.startswith("UBND TỈNH TÂY NINH"):
            k = next(n for n in range(i, len(lines)) if lines[n].startswith("Kính gửi"))
            mine = [l.strip() for l in lines[i:k] if l.strip()]
            right = [l for l in mine if l in MOTTO or l.startswith("Tây Ninh, ngày")]
            out.append(("head", [l for l in mine if l not in right], right))
            i = k
        elif line.startswith("Nơi nhận"):
            k = i + 1
            while not lines[k].strip() or lines[k].strip().startswith("-"):
                k += 1
            left = [l.strip() for l in lines[i:k] if l.strip()]
            right = []
            while k < len(lines) and not lines[k].startswith("PHỤ LỤC"):
                if lines[k].strip() and lines[k].strip() != "8":
                    right.append(lines[k].strip())
                k += 1
            out.append(("foot", left, right))
            i = k
        elif "\t" in line:
            rows = []
            while i < len(lines) and ("\t" in lines[i] or not lines[i].strip()):
                row = lines[i].rstrip("\n").split("\t")
                if len(row) == 5 and not (rows and row == rows[0]):
                    rows.append(row)
                i += 1
            out.append(("table", rows))
        else:
            kind = "center" if line.isupper() and not re.match(r"[IVX]+\.", line) or line.startswith(("Hoạt động của Ban", "(Ban hành", "của Ban Chỉ đạo đổi")) else "p"
            out.append((kind, line))
            i += 1
    return out


def find(lines, start):
    return next(l.strip() for l in lines if l.startswith(start))


# ---- DOCX -----------------------------------------------------------------------------------------------------------

def run(text, props=""):
    return f'<w:r>{f"<w:rPr>{props}</w:rPr>" if props else ""}<w:t xml:space="preserve">{x(text)}</w:t></w:r>'


def p(content, props=""):
    return f'<w:p>{f"<w:pPr>{props}</w:pPr>" if props else ""}{content}</w:p>'


CENTER = '<w:jc w:val="center"/>'


def cell(content, props=""):
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{content}</w:tc>"


def side_by_side(left, right, runs):
    """Two cells without lines; the usual way to set a head or a foot."""
    borders = "".join(f'<w:{s} w:val="none" w:sz="0" w:space="0"/>' for s in ("top", "left", "bottom", "right", "insideH", "insideV"))
    cols = [cell("".join(p(runs(l), CENTER) for l in side) or p("")) for side in (left, right)]
    return (f"<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid/>"
            f"<w:tr>{''.join(cols)}</w:tr></w:tbl>")


STYLES = f"""<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Old"><w:name w:val="Kiểu cũ"/><w:basedOn w:val="Normal"/><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="OldCaps"><w:name w:val="Chữ hoa cũ"/><w:rPr><w:rFonts w:ascii=".VnTimeH" w:hAnsi=".VnTimeH"/></w:rPr></w:style>
<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="4"/><w:left w:val="single" w:sz="4"/><w:bottom w:val="single" w:sz="4"/><w:right w:val="single" w:sz="4"/><w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders></w:tblPr></w:style>
</w:styles>"""


def numbering():
    """1: I. 1. of the body; 2: 1. 2. of the second appendix; 3: the column TT; 4: dashes."""
    def level(i, fmt, text, start=1):
        return f'<w:lvl w:ilvl="{i}"><w:start w:val="{start}"/><w:numFmt w:val="{fmt}"/><w:lvlText w:val="{text}"/></w:lvl>'
    kinds = [level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.") + level(2, "lowerLetter", "%3)"),
             level(0, "decimal", "%1."), level(0, "decimal", "%1"), level(0, "bullet", "\uf02d")]
    return (f"<w:numbering {W}>" + "".join(f'<w:abstractNum w:abstractNumId="{i}">{k}</w:abstractNum>' for i, k in enumerate(kinds)) +
            "".join(f'<w:num w:numId="{i + 1}"><w:abstractNumId w:val="{i}"/></w:num>' for i in range(len(kinds))) + "</w:numbering>")


def docx(body, extra=()):
    rels = [("rId1", "styles", "styles.xml"), ("rId2", "numbering", "numbering.xml")]
    rels += [(f"rId{i + 3}", kind, name) for i, (kind, name, _) in enumerate(extra)]
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    package = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    return packed([
        ("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'),
        ("_rels/.rels", f'<Relationships {package}><Relationship Id="rId1" Type="{office}officeDocument" Target="word/document.xml"/></Relationships>'),
        ("word/_rels/document.xml.rels", f"<Relationships {package}>" + "".join(f'<Relationship Id="{i}" Type="{office}{t}" Target="{n}"/>' for i, t, n in rels) + "</Relationships>"),
        ("word/document.xml", f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {TOP_NS}><w:body>{body}<w:sectPr/></w:body></w:document>'),
        ("word/styles.xml", STYLES), ("word/numbering.xml", numbering())] + [("word/" + n, d) for _, n, d in extra])


def table(rows, runs, cells=None):
    grid = "".join('<w:gridCol w:w="1000"/>' for _ in rows[0])
    out = []
    for n, row in enumerate(rows):
        head = "<w:trPr><w:tblHeader/></w:trPr>" if n == 0 else ""
        out.append(f"<w:tr>{head}{cells(n, row) if cells else ''.join(cell(p(runs(c))) for c in row)}</w:tr>")
    return f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(out)}</w:tbl>'


def make_a(parts):
    body = []
    for part in parts:
        if part[0] == "head":
            left, right = part[1], part[2]
            cut = next(i for i, l in enumerate(left) if l.startswith("Số"))
            for line in left[:cut] + [""] + right[:2] + [""] + left[cut:] + [""] + right[2:] + [""]:
                body.append(p(run(line) if line else "", CENTER))
        elif part[0] == "foot":
            body += [p(run(l)) for l in part[1]] + [p("")] * 2 + [p(run(part[2][0]), CENTER)] + [p("")] * 3
            body += [p(run(l), CENTER) for l in part[2][1:]] + [p("")]
        elif part[0] == "table":
            body.append(table(part[1], run))
        else:
            body.append(p(run(part[1]), CENTER if part[0] == "center" else ""))
    return docx("".join(body))


def numbered(num, level):
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'


def boxed(text):
    inner = f"<w:txbxContent>{p(run(text), CENTER)}</w:txbxContent>"
    return p(f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>'
             f"<mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>")


def make_b(parts):
    body, seen_table = [], False
    rows = next(part[1] for part in parts if part[0] == "table")

    def cells(n, row):
        if n == 0:
            return "".join(cell(p(run(c))) for c in row)
        if not row[0].isdigit():
            return cell(p(run(row[0]))) + cell(p(run(row[1])), '<w:gridSpan w:val="4"/>')
        same = rows[n - 1][0].isdigit() and rows[n - 1][3] == row[3]
        nxt = n + 1 < len(rows) and rows[n + 1][0].isdigit() and rows[n + 1][3] == row[3]
        merge = "<w:vMerge/>" if same else '<w:vMerge w:val="restart"/>' if nxt else ""
        return (cell(p("", numbered(3, 0))) + cell(p(run(row[1]))) + cell(p(run(row[2]))) + cell(p("" if same else run(row[3])), merge) +
                cell(p(run(row[4]))))

    second = False
    for part in parts:
        kind, text = part[0], part[1]
        if kind in ("head", "foot"):
            body.append(side_by_side(part[1], part[2], run))
        elif kind == "table":
            body.append(table(rows, run, cells))
            seen_table = True
        elif text == "PHỤ LỤC I":
            body.append(boxed(text))
        elif not seen_table and (m := re.match(r"([IVX]+)\. (.*)", text)):
            body.append(p(run(m.group(2)), numbered(1, 0)))
        elif not seen_table and (m := re.match(r"(\d)\. (.*)", text)):
            body.append(p(f"<w:sdt><w:sdtPr/><w:sdtContent>{run(m.group(2))}</w:sdtContent></w:sdt>", numbered(1, 1)))
        elif seen_table and not second and (m := re.match(r"([123])\. (.*)", text)):
            body.append(p(run(m.group(2)), numbered(2, 0)))
            second = m.group(1) == "3"
        elif text.startswith("- "):
            body.append(p(run(text[2:]), numbered(4, 0)))
        else:
            body.append(p(run(text), CENTER if kind == "center" else ""))
    return docx("".join(body))


def codes(path):
    """Letter -> bytes of TCVN3 and VNI, from data/encodings_vn.tsv."""
    tcvn, vni = {}, {}
    with open(path, encoding="utf-8") as f:
        for line in f.read().split("\n")[1:]:
            col = line.split("\t")
            if len(col) > 3 and ord(col[1]) > 127:
                tcvn[col[1]] = bytes.fromhex(col[2]).decode("cp1252")
                vni[col[1]] = bytes.fromhex(col[3].replace(" ", "")).decode("cp1252")
    return tcvn, vni


def old_runs(text, tcvn):
    """TCVN3 in short runs, (in the capital font, letters): capitals with a tone exist there only."""
    out, state = [], None
    for ch in text:
        capital = ch.isupper() and ch in tcvn and ch not in "ĂÂÊÔƠƯĐ"
        if capital != state or len(out[-1][1]) > 6:
            out.append([capital, ""])
            state = capital
        out[-1][1] += tcvn.get(ch.lower() if capital else ch, ch)
    return out


def make_c(parts, table_of_codes):
    tcvn, vni = codes(table_of_codes)

    def old(text):
        return "".join(run(t, '<w:rStyle w:val="OldCaps"/>' if c else "") for c, t in old_runs(text, tcvn))

    def windows(text):
        """VNI, a run for every three signs: a letter and its mark may fall apart."""
        font = '<w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/>'
        s = "".join(vni.get(ch, ch) for ch in text)
        return "".join(run(s[i:i + 3], font) for i in range(0, len(s), 3))

    def changed(content):
        stamp = 'w:id="1" w:author="A" w:date="2023-08-20T00:00:00Z"'
        gone = f'<w:del {stamp}><w:r><w:delText>cũ bỏ đi </w:delText></w:r></w:del>'
        return f'{gone}<w:ins {stamp}>{content}</w:ins><w:moveFrom {stamp}>{run("chuyển đi nơi khác")}</w:moveFrom>{run("ẩn", "<w:vanish/>")}'

    body, second = [], False
    struck = '<w:rPr><w:del w:id="3" w:author="A" w:date="2023-08-20T00:00:00Z"/></w:rPr>'
    for n, part in enumerate(parts):
        if part[0] in ("head", "foot"):
            left, right = part[1], part[2]
            body.append(side_by_side(left, right, old))
            body[-1] = body[-1].replace("<w:pPr>", '<w:pPr><w:pStyle w:val="Old"/>')
        elif part[0] == "table":
            gone = f'<w:del w:id="8" w:author="A" w:date="2023-08-20T00:00:00Z">{run("99").replace("w:t", "w:delText")}</w:del>'
            row = ('<w:tr><w:trPr><w:del w:id="9" w:author="A" w:date="2023-08-20T00:00:00Z"/></w:trPr>' +
                   cell(p(gone, struck)) * 5 + "</w:tr>")
            t = table(part[1], old).replace("<w:p>", '<w:p><w:pPr><w:pStyle w:val="Old"/></w:pPr>')
            body.append(t.replace("</w:tbl>", row + "</w:tbl>"))
        else:
            second = second or part[1] == "PHỤ LỤC II"
            content = windows(part[1]) if second else old(part[1])
            if part[0] == "p" and n % 3 == 0:
                content = changed(content)
            if part[1].startswith("Căn cứ Kế hoạch số 1911"):
                content += '<w:r><w:footnoteReference w:id="2"/></w:r>'
            style = "" if second else '<w:pStyle w:val="Old"/>'
            body.append(p(content, style + (CENTER if part[0] == "center" else "")))
            if n % 7 == 0:
                body.append(p("", style + struck))
    note = f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0">{p(run("---"))}</w:footnote><w:footnote w:id="2">{p(run("Chú thích ở chân trang."))}</w:footnote></w:footnotes>'
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>8</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return docx("".join(body), [("footnotes", "footnotes.xml", note), ("header", "header1.xml", f"<w:hdr {W}>{p(field)}</w:hdr>")])


# ---- ODT ------------------------------------------------------------------------------------------------------------

def make_odt(parts):
    ns = " ".join(f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"' for k, v in
                  (("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"))) + \
        ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'

    def t(line, style="Standard"):
        line = x(line).replace("  ", ' <text:s text:c="1"/>')
        return f'<text:p text:style-name="{style}">{line}</text:p>'

    def side(left, right):
        cols = "".join(f'<table:table-cell table:style-name="Bare">{"".join(t(l, "C") for l in col)}</table:table-cell>' for col in (left, right))
        return f'<table:table><table:table-column table:number-columns-repeated="2"/><table:table-row>{cols}</table:table-row></table:table>'

    def grid(rows):
        def line(row):
            return "<table:table-row>" + "".join(f'<table:table-cell table:style-name="Lined">{t(c)}</table:table-cell>' for c in row) + "</table:table-row>"
        return f'<table:table><table:table-column table:number-columns-repeated="5"/><table:table-header-rows>{line(rows[0])}</table:table-header-rows>{"".join(map(line, rows[1:]))}</table:table>'

    body, dashes, i = [], [], 0
    for part in parts + [("end", "")]:
        if dashes and not (part[0] == "p" and part[1].startswith("- ")):
            body.append('<text:list text:style-name="L1">' + "".join(f"<text:list-item>{t(d)}</text:list-item>" for d in dashes) + "</text:list>")
            dashes = []
        if part[0] in ("head", "foot"):
            body.append(side(part[1], part[2]))
        elif part[0] == "table":
            body.append(grid(part[1]))
        elif part[0] == "p" and part[1].startswith("- "):
            dashes.append(part[1][2:])
        elif part[0] == "p" and (m := re.match(r"III\. (.*)", part[1])):
            body.append(f'<text:list text:style-name="L2"><text:list-item text:start-value="3"><text:h text:outline-level="1">{x(m.group(1))}</text:h></text:list-item></text:list>')
        elif part[0] != "end":
            body.append(t(part[1], "C" if part[0] == "center" else "Standard"))
    changes = '<text:tracked-changes><text:changed-region><text:deletion><text:p>đã xóa</text:p></text:deletion></text:changed-region></text:tracked-changes>'
    styles = ('<style:style style:name="C" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/></style:style>'
              '<style:style style:name="Bare" style:family="table-cell"><style:table-cell-properties fo:border="none"/></style:style>'
              '<style:style style:name="Lined" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000"/></style:style>'
              '<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1" text:bullet-char="-"/></text:list-style>'
              '<text:list-style style:name="L2"><text:list-level-style-number text:level="1" style:num-suffix="." style:num-format="I"/></text:list-style>')
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ns} office:version="1.2"><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{changes}{"".join(body)}</office:text></office:body></office:document-content>'
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    return packed([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content), ("META-INF/manifest.xml", manifest)])


# ---- sheets ---------------------------------------------------------------------------------------------------------

def make_xlsx(parts):
    rows = next(part[1] for part in parts if part[0] == "table")
    title = ["NHIỆM VỤ CỦA BAN CHỈ ĐẠO NĂM 2023"]
    strings, cells, merges = [], [], []

    def shared(s):
        if s not in strings:
            strings.append(s)
        return strings.index(s)

    for n, row in enumerate([title, []] + rows, 1):
        out = []
        for k, c in enumerate(row):
            at = "ABCDE"[k] + str(n)
            if c.isdigit():
                out.append(f'<c r="{at}"><v>{c}</v></c>')
            elif c and k == 1:
                out.append(f'<c r="{at}" t="inlineStr"><is><r><t xml:space="preserve">{x(c[:5])}</t></r><r><t xml:space="preserve">{x(c[5:])}</t></r></is></c>')
            elif c:
                out.append(f'<c r="{at}" t="s"><v>{shared(c)}</v></c>')
        if n > 3 and row and row[0] and not row[0].isdigit():
            merges.append(f"B{n}:E{n}")
        cells.append(f'<row r="{n}">{"".join(out)}</row>')
    hidden = '<row r="90" hidden="1"><c r="A90" t="inlineStr"><is><t>hàng ẩn</t></is></c></row>'
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    return packed([
        ("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'),
        ("_rels/.rels", f'<Relationships {package}><Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>'),
        ("xl/workbook.xml", f'<workbook {main} xmlns:r="{office}"><sheets><sheet name="Nhiệm vụ" sheetId="1" r:id="rId1"/><sheet name="Nháp" sheetId="2" state="hidden" r:id="rId2"/></sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", f'<Relationships {package}><Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{office}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'),
        ("xl/worksheets/sheet1.xml", f'<worksheet {main}><sheetData>{"".join(cells)}{hidden}</sheetData><mergeCells count="{len(merges) + 1}"><mergeCell ref="A1:E1"/>{"".join(f"""<mergeCell ref="{m}"/>""" for m in merges)}</mergeCells></worksheet>'),
        ("xl/worksheets/sheet2.xml", f'<worksheet {main}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>bỏ</t></is></c></row></sheetData></worksheet>'),
        ("xl/sharedStrings.xml", f'<sst {main}>{"".join(f"<si><t>{x(s)}</t></si>" for s in strings)}</sst>')])


def make_csv(parts):
    rows = next(part[1] for part in parts if part[0] == "table")
    return "\ufeff" + "".join(";".join('"' + c.replace('"', '""') + '"' if any(k in c for k in ';",\n') else c for c in row) + "\r\n" for row in rows)


# ---- edXML ----------------------------------------------------------------------------------------------------------

def make_edxml(attachments):
    """attachments: [(name, bytes)]; the second one is packed in a ZIP, as some senders do."""
    ns = "http://www.mic.gov.vn/TBT/QCVN_102_2016"

    def tags(**kw):
        return "".join(f"<edXML:{k}>{x(v)}</edXML:{k}>" for k, v in kw.items())
    refs, data = [], []
    for i, (name, content) in enumerate(attachments):
        if i == 1:
            content = packed([(name, content)])
        refs.append(f"<edXML:Reference>{tags(ContentId=f'cid:{i}', AttachmentName=name)}</edXML:Reference>")
        data.append(f'<Attachment><ContentId>cid:{i}</ContentId><AttachmentName>{x(name)}</AttachmentName><edXML:ContentTransferEncoded xmlns:edXML="{ns}">{base64.encodebytes(content).decode()}</edXML:ContentTransferEncoded></Attachment>')
    head = (f"<edXML:From>{tags(OrganId='000.00.01.H53', OrganName='Ban Chỉ đạo đổi mới, phát triển kinh tế tập thể, hợp tác xã')}</edXML:From>"
            f"<edXML:Code>{tags(CodeNumber='2653', CodeNotation='KH-BCĐ')}</edXML:Code>"
            f"<edXML:PromulgationInfo>{tags(Place='Tây Ninh', PromulgationDate='2023/08/22')}</edXML:PromulgationInfo>"
            f"<edXML:DocumentType>{tags(Type='10', TypeName='Kế hoạch')}</edXML:DocumentType>"
            f"{tags(Subject='Hoạt động của Ban Chỉ đạo đổi mới, phát triển kinh tế tập thể, hợp tác xã tỉnh Tây Ninh năm 2023')}"
            f"<edXML:SignerInfo>{tags(Competence='TRƯỞNG BAN', Position='PHÓ CHỦ TỊCH UBND TỈNH', FullName='Trần Văn Chiến')}</edXML:SignerInfo>"
            f"<edXML:ToPlaces>{tags(Place='Thành viên BCĐ (t/hiện)')}{tags(Place='UBND các huyện, tx, tp')}</edXML:ToPlaces>")
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<edXML xmlns="{ns}"><edXML:edXMLEnvelope xmlns:edXML="{ns}"><edXML:edXMLHeader><edXML:MessageHeader>{head}</edXML:MessageHeader></edXML:edXMLHeader>'
            f'<edXML:edXMLBody><edXML:edXMLManifest version="1.0">{"".join(refs)}</edXML:edXMLManifest></edXML:edXMLBody></edXML:edXMLEnvelope><AttachmentEncoded>{"".join(data)}</AttachmentEncoded></edXML>')


# ---- Word 97-2003 ---------------------------------------------------------------------------------------------------

def make_word_paper(parts, table_of_codes):
    tcvn, _ = codes(table_of_codes)
    w = make_word.Word()
    heads, tasks, signs = w.list([(1, "\0.", 1), (0, "\1.", 1)]), w.list([(0, "\0", 1)]), w.list([(23, "\uf0b7", 1)])
    edges, seen_table = [0, 600, 5000, 7000, 9000, 10500], False
    w.head([("\x13 PAGE \x148\x15", b"")])

    def old(text):
        return [(t, w.look(style=2) if c else b"") for c, t in old_runs(text, tcvn)]

    def changed(runs):
        return [("cũ bỏ đi ", w.look(font=0, struck=1))] + runs + [("ẩn", w.look(font=0, hidden=1))]

    def task_row(rows, n):
        row = rows[n]
        if n == 0 or not row[0].isdigit():
            w.row([old(c) for c in row[:2]] + ([old(c) for c in row[2:]] if n == 0 else ["", "", ""]), edges, istd=1, header=n == 0,
                  joined=() if n == 0 else (2, 3, 4))
            return
        same = rows[n - 1][0].isdigit() and rows[n - 1][3] == row[3]
        more = n + 1 < len(rows) and rows[n + 1][0].isdigit() and rows[n + 1][3] == row[3]
        w.row([[{"text": "", "list_no": tasks}], old(row[1]), old(row[2]), "" if same else old(row[3]), old(row[4])], edges, istd=1,
              merged={3: "goes on"} if same else {3: "restart"} if more else {})

    for n, part in enumerate(parts):
        kind, text = part[0], part[1]
        if kind in ("head", "foot"):
            sides = [[{"text": old(line), "center": kind == "head"} for line in side] for side in part[1:3]]
            w.row(sides, [0, 4700, 9400], istd=1, lines=False)
        elif kind == "table":
            for i in range(len(text)):
                task_row(text, i)
            seen_table = True
        elif text == "PHỤ LỤC I":
            w.para([w.box(text)], center=True)
        elif not seen_table and (m := re.match(r"([IVX]+)\. (.*)", text)):
            w.para(old(m.group(2)), istd=1, list_no=heads)
        elif not seen_table and (m := re.match(r"(\d)\. (.*)", text)):
            w.para(old(m.group(2)), istd=1, list_no=heads, level=1)
        elif text.startswith("- "):
            w.para(old(text[2:]), istd=1, list_no=signs)
        else:
            w.para(changed(old(text)) if kind == "p" and n % 3 == 0 else old(text), istd=1, center=kind == "center")
    return w.whole()


def make(text, table_of_codes, times=1):
    parts = paper(text)
    if times > 1:
        sides = [p for p in parts if p[0] in ("head", "foot")]
        parts = sides[:1] + [p for p in parts if p not in sides] * times + sides[1:2]
    out = {"a.docx": make_a(parts), "b.docx": make_b(parts), "c.docx": make_c(parts, table_of_codes), "d.odt": make_odt(parts),
           "e.xlsx": make_xlsx(parts), "f.csv": make_csv(parts).encode()}
    out["g.edxml"] = make_edxml([("2653.docx", out["b.docx"])]).encode()
    out["i.doc"] = make_word_paper(parts, table_of_codes)
    out["h.edxml"] = make_edxml([("bang.csv", out["f.csv"]), ("bang.xlsx", out["e.xlsx"])]).encode()
    return out


def main():
    import os
    source, folder, *names = sys.argv[1:]
    times = int(names[1]) if names[:1] == ["--times"] else 1
    names = names[2:] if times > 1 else names
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    os.makedirs(folder, exist_ok=True)
    with open(source, encoding="utf-8") as f:
        made = make(f.read(), os.path.join(here, "data/encodings_vn.tsv"), times)
    for name, data in made.items():
        if not names or name in names:
            with open(os.path.join(folder, name), "wb") as f:
                f.write(data)
    os.utime(folder)  # made now, for those who look at the folder's age


if __name__ == "__main__":
    main()

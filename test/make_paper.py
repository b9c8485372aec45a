#!/usr/bin/env python3
"""Sets a plan of the corpus as an office would: flat ODT for LibreOffice, which makes PDF of it.

make_paper.py TEXT OUT.fodt

The text is a file of the corpus (tabs part the cells of a table). A head or foot in two columns, page numbers, justified
paragraphs with an indent, ruled tables whose head repeats: all that plain text has lost and a reader of PDF must undo."""
import re
import sys
from xml.sax.saxutils import escape

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="F" svg:font-family="Liberation Serif"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"/></office:font-face-decls>
<office:styles><style:default-style style:family="paragraph"><style:text-properties style:font-name="F"
 fo:font-size="13.5pt" fo:language="vi" fo:country="VN"/></style:default-style></office:styles>
<office:automatic-styles>
<style:page-layout style:name="pl"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"
 fo:margin-top="1.2cm" fo:margin-bottom="2cm" fo:margin-left="3cm" fo:margin-right="1.8cm"/>
<style:header-style><style:header-footer-properties fo:min-height="0.8cm"/></style:header-style></style:page-layout>
<style:style style:name="B" style:family="paragraph"><style:paragraph-properties fo:text-align="justify"
 fo:text-indent="1.27cm" fo:margin-top="0.1cm" fo:margin-bottom="0.1cm"/></style:style>
<style:style style:name="H" style:family="paragraph"><style:paragraph-properties fo:text-align="justify"
 fo:text-indent="1.27cm" fo:margin-top="0.2cm"/><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="C" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/></style:style>
<style:style style:name="CB" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/>
<style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="CP" style:family="paragraph" style:parent-style-name=""><style:paragraph-properties
 fo:text-align="center" fo:break-before="page"/><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="L" style:family="paragraph"><style:paragraph-properties fo:text-align="left"/>
<style:text-properties fo:font-size="11pt"/></style:style>
<style:style style:name="LB" style:family="paragraph"><style:text-properties fo:font-weight="bold"
 fo:font-style="italic" fo:font-size="12pt"/></style:style>
<style:style style:name="T" style:family="paragraph"><style:paragraph-properties fo:text-align="left"/>
<style:text-properties fo:font-size="12pt"/></style:style>
<style:style style:name="N" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/>
<style:text-properties fo:font-size="12pt"/></style:style>
<style:style style:name="NB" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/>
<style:text-properties fo:font-size="12pt" fo:font-weight="bold"/></style:style>
<style:style style:name="S" style:family="paragraph"><style:paragraph-properties fo:text-align="center"
 fo:margin-top="2cm"/><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties fo:padding="0.1cm"
 fo:border="0.5pt solid #000000" style:vertical-align="middle"/></style:style>
<style:style style:name="bare" style:family="table-cell"><style:table-cell-properties fo:padding="0.05cm"
 fo:border="none"/></style:style>
%s</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pl"><style:header>
<text:p text:style-name="C"><text:page-number/></text:p></style:header></style:master-page></office:master-styles>
<office:body><office:text>
"""
TAIL = "</office:text></office:body></office:document>\n"


def para(style, text):
    text = re.sub(r"\*([^*]+)\*", r"\1", text)  # marks of emphasis, nobody prints them
    return '<text:p text:style-name="%s">%s</text:p>\n' % (style, escape(text))


def columns(left, right, widths):
    """Two columns without rules: a head or a foot."""
    name = "w%d" % widths[0]
    cols = "".join('<table:table-column table:style-name="%s%s"/>' % (name, k) for k in "ab")
    cells = "".join('<table:table-cell table:style-name="bare">%s</table:table-cell>' % "".join(para(*p) for p in side)
                    for side in (left, right))
    return "<table:table>%s<table:table-row>%s</table:table-row></table:table>\n" % (cols, cells)


def table(rows, widths):
    out = ["<table:table>"]
    out += ['<table:table-column table:style-name="t%d"/>' % i for i in range(len(widths))]
    for n, row in enumerate(rows):
        cells = "".join('<table:table-cell table:style-name="cell">%s</table:table-cell>' %
                        para("CB" if n == 0 else "C" if i == 0 else "T", c) for i, c in enumerate(row))
        line = "<table:table-row>%s</table:table-row>" % cells
        out.append("<table:table-header-rows>%s</table:table-header-rows>" % line if n == 0 else line)
    out.append("</table:table>\n")
    return "".join(out)


def styles(widths):
    col = ('<style:style style:name="%s" style:family="table-column"><style:table-column-properties '
           'style:column-width="%.2fcm"/></style:style>\n')
    out = [col % ("t%d" % i, w) for i, w in enumerate(widths)]
    for a, b in ((7, 9), (8, 8)):
        out += [col % ("w%da" % a, a), col % ("w%db" % a, b)]
    return "".join(out)


def blocks(text):
    """Blank lines part paragraphs; of a paragraph all lines are kept."""
    for chunk in re.split(r"\n\s*\n", text):
        lines = [ln.strip(" ") for ln in chunk.split("\n") if ln.strip()]
        if lines:
            yield lines


def recipients(it, lines):
    rest = lines[1:] or next(it)
    left = [("LB", lines[0])] + [("L", ln) for ln in rest]
    right = []
    for more in it:
        if re.fullmatch(r"\d+", more[0]):
            continue
        right.append(more)
        if len(right) == 2:
            break
    sign = [("CB" if i == 0 else "S", ln) for i, ln in enumerate([right[0][0]] + right[1])] if len(right) > 1 else []
    if len(right) > 1 and len(right[1]) > 1:  # a second office stands under the first
        sign = [("CB", right[0][0]), ("CB", right[1][1]), ("S", right[1][0])]
    return columns(left, sign, (8, 8))


def build(text):
    out, it, rows = [], iter(list(blocks(text))), None
    for lines in it:
        first = lines[0]
        if "\t" in first:
            grid = [re.split(r"\t", ln) for ln in lines]
            if rows and grid[0] == rows[0]:
                grid = grid[1:]
            rows = (rows or []) + grid
            continue
        if rows:
            out.append(table(rows, (1.2, 6.8, 3.3, 2.6, 2.3)))
            rows = None
        if first.startswith("Số:") and not out:
            place = next(it)[0]
            out.append(columns([("N", "UBND TỈNH TÂY NINH"), ("NB", "BAN CHỈ ĐẠO ĐỔI MỚI, PHÁT TRIỂN"),
                                ("NB", "KINH TẾ TẬP THỂ, HỢP TÁC XÃ"), ("N", first)],
                               [("NB", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("NB", "Độc lập - Tự do - Hạnh phúc"),
                                ("N", ""), ("N", place)], (7, 9)))
        elif first.startswith("UBND TỈNH"):
            motto, number, place = next(it), next(it), next(it)
            out.append(columns([("N", first), ("NB", lines[1])] + [("N", ln) for ln in number],
                               [("NB", motto[0]), ("NB", motto[1]), ("N", ""), ("N", place[0])], (7, 9)))
        elif first.startswith("Nơi nhận"):
            out.append(recipients(it, lines))
        elif first.startswith("PHỤ LỤC"):
            out += [para("CP", first)] + [para("CB", ln) for ln in lines[1:]]
        elif first.startswith("(Ban hành") or first == "KẾ HOẠCH" or first.startswith("Hoạt động của Ban"):
            out += [para("CB", ln) for ln in lines]
        elif re.match(r"[IVX]+\. ", first):
            out += [para("H", ln) for ln in lines]
        else:
            out += [para("B", ln) for ln in lines]
    return HEAD % styles((1.2, 6.8, 3.3, 2.6, 2.3)) + "".join(out) + TAIL


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        text = f.read()
    with open(sys.argv[2], "w", encoding="utf-8") as f:
        f.write(build(text))


if __name__ == "__main__":
    main()

/* dd_docx.h - writes official papers as DOCX in the layout of Decree 30/2020, annex I (SPECS part 1): A4, margins
 * 20/20/30/15 mm, Times New Roman, page number centred in the header from page 2 on, head and foot as borderless
 * tables, rules as borders of the right length, real heading styles.
 *
 * The writer streams: start, parts in the order of the paper, finish. Calls in between return nothing; what went
 * wrong on the way (too big, a row that does not fit its table) is told once, by docx_finish. Texts may hold '\n': a
 * line break in a paragraph, a new paragraph in a cell. Control characters are left out, bad UTF-8 becomes U+FFFD. */
#ifndef DD_DOCX_H
#define DD_DOCX_H

#include "dd_base.h"

/* All lengths are twips (1/20 pt). */
#define DOCX_MM(x) ((int32_t)((x)*56.6929 + 0.5))
#define DOCX_PT(x) ((int32_t)((x)*20))

enum docx_style {
        DOCX_BODY,     /* justified, first line 12.7 mm, 6 pt after */
        DOCX_BASIS,    /* "Căn cứ ...;": as the body, italic */
        DOCX_H1,       /* "I. TÌNH HÌNH ...": bold, Heading 1 */
        DOCX_H2,       /* "1. Kết quả ...": bold, Heading 2 */
        DOCX_H3,       /* "a) ...": bold italic, Heading 3 */
        DOCX_TYPE,     /* name of the type: BÁO CÁO */
        DOCX_SUBJECT,  /* trích yếu under it */
        DOCX_APPENDIX, /* "Phụ lục I", Heading 1 without number */
        DOCX_PLAIN,    /* no indent, no gaps: heads, feet */
        DOCX_CELL,     /* in bordered tables: 12 pt */
        DOCX_CELL_HEAD,
        DOCX_NOTE, /* 12 pt italic, under tables */
        DOCX_STYLES
};

enum docx_align { DOCX_ALIGN_STYLE, DOCX_LEFT, DOCX_CENTER, DOCX_RIGHT, DOCX_JUSTIFY };

enum docx_run_flags { DOCX_BOLD = 1, DOCX_ITALIC = 2, DOCX_RED = 4, DOCX_UPRIGHT = 8 /* in an italic style */ };

enum docx_page { DOCX_PORTRAIT, DOCX_LANDSCAPE };

/* Width of text between the margins. */
#define DOCX_WIDTH_PORTRAIT  DOCX_MM(165)
#define DOCX_WIDTH_LANDSCAPE DOCX_MM(252)

struct docx_meta {
        struct str title; /* shown by readers in the title bar; no author is ever written */
        enum docx_page page;
        int32_t body_pt; /* 13 or 14; 0: 14 */
};

/* One document under way; members are private. */
struct docx {
        struct dd_ctx *c;
        struct dd_buf body;
        struct str title;
        int32_t body_pt;
        enum docx_page page;
        size_t keep_at; /* where keepNext of the last paragraph would stand */
        bool keep_has;  /* it has one already */
        bool in_para, in_cell, cell_empty, after_table;
        const char *misuse; /* first wrong call, for the log */
        int32_t *cols;      /* of the open table */
        size_t n_cols, col, row, header_rows;
        bool in_table, in_row, table_borders, table_split;
};

void docx_start(struct docx *d, struct dd_ctx *c, const struct docx_meta *meta);
/* Packs the document into out (appended). DD_ETOOBIG beyond the buffers' ceilings, DD_EIO for the rest. The same calls
 * give the same bytes. */
MUST_CHECK enum dd_err docx_finish(struct docx *d, struct dd_buf *out);
void docx_free(struct docx *d);
#define AUTO_DOCX __attribute__((cleanup(docx_free))) struct docx

/* ---- paragraphs ---------------------------------------------------------------------------------------- */

/* One paragraph of one look, the usual case. */
void docx_text(struct docx *d, enum docx_style style, struct str text);

struct docx_para {
        enum docx_style style;
        enum docx_align align;
        int32_t before, after;      /* 0: the style's; -1: none */
        int32_t left, right, first; /* indents; first 0: the style's, -1: none, below -1: hanging */
        int32_t line;               /* exact line height, 0: the style's */
        bool keep_next, page_break;
};
void docx_para_begin(struct docx *d, const struct docx_para *p);
/* size_pt 0: the style's. flags: docx_run_flags, added to the style's. */
void docx_run(struct docx *d, struct str text, unsigned flags, int32_t size_pt);
void docx_para_end(struct docx *d);

/* A ruled line of that length, centred between left and right of the text (or of the cell, width = its width). */
void docx_rule(struct docx *d, int32_t width, int32_t length);

/* Width of a text in Times New Roman, line by line: the widest. For rules, and to break names that do not fit. */
int32_t docx_text_width(struct str text, int32_t size_pt, bool bold);

/* A new section on a new page, its page numbers beginning at 1 again, the first not shown. */
void docx_section(struct docx *d, enum docx_page page);

/* ---- tables -------------------------------------------------------------------------------------------- */

struct docx_table {
        const int32_t *widths; /* twips a column */
        size_t n_cols;
        size_t header_rows; /* the first rows, repeated on every page */
        bool borders;
        bool split_rows; /* rows may break over pages; default: they do not */
};
void docx_table_begin(struct docx *d, const struct docx_table *t);
void docx_table_end(struct docx *d);

struct docx_cell {
        enum docx_align align;
        struct str text;
        unsigned flags; /* docx_run_flags */
        int32_t span;   /* columns, 0 = 1 */
        int32_t vmerge; /* 1: begins a cell over several rows, 2: goes on from above */
        bool middle;    /* vertically centred */
};
/* One row of cells; their spans add up to the columns. Header rows look as such by themselves. */
void docx_row(struct docx *d, const struct docx_cell *cells, size_t n);
/* A row over all columns, bold, kept with the row after it: "I. NHÓM NHIỆM VỤ ...". */
void docx_row_group(struct docx *d, struct str text);
/* Free content: row_begin, then cell_begin, paragraphs, cell_end for each cell, row_end. */
void docx_row_begin(struct docx *d);
void docx_cell_begin(struct docx *d, const struct docx_cell *cell); /* text and flags unused */
void docx_cell_end(struct docx *d);
void docx_row_end(struct docx *d);

/* ---- parts of an official paper (docx_part_paper.c) ------------------------------------------------------ */

/* Boxes 1-5b and 10. A part that is NULL is left out; number NULL leaves the gap "Số:      /BC-BCĐ" to be filled in. */
struct docx_head {
        struct str parent;  /* "UBND TỈNH TÂY NINH"; '\n' breaks lines */
        struct str agency;  /* bold; lines wider than the column are broken */
        struct str number;  /* "05" */
        struct str symbol;  /* "BC-BCĐ" */
        struct str subject; /* of a công văn only: "V/v đôn đốc ..." */
        struct str place;   /* "Tây Ninh" */
        int32_t day;        /* DD_NO_DAY: "ngày     tháng     năm 2023" with year */
        int32_t year;       /* shown when day is not known; 0: a gap too */
        struct str urgency; /* "KHẨN", in a red frame */
};
void docx_head(struct docx *d, const struct docx_head *h);

/* Type in capitals, what it is about in lines that end between groups of words, rule below (box 5a). */
void docx_title(struct docx *d, struct str type, struct str about);

/* "Kính gửi: X." or a list under the colon (box 9a). Names without end marks. */
void docx_addressees(struct docx *d, const struct str *names, size_t n);

/* "Phụ lục I", title, reference "(Kèm theo ...)" in italics, rule. number NULL: the only appendix. */
void docx_appendix(struct docx *d, struct str number, struct str title, struct str reference);

/* Recipients and signature (boxes 9b, 7): one row that cannot split, kept with the paragraph before it. So end the
 * body with a paragraph ("... ./."), not with a table. */
struct docx_foot {
        const struct str *recipients; /* without "- " and ";": "Lưu: VT, VP" last */
        size_t n_recipients;
        const struct str *authority; /* bold capitals, a line each: "TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN" */
        size_t n_authority;
        struct str office; /* other office above the name (7b); may be NULL */
        struct str name;   /* may be NULL: signed by hand */
};
void docx_foot(struct docx *d, const struct docx_foot *f);

#endif

/* dd_page.h - papers that come as pages: words with their places to blocks, grey pictures to ruling lines and cells.
 * All of it runs in reader children on what helper programs gave; none of it trusts a byte. DESIGN section 6. */
#ifndef DD_PAGE_H
#define DD_PAGE_H

#include "dd_blocks.h"

#define PAGE_MAX    500 /* of one paper */
#define PAGE_DPI    200 /* of a scan that is recognised */
#define PAGE_PX_MAX 6400

enum page_scan_need {
        SCAN_NO,
        SCAN_YES,   /* text that is no language, or ink that is in no word: recognise it */
        SCAN_DOUBT, /* too few words to tell; a small picture of the page does */
};

/* What pdftotext's words say of a page. */
struct page_need {
        uint16_t px_scan;  /* longest side of the picture for recognition, and */
        uint16_t px_rules; /* of the small one for ruling lines */
        uint8_t scan;      /* enum page_scan_need */
        uint8_t rules;     /* its words stand as in a table: look for ruling lines */
        uint8_t spare[2];
};

/* Words of `pdftotext -tsv` to an array of struct page_need, one a page, into out. DD_ETOOBIG beyond PAGE_MAX pages,
 * DD_EFORMAT when it is no such list. Given parts instead (PART_WORDS and PART_SMALL), pages with a picture are in no
 * doubt any more. */
MUST_CHECK enum dd_err page_triage(struct dd_ctx *c, struct str bytes, struct dd_buf *out);

/* Words of `pdftotext -tsv`, gone on with at once: when no page needs more than its words, blocks as of pages_read, and
 * *ret_done is true; else the needs, as of page_triage. Errors of both. */
MUST_CHECK enum dd_err pages_first(struct dd_ctx *c, struct str tsv, struct dd_buf *need, struct blocks *ret,
                                   bool *ret_done);

/* PNG or JPEG to a PDF of one page that holds it as it is. DD_EFORMAT with words for the person: broken, or of a kind
 * that PDF does not have; DD_ETOOBIG: more than 40 million dots. */
MUST_CHECK enum dd_err image_wrap(struct dd_ctx *c, struct str bytes, struct dd_buf *out);

/* A coloured page (PPM) for recognition: grey without red seals, turned upright and straight, and when it has ruled
 * tables, the cells in a column of their own. out: struct page_scan_head, then three runs of bytes: the page (none: it
 * is blank), the column of cells (none: no table), and the geometry for pages_read. */
struct page_scan_head {
        uint32_t magic;
        uint32_t page, cells, geometry; /* bytes */
};
#define PAGE_SCAN_MAGIC 0x31534450u /* "PDS1" */
MUST_CHECK enum dd_err page_scan(struct dd_ctx *c, struct str ppm, struct dd_buf *out);

/* Small grey pages, one PGM behind the other, to the lines of their tables: geometry for pages_read, a part for each
 * page that has any. `first` is the number of the first one. */
MUST_CHECK enum dd_err page_rules(struct dd_ctx *c, struct str pgms, int first, struct dd_buf *out);

/* What is known of a paper's pages: parts, each a head and its bytes, in any order. */
enum page_part_kind {
        PART_WORDS = 1, /* pdftotext -tsv, the whole paper; page 0 */
        PART_OCR,       /* tesseract's TSV of one page */
        PART_CELLS,     /* the same of its column of cells */
        PART_SCAN,      /* geometry of page_scan */
        PART_RULES,     /* geometry of page_rules */
        PART_SMALL      /* PGM of one page, for page_triage */
};
struct page_part {
        uint32_t magic, kind, page, size;
};
#define PAGE_PART_MAGIC 0x31504450u /* "PDP1" */

/* Parts to blocks with boxes: lines, columns of heads and feet, paragraphs, tables over pages. DD_EFORMAT: parts that
 * contradict themselves; DD_EINVAL: not one word. */
MUST_CHECK enum dd_err pages_read(struct dd_ctx *c, struct str parts, struct blocks *ret);

#endif

/* read_priv.h - the readers behind paper_read(). Each takes what sniffing has opened. */
#ifndef READ_PRIV_H
#define READ_PRIV_H

#include "dd_blocks.h"
#include "package_priv.h"

MUST_CHECK enum dd_err docx_read(struct dd_ctx *c, struct package *p, struct blocks *ret);
MUST_CHECK enum dd_err xlsx_read(struct dd_ctx *c, struct package *p, struct blocks *ret);
MUST_CHECK enum dd_err odt_read(struct dd_ctx *c, struct package *p, struct blocks *ret);

/* Word 97-2003; other old Office files and what is locked by a password are told apart and refused. */
MUST_CHECK enum dd_err doc_read(struct dd_ctx *c, struct str bytes, struct blocks *ret);

/* Of a decoded text: the sign between its cells, 0 = it is no CSV. */
char csv_separator(struct str text);
MUST_CHECK enum dd_err csv_read(struct dd_ctx *c, struct str text, char sep, struct blocks *ret);

/* A message of the document axis, QCVN 102:2016 (SPECS 3.1). */
bool edxml_is(struct str bytes);
MUST_CHECK enum dd_err edxml_read(struct dd_ctx *c, struct str bytes, struct blocks *ret);

/* paper_read() for what lies inside another file: no message in a message, a ZIP with one file in it is opened. */
MUST_CHECK enum dd_err paper_inside(struct dd_ctx *c, struct str bytes, struct blocks *ret);

#endif

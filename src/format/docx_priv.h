/* docx_priv.h - shared by the parts of the DOCX writer; see dd_docx.h. */
#ifndef DOCX_PRIV_H
#define DOCX_PRIV_H

#include "dd_docx.h"
#include "times_priv.h"

/* Text as XML character data and attribute value; what XML 1.0 cannot hold is left out. */
void docx_put_xml(struct dd_buf *b, struct str text);
void docx_misuse(struct docx *d, const char *what); /* the first one stays */
void docx_put_section(struct docx *d);              /* <w:sectPr> of the page under way */
/* Gives the last paragraph outside tables keepNext, so that it stays with what follows. */
void docx_keep_last(struct docx *d);

const char *docx_style_id(enum docx_style s);
void docx_put_styles(struct dd_buf *b, int32_t body_pt);

MUST_CHECK enum dd_err docx_pack(struct docx *d, struct dd_buf *out);

#endif

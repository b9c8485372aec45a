/* read_priv.h - the readers behind paper_read(). Each takes what sniffing has opened. */
#ifndef READ_PRIV_H
#define READ_PRIV_H

#include "dd_blocks.h"
#include "package_priv.h"

MUST_CHECK enum dd_err docx_read(struct dd_ctx *c, struct package *p, struct blocks *ret);

#endif

/* What the two halves of reading a paper share: paper.c (forms, steps) and pages.c (what comes as pages). */
#ifndef PAPER_PRIV_H
#define PAPER_PRIV_H

#include "dd_page.h"
#include "worker_priv.h"

#define OCR_LANGUAGE    "/usr/share/tesseract-ocr/5/tessdata/vie.traineddata"
#define IMAGE_DPI_MIN   36
#define IMAGE_DPI_MAX   200
#define A4_LONG_SIDE_MM 2970 /* tenths */

enum paper_form { FORM_OTHER, FORM_PDF, FORM_PICTURE, FORM_TIFF };

struct paper {
        struct worker *w;
        const struct worker_job *job;
        int pdf, made; /* what is read; the same when we made it ourselves, else -1 */
        size_t pdf_size;
        int words; /* pdftotext's; -1: none */
        size_t words_size;
        int bundle; /* parts for the last child; -1: not begun */
};

enum paper_form paper_form(const struct worker_job *job);
MUST_CHECK enum dd_err paper_to_pdf(struct dd_ctx *c, struct paper *p, enum paper_form form);
void paper_close(struct paper *p);
MUST_CHECK enum dd_err paper_program(struct dd_ctx *c, struct paper *p, struct run r, int *ret_fd, size_t *ret_size,
                                     bool *ret_failed);
MUST_CHECK enum dd_err paper_reader(struct dd_ctx *c, struct paper *p, struct run r, struct outcome *o,
                                    struct str *ret);
MUST_CHECK enum dd_err paper_memory(struct dd_ctx *c, struct str bytes, int *ret_fd);
bool paper_part(struct paper *p, enum page_part_kind kind, int page, struct str bytes);
bool paper_part_fd(struct paper *p, enum page_part_kind kind, int page, int fd, size_t size);

/* pages.c. `scanned`: there is no text layer to look for. */
MUST_CHECK enum dd_err pages_run(struct dd_ctx *c, struct paper *p, bool scanned, struct draft *ret);

#endif

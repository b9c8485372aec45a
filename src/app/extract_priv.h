/* extract_priv.h - `dondoc extract` over many papers: what was asked, which files, and the run. */
#ifndef APP_EXTRACT_PRIV_H
#define APP_EXTRACT_PRIV_H

#include "dd_draft.h"

struct path {
        const char *real; /* to open it */
        struct str name;  /* as shown: below the folder that was named */
};
struct paths {
        struct path *v;
        size_t n, cap;
};

struct extract_words {
        struct str out, failures; /* folder and file; NULL: stdout, none */
        const char **v;           /* the files and folders, as given */
        int n;
};

/* Do these words ask for many papers: a folder, several files, --out, --failures? False: one paper, or wrong. */
bool extract_words(int argc, char **argv, struct arena *a, struct extract_words *ret);
/* The files, folders walked in order of their names: no hidden ones, no links to elsewhere. */
bool extract_walk(struct arena *a, const struct extract_words *w, struct paths *ret);
int extract_many(const struct extract_words *w, const struct paths *files, struct arena *a);

struct str extract_reason(enum dd_err e); /* a few words; for counting */
MUST_CHECK enum dd_err extract_file_read(struct dd_ctx *c, const char *path, struct str *ret);

#endif

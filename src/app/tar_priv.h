/* tar_priv.h - a backup is a tar that any tar opens: manifest.json, then dondoc.db. Only what such a file needs. */
#ifndef APP_TAR_H
#define APP_TAR_H

#include "dd_base.h"

#define TAR_BLOCK 512

struct tar_entry {
        char name[101];
        uint64_t size;
};
/* Header of one regular file, mode 0600. */
void tar_head(char ret[TAR_BLOCK], const char *name, uint64_t size, int64_t mtime);
/* False: not the header of a regular file, or its sum is wrong. */
bool tar_parse(const char head[TAR_BLOCK], struct tar_entry *ret);
/* Whole transfers; false with errno, 0 for an early end. */
bool tar_read(int fd, void *p, size_t n);
bool tar_write(int fd, const void *p, size_t n);
/* size bytes and the filling up to a block, from one to the other. */
bool tar_copy_in(int out, int in, uint64_t size);
bool tar_copy_out(int out, int in, uint64_t size);

#endif

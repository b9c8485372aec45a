/* tool_io.h - what the generators of tools/ share: whole files in and out, and C string literals. */
#ifndef TOOL_IO_H
#define TOOL_IO_H

#include "dd_base.h"

/* STR_NONE, and a line on stderr, when the file cannot be read. */
struct str file_read(struct arena *a, const char *path);
/* false, and a line on stderr, when it cannot be written. */
bool file_write(const char *path, struct str s);
struct str path_base(struct str path);

/* A literal with its quotes; line ends continue on a line of their own. */
void c_string(struct dd_buf *b, struct str s);
/* The same for bytes that are no text. */
void c_bytes(struct dd_buf *b, struct str s);

#endif

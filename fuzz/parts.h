/* parts.h - a package out of fuzzed parts: XML inside of a ZIP is out of a fuzzer's reach, so the input is the parts,
 * each ended by a line "%%", and the ZIP around them is made here. Then: blocks, mark of secrecy, draft. */
#ifndef FUZZ_PARTS_H
#define FUZZ_PARTS_H

#include <zlib.h>

#include "dd_draft.h"
#include "dd_text.h"

#define FUZZ_INPUT_MAX ((size_t)1 << 18)

static inline void
must(bool ok)
{
        if (!ok)
                abort();
}

/* Spans lie inside the text, cells say what their span shows, and the extraction takes it all. */
static inline void
check_blocks(struct dd_ctx *c, const struct blocks *b)
{
        int32_t n = (int32_t)utf8_len(b->text);
        struct draft d;

        must(utf8_valid(b->text, NULL) && b->format.n > 0);
        for (size_t i = 0; i < b->n; i++) {
                const struct block *k = &b->v[i];

                must(k->span.from >= 0 && k->span.from <= k->span.to && k->span.to <= n && k->line >= 1);
                for (size_t j = 0; j < k->n_cells; j++)
                        must(k->cells[j].span.from >= 0 && k->cells[j].span.from <= k->cells[j].span.to &&
                             k->cells[j].span.to <= n && utf8_valid(k->cells[j].text, NULL));
        }
        (void)blocks_secret(c, b, NULL);
        if (b->text.n < FUZZ_INPUT_MAX)
                must(draft_make(c, b, 2024, &d) == DD_OK);
}

static inline void
check_paper(struct str bytes)
{
        struct dd_ctx c = { .arena = arena_new(0) };
        struct blocks b;

        if (paper_read(&c, bytes, STR_NONE, &b) == DD_OK)
                check_blocks(&c, &b);
        else
                must(c.err_text.n > 0);
        arena_free(c.arena);
}

static inline void
put_le(struct dd_buf *b, uint32_t v, int bytes)
{
        for (int i = 0; i < bytes; i++)
                buf_c(b, (char)(v >> (8 * i)));
}

/* The fields that the entry before a member and its entry in the directory have in common. */
static inline void
put_entry(struct dd_buf *b, struct str name, struct str data)
{
        put_le(b, 20, 2); /* version, flags, stored, time */
        put_le(b, 0, 2);
        put_le(b, 0, 2);
        put_le(b, 0x58210000, 4);
        put_le(b, (uint32_t)crc32(0, (const unsigned char *)data.p, (unsigned)data.n), 4);
        put_le(b, (uint32_t)data.n, 4);
        put_le(b, (uint32_t)data.n, 4);
        put_le(b, (uint32_t)name.n, 2);
        put_le(b, 0, 2);
}

static inline void
check_parts(const uint8_t *data, size_t size, const char *const *names, size_t n_names)
{
        struct str rest = { (const char *)data, size };
        struct dd_buf zip = { 0 }, directory = { 0 };
        size_t n = 0;

        if (size > FUZZ_INPUT_MAX)
                return;
        for (; n < n_names && rest.n > 0; n++) {
                size_t end = str_find(rest, S("\n%%\n"), 0);
                struct str part = str_sub(rest, 0, end), name = str_of(names[n]);

                put_le(&directory, 0x02014b50, 4);
                put_le(&directory, 20, 2);
                put_entry(&directory, name, part);
                put_le(&directory, 0, 2); /* comment, disk, attributes */
                put_le(&directory, 0, 2);
                put_le(&directory, 0, 2);
                put_le(&directory, 0, 4);
                put_le(&directory, (uint32_t)zip.n, 4);
                buf_str(&directory, name);
                put_le(&zip, 0x04034b50, 4);
                put_entry(&zip, name, part);
                buf_str(&zip, name);
                buf_str(&zip, part);
                rest = str_sub(rest, end + 4, rest.n);
        }
        size_t at = zip.n;
        buf_str(&zip, buf_view(&directory));
        put_le(&zip, 0x06054b50, 4);
        put_le(&zip, 0, 4);
        put_le(&zip, (uint32_t)n, 2);
        put_le(&zip, (uint32_t)n, 2);
        put_le(&zip, (uint32_t)directory.n, 4);
        put_le(&zip, (uint32_t)at, 4);
        put_le(&zip, 0, 2);
        check_paper(buf_view(&zip));
        buf_free(&zip);
        buf_free(&directory);
}

#endif

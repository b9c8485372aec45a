/* A text file to its draft and back: the reader, the extraction and both ways of the draft's JSON on any bytes. Spans
 * lie inside the shown text, and what the writer writes the reader takes and writes again the same. */
#include "dd_draft.h"
#include "dd_json.h"
#include "dd_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool ok)
{
        if (!ok)
                abort();
}

static void
check_single(struct arena *a, struct str s)
{
        struct deadline d;
        struct mentions m;

        if (!utf8_valid(s, NULL))
                return;
        deadline_parse(a, s, 2024, &d);
        must(d.kind == DL_NONE || deadline_kind_name(d.kind) != NULL);
        agency_parse(a, s, S("Tây Ninh"), &m);
        for (size_t i = 0; i < m.n; i++)
                must(utf8_valid(m.v[i].name, NULL) && agency_kind_name(m.v[i].kind) != NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct str bytes = { (const char *)data, size };
        struct dd_ctx c = { .arena = arena_new(0) };
        struct blocks b;
        struct draft d, back;
        struct dd_buf one = { 0 }, two = { 0 };
        struct json_w w;

        if (size < 1 << 16 && text_read(&c, bytes, &b) == DD_OK) {
                must(utf8_valid(b.text, NULL));
                (void)blocks_secret(&c, &b, NULL);
                must(draft_make(&c, &b, 0, &d) == DD_OK);
                json_start(&w, &one);
                draft_json(&w, &d);
                must(draft_parse(&c, buf_view(&one), &back) == DD_OK);
                json_start(&w, &two);
                draft_json(&w, &back);
                must(str_eq(buf_view(&one), buf_view(&two)));
                draft_table(&one, &d);
        }
        check_single(c.arena, size > 600 ? str_sub(bytes, 0, 600) : bytes);
        buf_free(&one);
        buf_free(&two);
        arena_free(c.arena);
        return 0;
}

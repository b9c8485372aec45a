/* Every text function on any bytes: keys stay UTF-8, normal form and keys are stable, tokens lie inside the text. */
#include "dd_date.h"
#include "dd_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool ok)
{
        if (!ok)
                abort();
}

static void
check_stable(struct arena *a, struct str s, struct str (*fn)(struct arena *, struct str))
{
        struct str once = fn(a, s);

        must(utf8_valid(once, NULL));
        must(str_eq(fn(a, once), once));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct str s = { (const char *)data, size };
        struct arena *a = arena_new(0);
        struct text_tokens t;
        bool valid = utf8_valid(s, NULL);

        if (size > 1 << 16) {
                arena_free(a);
                return 0;
        }
        if (valid)
                check_stable(a, s, text_nfc);
        check_stable(a, s, text_fold);
        check_stable(a, s, text_exact);
        must(utf8_valid(text_lower(a, s), NULL));
        must(utf8_valid(text_upper(a, s), NULL));
        must(memchr(text_sortkey(a, s).p, 0, text_sortkey(a, s).n) == NULL);
        text_tokenize(a, s, &t);
        for (size_t i = 0; i < t.n; i++)
                must(t.v[i].from < t.v[i].to && t.v[i].to <= size && t.v[i].exact.n > 0);
        if (size < 200) {
                text_is_syllable(s);
                day_parse(s);
                must(text_distance(a, s, s) == 0);
        }
        arena_free(a);
        return 0;
}

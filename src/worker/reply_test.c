/* The parser of the reply, on every kind of junk. */
#include <unistd.h>

#include "worker_testing.h"

struct stream {
        char p[4096];
        size_t n;
};

static void
u32(struct stream *s, uint32_t v)
{
        for (int i = 0; i < 4; i++)
                s->p[s->n++] = (char)(v >> (8 * i) & 0xff);
}

static void
record(struct stream *s, uint32_t type, struct str body)
{
        u32(s, REPLY_MAGIC);
        u32(s, type);
        u32(s, (uint32_t)body.n);
        memcpy(s->p + s->n, body.p, body.n);
        s->n += body.n;
}

static const char *
parse(const struct stream *s, struct reply *ret)
{
        return reply_parse((struct str){ s->p, s->n }, ret);
}

static void
assert_wrong(const struct stream *s, const char *why)
{
        struct reply r;
        const char *wrong = parse(s, &r);

        assert_non_null(wrong);
        assert_string_equal(wrong, why);
        assert_int_equal(r.type, REPLY_NONE);
        assert_null(r.body.p);
}

static void
draft_after_progress(void **state)
{
        struct stream s = { .n = 0 };
        struct reply r;

        (void)state;
        record(&s, REPLY_PROGRESS, S("\x01\0\0\0"));
        record(&s, REPLY_PROGRESS, S("\x04\0\0\0"));
        record(&s, REPLY_DRAFT, S("{}"));
        assert_null(parse(&s, &r));
        assert_int_equal(r.type, REPLY_DRAFT);
        assert_int_equal(r.stage, STAGE_WRITE);
        assert_true(str_eq(r.body, S("{}")));
}

static void
refusal_with_code_and_text(void **state)
{
        struct stream s = { .n = 0 };
        struct reply r;

        (void)state;
        record(&s, REPLY_REFUSED, S("\x07\0\0\0không đọc được\ndòng hai"));
        assert_null(parse(&s, &r));
        assert_int_equal(r.code, DD_EFORMAT);
        assert_true(str_eq(r.body, S("không đọc được\ndòng hai")));
}

static void
refusal_may_not_claim_other_codes(void **state)
{
        static const char codes[] = { DD_OK, DD_EAUTH, DD_EDENIED, DD_EBUSY, DD_EIO, 99 };

        (void)state;
        for (size_t i = 0; i < sizeof codes; i++) {
                struct stream s = { .n = 0 };
                char body[] = { codes[i], 0, 0, 0, 'x' };

                record(&s, REPLY_REFUSED, (struct str){ body, sizeof body });
                assert_wrong(&s, "refusal with a code it may not use");
        }
}

static void
refusal_text_must_be_clean(void **state)
{
        static const struct str texts[] = {
                { "\x07\0\0\0", 4 }, { "\x07\0\0\0\x1b[31m", 9 }, { "\x07\0\0\0\xff\xfe", 6 }, { "\x07\0\0\0a\0b", 7 }
        };

        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
                struct stream s = { .n = 0 };

                record(&s, REPLY_REFUSED, texts[i]);
                assert_wrong(&s, "refusal whose text is not clean");
        }
}

static void
refusal_text_has_a_bound(void **state)
{
        struct stream s = { .n = 0 };
        char body[REPLY_TEXT_MAX + 5];

        (void)state;
        memset(body, 'a', sizeof body);
        memcpy(body, "\x07\0\0\0", 4);
        record(&s, REPLY_REFUSED, (struct str){ body, sizeof body });
        assert_wrong(&s, "refusal whose text is not clean");
}

static void
refusal_shorter_than_its_code(void **state)
{
        struct stream s = { .n = 0 };

        (void)state;
        record(&s, REPLY_REFUSED, S("\x07\0"));
        assert_wrong(&s, "refusal without a code");
}

static void
secret_carries_a_mark_of_the_closed_list(void **state)
{
        static const struct str bad[] = { { "", 0 }, { "MẬT ", 6 }, { "mat", 3 }, { "Kế hoạch tuyệt mật về X", 30 } };
        struct stream good = { .n = 0 };
        struct reply r;

        (void)state;
        record(&good, REPLY_SECRET, S("TỐI MẬT"));
        assert_null(parse(&good, &r));
        assert_true(str_eq(r.body, S("TỐI MẬT")));
        for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
                struct stream s = { .n = 0 };

                record(&s, REPLY_SECRET, bad[i]);
                assert_wrong(&s, "unknown secrecy mark");
        }
}

/* What reply_secret sends for a mark as found. */
static void
assert_level(struct str found, struct str level)
{
        struct arena *a = arena_new(0);
        struct stream s = { .n = 0 };
        struct reply r;
        int fds[2];

        assert_int_equal(pipe(fds), 0);
        reply_secret(fds[1], a, found);
        s.n = (size_t)read(fds[0], s.p, sizeof s.p);
        close(fds[0]);
        close(fds[1]);
        assert_null(parse(&s, &r));
        assert_int_equal(r.type, REPLY_SECRET);
        assert_true(str_eq(r.body, level));
        arena_free(a);
}

static void
secret_marks_are_told_as_their_level(void **state)
{
        (void)state;
        assert_level(S("MẬT"), S("MẬT"));
        assert_level(S("Độ mật: Tối mật"), S("TỐI MẬT"));
        assert_level(S("[T Ố I  M Ậ T]"), S("TỐI MẬT"));
        assert_level(S("TUYỆT MẬT"), S("TUYỆT MẬT"));
        assert_level(S("BÍ MẬT NHÀ NƯỚC"), S("BÍ MẬT NHÀ NƯỚC"));
        assert_level(S("\xff\xfe"), S("MẬT"));
}

static void
empty_stream(void **state)
{
        struct stream s = { .n = 0 };

        (void)state;
        assert_wrong(&s, "no closing record");
}

static void
progress_alone_is_no_answer(void **state)
{
        struct stream s = { .n = 0 };

        (void)state;
        record(&s, REPLY_PROGRESS, S("\x01\0\0\0"));
        assert_wrong(&s, "no closing record");
}

static void
every_cut_of_a_good_stream_is_wrong(void **state)
{
        struct stream s = { .n = 0 };
        struct reply r;

        (void)state;
        record(&s, REPLY_PROGRESS, S("\x02\0\0\0"));
        record(&s, REPLY_DRAFT, S("{\"tasks\":[]}"));
        for (size_t n = 0; n < s.n; n++) {
                char *exact = test_malloc(n + 1); /* a read past the end shows */

                memcpy(exact, s.p, n);
                assert_non_null(reply_parse((struct str){ exact, n }, &r));
                assert_int_equal(r.type, REPLY_NONE);
                test_free(exact);
        }
}

static void
bad_magic(void **state)
{
        struct stream s = { .n = 0 };

        (void)state;
        record(&s, REPLY_DRAFT, S("{}"));
        s.p[0] ^= 1;
        assert_wrong(&s, "bad magic");
}

static void
huge_lengths(void **state)
{
        static const uint32_t lengths[] = { 3, 0x7fffffff, 0x80000000, 0xfffffff4, 0xffffffff };

        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(lengths); i++) {
                struct stream s = { .n = 0 };

                u32(&s, REPLY_MAGIC);
                u32(&s, REPLY_DRAFT);
                u32(&s, lengths[i]);
                s.p[s.n++] = '{';
                s.p[s.n++] = '}';
                assert_wrong(&s, "length beyond the stream");
        }
}

static void
unknown_type(void **state)
{
        static const uint32_t types[] = { 0, 7, 0xffffffff };

        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(types); i++) {
                struct stream s = { .n = 0 };

                record(&s, types[i], S("x"));
                assert_wrong(&s, "unknown type of record");
        }
}

static void
nothing_may_follow_the_closing_record(void **state)
{
        struct stream s = { .n = 0 };

        (void)state;
        record(&s, REPLY_REFUSED, S("\x07\0\0\0x"));
        record(&s, REPLY_DRAFT, S("{}"));
        assert_wrong(&s, "bytes behind the closing record");
}

static void
one_trailing_byte(void **state)
{
        struct stream s = { .n = 0 };

        (void)state;
        record(&s, REPLY_DRAFT, S("{}"));
        s.n++;
        assert_wrong(&s, "bytes behind the closing record");
}

static void
progress_of_an_unknown_stage_or_size(void **state)
{
        static const struct str bodies[] = {
                { "\x05\0\0\0", 4 }, { "\xff\xff\xff\xff", 4 }, { "\1\0\0", 3 }, { "", 0 }
        };

        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
                struct stream s = { .n = 0 };

                record(&s, REPLY_PROGRESS, bodies[i]);
                assert_wrong(&s, "bad progress");
        }
}

static void
endless_progress(void **state)
{
        struct stream s = { .n = 0 };

        (void)state;
        for (int i = 0; i <= REPLY_PROGRESS_MAX; i++)
                record(&s, REPLY_PROGRESS, S("\x01\0\0\0"));
        assert_wrong(&s, "bad progress");
}

/* Boxes of a draft: taken when each lies on a page and in the text, refused when one does not, or without a draft. */
static void
boxes_beyond_what_there_is(void **state)
{
        static const struct box good = { { 0, 3 }, 2, 100, 200, 300, 40, 97 };
        const struct box bad[] = {
                { { 0, 9 }, 2, 100, 200, 300, 40, 97 },  { { 3, 2 }, 2, 100, 200, 300, 40, 97 },
                { { 0, 3 }, 3, 100, 200, 300, 40, 97 },  { { 0, 3 }, 2, 9900, 200, 300, 40, 97 },
                { { 0, 3 }, 2, 100, -1, 300, 40, 97 },   { { 0, 3 }, 0, 100, 200, 300, 40, 97 },
                { { 0, 3 }, 2, 100, 200, 300, 40, 101 }, { { -1, 3 }, 2, 100, 200, 300, 40, 97 },
        };
        struct arena *a = arena_new(0);

        (void)state;
        for (size_t i = 0; i <= ARRAY_LEN(bad); i++) {
                struct draft d = { .text = S("abcde") };
                struct stream s = { .n = 0 };
                struct {
                        int32_t pages;
                        struct box box;
                } body = { 2, i == 0 ? good : bad[i - 1] };
                struct reply r;

                record(&s, REPLY_BOXES, (struct str){ (const char *)&body, sizeof body });
                record(&s, REPLY_DRAFT, S("{}"));
                assert_null(parse(&s, &r));
                assert_int_equal(reply_boxes(a, &r, &d), i == 0);
                if (i == 0)
                        assert_true(d.n_boxes == 1 && d.pages == 2 && d.boxes[0].w == 300);
        }
        arena_free(a);
}

static void
boxes_that_stand_alone_twice_or_in_pieces(void **state)
{
        struct draft d = { .text = S("abcde") };
        struct stream s = { .n = 0 };
        struct arena *a = arena_new(0);
        struct reply r;

        (void)state;
        record(&s, REPLY_BOXES, S("\1\0\0\0"));
        assert_wrong(&s, "no closing record");
        record(&s, REPLY_SECRET, S("MẬT"));
        assert_wrong(&s, "boxes without a draft");
        s.n = 0;
        record(&s, REPLY_BOXES, S("\1\0\0\0"));
        record(&s, REPLY_BOXES, S("\1\0\0\0"));
        assert_wrong(&s, "unknown type of record");
        s.n = 0;
        record(&s, REPLY_BOXES, S("\1\0\0\0abc"));
        record(&s, REPLY_DRAFT, S("{}"));
        assert_null(parse(&s, &r));
        assert_false(reply_boxes(a, &r, &d));
        arena_free(a);
}

static void
empty_draft(void **state)
{
        struct stream s = { .n = 0 };

        (void)state;
        record(&s, REPLY_DRAFT, S(""));
        assert_wrong(&s, "empty draft");
}

static void
more_than_the_whole_stream_may_be(void **state)
{
        size_t n = REPLY_BYTES_MAX + 1;
        char *p = test_calloc(n, 1);
        struct reply r;

        (void)state;
        assert_string_equal(reply_parse((struct str){ p, n }, &r), "too long");
        test_free(p);
}

/* What is for the next child may be long; what is for a person may not. */
static void
a_draft_may_not_be_as_long_as_bytes(void **state)
{
        static const uint32_t types[] = { REPLY_BYTES, REPLY_DRAFT };
        size_t n = REPLY_MAX + 1;
        char *p = test_calloc(n, 1);

        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(types); i++) {
                const uint32_t head[] = { REPLY_MAGIC, types[i], (uint32_t)(n - REPLY_HEAD) };
                struct reply r;
                const char *wrong;

                memcpy(p, head, sizeof head);
                wrong = reply_parse((struct str){ p, n }, &r);
                if (i == 0)
                        assert_null(wrong);
                else
                        assert_string_equal(wrong, "too long");
        }
        test_free(p);
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(draft_after_progress),
                cmocka_unit_test(refusal_with_code_and_text),
                cmocka_unit_test(refusal_may_not_claim_other_codes),
                cmocka_unit_test(refusal_text_must_be_clean),
                cmocka_unit_test(refusal_text_has_a_bound),
                cmocka_unit_test(refusal_shorter_than_its_code),
                cmocka_unit_test(secret_carries_a_mark_of_the_closed_list),
                cmocka_unit_test(secret_marks_are_told_as_their_level),
                cmocka_unit_test(empty_stream),
                cmocka_unit_test(progress_alone_is_no_answer),
                cmocka_unit_test(every_cut_of_a_good_stream_is_wrong),
                cmocka_unit_test(bad_magic),
                cmocka_unit_test(huge_lengths),
                cmocka_unit_test(unknown_type),
                cmocka_unit_test(nothing_may_follow_the_closing_record),
                cmocka_unit_test(one_trailing_byte),
                cmocka_unit_test(progress_of_an_unknown_stage_or_size),
                cmocka_unit_test(endless_progress),
                cmocka_unit_test(boxes_beyond_what_there_is),
                cmocka_unit_test(boxes_that_stand_alone_twice_or_in_pieces),
                cmocka_unit_test(empty_draft),
                cmocka_unit_test(more_than_the_whole_stream_may_be),
                cmocka_unit_test(a_draft_may_not_be_as_long_as_bytes),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}

/* One index and one way to ask on both engines: marks, codes, phrases, beginnings, and whatever people type. */
#include "test_priv.h"

static const struct str texts[] = {
        S("Đôn đốc các đơn vị báo cáo kết quả"),                       /* 1 */
        S("Rà soát đơn giá; don doc viết không dấu"),                  /* 2 */
        S("Thực hiện Kế hoạch số 2653/KH-BCĐ ngày 30/9/2023"),         /* 3 */
        S("Chuyển đổi số tại các địa phương, đầu tư công"),            /* 4 */
        S("Quý III: giải ngân vốn đầu tư, tương lai của tổ công tác"), /* 5 */
        S("Công tác phòng cháy; tác công"),                            /* 6 */
        S("Kế hoạch 05/KH-UBND của Ủy ban nhân dân tỉnh"),             /* 7 */
};

static enum dd_err
fill(struct dd_ctx *c, void *arg)
{
        static const struct dd_sql_col in[] = { { "id", 'l', false }, { "body", 's', false } };
        static const struct dd_sql insert = {
                .name = "fts_insert",
                .sqlite = "INSERT INTO fts (rowid, body) VALUES (?1, ?2)",
                .pg = "INSERT INTO fts (rowid, body) VALUES ($1, CAST($2 AS tsvector))",
                .in = in,
                .n_in = 2,
        };
        AUTO_TX tx = { 0 };

        (void)arg;
        TRY(dd_tx_begin(&tx, c));
        for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
                AUTO_STMT st = { 0 };

                TRY(dd_stmt_open(&st, &tx, &insert));
                dd_bind_i64(&st, 0, (int64_t)i + 1);
                dd_bind_str(&st, 1, dd_search_document(c->arena, c->db, texts[i]));
                TRY(dd_stmt_done(&st));
        }
        return dd_tx_commit(&tx);
}

static int
open_filled(void **state, bool pg)
{
        int rc = open_any(state, pg);
        struct dd_testdb *t = *state;

        if (rc != 0 || t == NULL)
                return rc;
        if (!dd_testdb_run(&t->c, pg ? "CREATE TABLE fts (rowid BIGINT PRIMARY KEY, body TSVECTOR NOT NULL)"
                                     : "CREATE VIRTUAL TABLE fts USING fts5(body, tokenize = 'vi')"))
                return -1;
        return dd_write(&t->c, fill, NULL) == DD_OK ? 0 : -1;
}

static int
filled_sqlite(void **state)
{
        return open_filled(state, false);
}

static int
filled_pg(void **state)
{
        return open_filled(state, true);
}

/* The numbers of the texts found: "14" for the first and the fourth. */
static const char *
found(struct dd_testdb *t, const char *typed)
{
        static const struct dd_sql_col in[] = { { "q", 's', false } };
        static const struct dd_sql select = {
                .name = "fts_select",
                .sqlite = "SELECT rowid FROM fts WHERE fts MATCH ?1 ORDER BY rowid",
                .pg = "SELECT rowid FROM fts WHERE body @@ CAST($1 AS tsquery) ORDER BY rowid",
                .in = in,
                .n_in = 1,
        };
        struct str q = dd_search_query(t->c.arena, t->c.db, str_of(typed)), ids = S("");
        AUTO_TX tx = { 0 };
        AUTO_STMT st = { 0 };
        bool row;

        if (q.p == NULL)
                return "nothing asked";
        assert_int_equal(dd_tx_read(&tx, &t->c), DD_OK);
        assert_int_equal(dd_stmt_open(&st, &tx, &select), DD_OK);
        dd_bind_str(&st, 0, q);
        for (;;) {
                assert_int_equal(dd_stmt_step(&st, &row), DD_OK);
                if (!row)
                        return ids.p;
                ids = str_fmt(t->c.arena, "%.*s%d", FMT(ids), (int)dd_col_i64(&st, 0));
        }
}

static void
test_words_with_marks_match_exactly(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_string_equal(found(t, "đôn đốc"), "1");
        assert_string_equal(found(t, "ĐÔN ĐỐC"), "1");
        assert_string_equal(found(t, "đơn"), "12");
}

static void
test_words_without_marks_match_all(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_string_equal(found(t, "don doc"), "12");
        assert_string_equal(found(t, "don vi"), "1");
        assert_string_equal(found(t, "dau tu"), "45");
}

static void
test_words_stand_in_any_order(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_string_equal(found(t, "công tác"), "56");
        assert_string_equal(found(t, "tác công"), "56");
}

static void
test_a_phrase_keeps_its_order(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_string_equal(found(t, "\"tác công\""), "6");
        assert_string_equal(found(t, "\"cong tac\""), "56");
        assert_string_equal(found(t, "\"công tác\" vốn"), "5");
}

static void
test_a_code_is_found_whole_and_by_its_parts(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_string_equal(found(t, "2653/KH-BCĐ"), "3");
        assert_string_equal(found(t, "2653/kh-bcd"), "3");
        assert_string_equal(found(t, "2653"), "3");
        assert_string_equal(found(t, "KH-UBND"), "7");
        assert_string_equal(found(t, "\"Kế hoạch 05/KH-UBND\""), "7");
}

static void
test_the_last_word_may_be_a_beginning(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_string_equal(found(t, "chuyể"), "4");
        assert_string_equal(found(t, "265"), "3");
        assert_string_equal(found(t, "ubn"), "7");
}

static void
test_a_whole_syllable_is_not_a_beginning(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_string_equal(found(t, "đầu tư"), "45");
        assert_string_equal(found(t, "công tư"), "45"); /* not tương */
}

static void
test_decomposed_text_is_the_same_text(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_string_equal(found(t, "\xC4\x91o\xCC\x82n \xC4\x91o\xCC\x82\xCC\x81"
                                     "c"),
                            "1");
}

static void
test_nothing_typed_asks_nothing(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_string_equal(found(t, ""), "nothing asked");
        assert_string_equal(found(t, "  \"\" -- ** "), "nothing asked");
        assert_null(dd_search_query(t->c.arena, t->c.db, STR_NONE).p);
}

static void
test_signs_of_the_query_language_do_no_harm(void **state)
{
        static const char *const typed[] = {
                "\"",
                "\"\"\"",
                "a AND",
                "NOT a",
                "NEAR(a b)",
                "body:a",
                "a*b",
                "^a",
                "(",
                "a OR (",
                "'; DROP TABLE fts; --",
                "a & | ! <-> b:*",
                "\\",
                "a\\'b",
                "'",
                "{a}",
                "a:b:c",
                "100%",
                "đ'",
                "\xC4",
                "a\"b",
                "AND",
                "OR \"x",
        };
        struct dd_testdb *t = DB(state);

        for (size_t i = 0; i < ARRAY_LEN(typed); i++)
                found(t, typed[i]); /* asserts that the engine takes it */
}

static void
test_a_long_text_and_a_long_question_are_taken(void **state)
{
        struct dd_testdb *t = DB(state);
        AUTO_BUF b = { 0 };

        for (int i = 0; i < 20000; i++)
                buf_str(&b, S("đôn đốc nhiệm vụ "));
        struct str doc = dd_search_document(t->c.arena, t->c.db, buf_view(&b));
        assert_true(doc.n > 0);
        b.n = 4000;
        buf_c(&b, '\0');
        found(t, b.p);
}

#define FILLED(f)                                                                                                      \
        { #f " (sqlite)", f, filled_sqlite, close_db, NULL },                                                          \
        {                                                                                                              \
#f " (postgresql)", f, filled_pg, close_db, NULL                                                       \
        }

int
main(void)
{
        const struct CMUnitTest tests[] = {
                FILLED(test_words_with_marks_match_exactly),
                FILLED(test_words_without_marks_match_all),
                FILLED(test_words_stand_in_any_order),
                FILLED(test_a_phrase_keeps_its_order),
                FILLED(test_a_code_is_found_whole_and_by_its_parts),
                FILLED(test_the_last_word_may_be_a_beginning),
                FILLED(test_a_whole_syllable_is_not_a_beginning),
                FILLED(test_decomposed_text_is_the_same_text),
                FILLED(test_nothing_typed_asks_nothing),
                FILLED(test_signs_of_the_query_language_do_no_harm),
                FILLED(test_a_long_text_and_a_long_question_are_taken),
        };

        return cmocka_run_group_tests_name("db/search", tests, NULL, NULL);
}

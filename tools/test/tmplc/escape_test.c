/* Pages as they come out: each hole by its place, loops and branches, white space, translation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "dd_date.h"
#include "escape_priv.h"
#include "tmpl_rt.h"
#include "tpl_escape.h"

struct fixture {
        struct ui u;
        struct dd_buf o;
};

static int
setup(void **state)
{
        static struct fixture f;

        f = (struct fixture){ .u = { .arena = arena_new(0) } };
        *state = &f;
        return 0;
}

static int
teardown(void **state)
{
        struct fixture *f = *state;

        arena_free(f->u.arena);
        buf_free(&f->o);
        return 0;
}

static void
same(struct fixture *f, const char *want)
{
        if (!str_eq(buf_view(&f->o), str_of(want)))
                fail_msg("got:  %.*s\nwant: %s", FMT(buf_view(&f->o)), want);
        buf_reset(&f->o);
}

#define TEST(name) static void name(void **state)
#define F          struct fixture *f = *state

TEST(text_loses_its_markup)
{
        F;
        tpl_text_case(&f->o, &f->u, S("<script>\"a\" & 'b'</script>"));
        same(f, "<p>&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;</p>");
}

TEST(vietnamese_text_passes_untouched)
{
        F;
        tpl_text_case(&f->o, &f->u, S("Đôn đốc việc kiện toàn Ban Chỉ đạo"));
        same(f, "<p>Đôn đốc việc kiện toàn Ban Chỉ đạo</p>");
}

TEST(no_value_writes_nothing)
{
        F;
        tpl_text_case(&f->o, &f->u, STR_NONE);
        same(f, "<p></p>");
}

TEST(nul_becomes_a_visible_mark)
{
        F;
        tpl_text_case(&f->o, &f->u, (struct str){ "a\0b", 3 });
        same(f, "<p>a\xEF\xBF\xBD"
                "b</p>");
}

TEST(attributes_cannot_be_left)
{
        F;
        tpl_attr_case(&f->o, &f->u, S("\" x='1' >"));
        same(f, "<p title=\"&quot; x=&#39;1&#39; &gt;\" data-x='&quot; x=&#39;1&#39; &gt;'></p>");
}

/* An address and what is written for it; NULL: "#". */
static const struct {
        const char *in, *out;
} addresses[] = {
        { "/tasks/1?a=1&b=2", "/tasks/1?a=1&amp;b=2" },
        { "tasks/1", "tasks/1" },
        { "?page=2", "?page=2" },
        { "#b12", "#b12" },
        { "", "" },
        { "https://example.vn/x", "https://example.vn/x" },
        { "mailto:vanthu@example.vn", "mailto:vanthu@example.vn" },
        { "/a:b", "/a:b" },
        { "http://example.vn/", NULL },
        { "javascript:alert(1)", NULL },
        { "JavaScript:alert(1)", NULL },
        { " javascript:alert(1)", NULL },
        { "java\tscript:alert(1)", NULL },
        { "java\nscript:alert(1)", NULL },
        { "\x01javascript:alert(1)", NULL },
        { "javascript&#58;alert(1)", NULL },
        { "data:text/html,x", NULL },
        { "vbscript:x", NULL },
        { "//evil.example/x", NULL },
        { "/\\evil.example/x", NULL },
        { "\\\\evil.example", NULL },
        { "ftp://x", NULL },
};

TEST(only_known_addresses_pass)
{
        F;
        for (size_t i = 0; i < ARRAY_LEN(addresses); i++) {
                const char *out = addresses[i].out == NULL ? "#" : addresses[i].out;
                tpl_href_case(&f->o, &f->u, str_of(addresses[i].in));
                same(f, str_fmt(f->u.arena, "<a href=\"%s\"></a>", out).p);
        }
}

TEST(parts_of_an_address_are_percent_encoded)
{
        F;
        tpl_url_case(&f->o, &f->u, S("a b/&?#%\"đ"));
        same(f, "<a href=\"/t/a%20b%2F%26%3F%23%25%22%C4%91?q=a%20b%2F%26%3F%23%25%22%C4%91\"></a>");
}

TEST(a_ready_query_keeps_its_signs)
{
        F;
        tpl_uri_case(&f->o, &f->u, S("q=a%20b&x=1\"><"));
        same(f, "<a href=\"/t?q=a%20b&amp;x=1%22%3E%3C\"></a>");
}

TEST(kinds_are_written_as_people_write_them)
{
        F;
        struct kinds k = {
                "a<b", -5, INT64_MAX, day_of(2023, 9, 3), (int64_t)day_of(2023, 9, 30) * 86400 + 7 * 3600 + 5 * 60,
                49152
        };
        tpl_kinds_case(&f->o, &f->u, &k);
        same(f, "a&lt;b -5 9223372036854775807 3/9/2023 2023-09-03 14:05 30/9/2023 48 KB");
}

TEST(no_day_writes_nothing)
{
        F;
        tmpl_day(&f->o, DD_NO_DAY);
        tmpl_iso(&f->o, DD_NO_DAY);
        same(f, "");
}

TEST(sizes_grow_by_their_unit)
{
        F;
        tmpl_size(&f->o, 900);
        same(f, "900 byte");
        tmpl_size(&f->o, (3 << 20) / 2);
        same(f, "1,5 MB");
}

TEST(each_gives_rows_and_numbers)
{
        F;
        const struct str v[] = { S("x"), S("<y>") };
        tpl_each_case(&f->o, &f->u, &(struct rows){ v, 2 });
        same(f, "0=x, 1=&lt;y&gt;");
        tpl_each_case(&f->o, &f->u, &(struct rows){ v, 0 });
        same(f, "");
}

TEST(each_may_stand_in_each)
{
        F;
        const struct str v[] = { S("a"), S("b") };
        tpl_nested_case(&f->o, &f->u, &(struct rows){ v, 2 });
        same(f, "aa ab ba bb ");
}

TEST(for_counts)
{
        F;
        tpl_for_case(&f->o, &f->u, 3);
        same(f, "[0][1][2]");
        tpl_for_case(&f->o, &f->u, 0);
        same(f, "");
}

TEST(one_branch_is_taken)
{
        F;
        tpl_if_case(&f->o, &f->u, 0);
        same(f, "none");
        tpl_if_case(&f->o, &f->u, 1);
        same(f, "one");
        tpl_if_case(&f->o, &f->u, 9);
        same(f, "many");
}

TEST(branches_in_a_tag)
{
        F;
        tpl_attr_if_case(&f->o, &f->u, true);
        same(f, "<option selected class=\"a b\">x</option>");
        tpl_attr_if_case(&f->o, &f->u, false);
        same(f, "<option class=\"a\">x</option>");
}

TEST(a_sentence_is_its_own_vietnamese)
{
        F;
        tpl_tr_case(&f->o, &f->u);
        same(f, "<b title=\"Hoàn thành\">Hoàn thành</b>");
}

TEST(a_sentence_in_english)
{
        F;
        f->u.english = true;
        tpl_tr_case(&f->o, &f->u);
        same(f, "<b title=\"Done\">Done</b>");
}

TEST(words_of_core_with_a_number_in_english)
{
        F;
        static const struct {
                struct str words, english;
        } v[] = {
                { S("Quá hạn 12 ngày"), S("Overdue by 12 days") },
                { S("Còn 1 ngày"), S("1 day left") },
                { S("Hoàn thành"), S("Done") },
                { S("Nhóm 3"), S("Nhóm 3") },
                { S(""), S("") },
        };

        for (size_t i = 0; i < ARRAY_LEN(v); i++) {
                f->u.english = false;
                assert_true(str_eq(tmpl_tr_made(&f->u, v[i].words), v[i].words));
                f->u.english = true;
                assert_true(str_eq(tmpl_tr_made(&f->u, v[i].words), v[i].english));
        }
}

TEST(a_noun_goes_with_the_number_before_it)
{
        F;
        f->u.english = true;
        assert_true(str_eq(TF(&f->u, "{} nhiệm vụ", tmpl_arg_i64(1)), S("1 task")));
        assert_true(str_eq(TF(&f->u, "{} nhiệm vụ", tmpl_arg_i64(0)), S("0 tasks")));
        assert_true(str_eq(TF(&f->u, "{} nhiệm vụ", tmpl_arg_i64(21)), S("21 tasks")));
        assert_true(str_eq(
            TF(&f->u, "{} văn bản · {} nhiệm vụ · {} thành viên", tmpl_arg_i64(1), tmpl_arg_i64(2), tmpl_arg_i64(1)),
            S("1 document · 2 tasks · 1 member")));
        assert_true(str_eq(TF(&f->u, "nhiệm vụ trên trang này", tmpl_arg_i64(1)), S("task on this page")));
        assert_true(str_eq(tmpl_tr_made(&f->u, S("Còn 1 ngày")), S("1 day left")));
        assert_true(str_eq(tmpl_tr_notes(&f->u, S("Không nêu cơ quan chủ trì. · Số thứ tự 3 lặp lại của dòng trước.")),
                           S("No lead agency is named. · Number 3 repeats that of a row before.")));
        f->u.english = false;
        assert_true(str_eq(TF(&f->u, "câu [a|b] chưa ai dịch {}", tmpl_arg_i64(1)), S("câu [a|b] chưa ai dịch 1")));
}

TEST(a_sentence_without_english_stays_vietnamese)
{
        F;
        (void)f;
        assert_true(str_eq(tr(true, S("câu chưa ai dịch")), S("câu chưa ai dịch")));
}

TEST(every_sentence_of_the_table_is_found)
{
        F;
        (void)f;
        for (size_t i = 0; i < tr_rows_n; i++)
                assert_true(str_eq(tr(true, tr_rows[i].key), tr_rows[i].english));
}

TEST(values_of_a_sentence_are_escaped)
{
        F;
        tpl_trf_case(&f->o, &f->u, 21, S("<Sở>"), day_of(2023, 9, 30));
        same(f, "Giao 21 cho &lt;Sở&gt;, hạn 30/9/2023");
}

TEST(numbered_holes_change_the_order)
{
        F;
        tpl_order_case(&f->o, &f->u);
        same(f, "2 trước 1");
}

TEST(holes_without_value_and_odd_brackets_are_harmless)
{
        F;
        struct str got = tmpl_trf(&f->u, S("{} {} {9} {x} {"), (const struct tmpl_arg[]){ TMPL_ARG("a") }, 1);
        assert_true(str_eq(got, S("a   {x} {")));
}

TEST(white_space_folds_but_not_in_pre)
{
        F;
        tpl_space_case(&f->o, &f->u, true);
        same(f, "<ul>\n<li>a\n</li>\n<li>b</li>\n<li>c d</li>\n</ul>\n<pre>\n  x\n    y</pre>\n<a href=\"/\" "
                "class=\"z\">t</a>");
}

TEST(a_call_keeps_the_words_apart)
{
        F;
        tpl_call_case(&f->o, &f->u, S("x"));
        same(f, "a <i>x</i> b");
}

TEST(a_page_beyond_its_ceiling_is_told)
{
        F;
        f->o.max = 64;
        for (int i = 0; i < 100; i++)
                tpl_text_case(&f->o, &f->u, S("0123456789"));
        assert_true(f->o.over);
        assert_true(f->o.n <= 64);
}

#define T_(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
        const struct CMUnitTest tests[] = {
                T_(text_loses_its_markup),
                T_(vietnamese_text_passes_untouched),
                T_(no_value_writes_nothing),
                T_(nul_becomes_a_visible_mark),
                T_(attributes_cannot_be_left),
                T_(only_known_addresses_pass),
                T_(parts_of_an_address_are_percent_encoded),
                T_(a_ready_query_keeps_its_signs),
                T_(kinds_are_written_as_people_write_them),
                T_(no_day_writes_nothing),
                T_(sizes_grow_by_their_unit),
                T_(each_gives_rows_and_numbers),
                T_(each_may_stand_in_each),
                T_(for_counts),
                T_(one_branch_is_taken),
                T_(branches_in_a_tag),
                T_(a_sentence_is_its_own_vietnamese),
                T_(a_sentence_in_english),
                T_(words_of_core_with_a_number_in_english),
                T_(a_noun_goes_with_the_number_before_it),
                T_(a_sentence_without_english_stays_vietnamese),
                T_(every_sentence_of_the_table_is_found),
                T_(values_of_a_sentence_are_escaped),
                T_(numbered_holes_change_the_order),
                T_(holes_without_value_and_odd_brackets_are_harmless),
                T_(white_space_folds_but_not_in_pre),
                T_(a_call_keeps_the_words_apart),
                T_(a_page_beyond_its_ceiling_is_told),
        };

        return cmocka_run_group_tests_name("escape", tests, NULL, NULL);
}

/* Plan 2653 whole, from the paper as published (test/fixtures) to the draft: figures that the product is judged by. */
#include "extract_test_priv.h"

#include "dd_json.h"
#include "dd_text.h"

#include <fcntl.h>
#include <unistd.h>

struct whole {
        struct arena *a;
        struct draft d;
};

static int
plan_up(void **state)
{
        static char bytes[1 << 20];
        const char *path = getenv("DONDOC_PLAN");
        AUTO_FD fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
        struct whole *w = calloc(1, sizeof *w);
        ssize_t n = fd < 0 ? -1 : read(fd, bytes, sizeof bytes - 1);

        if (!w || n <= 0)
                return -1;
        bytes[n] = 0;
        w->a = arena_new(0);
        draft_of(w->a, bytes, &w->d);
        *state = w;
        return 0;
}

static int
plan_down(void **state)
{
        struct whole *w = *state;

        arena_free(w->a);
        free(w);
        return 0;
}

#define D (&((struct whole *)*state)->d)

static size_t
count_kind(const struct draft *d, const char *kind)
{
        size_t n = 0;

        for (size_t i = 0; i < d->n_anomalies; i++)
                n += strcmp(d->anomalies[i].kind, kind) == 0;
        return n;
}

static bool
says(const struct draft *d, const char *kind, const char *word)
{
        for (size_t i = 0; i < d->n_anomalies; i++) {
                if (strcmp(d->anomalies[i].kind, kind) == 0 && str_has(d->anomalies[i].text, str_of(word)))
                        return true;
        }
        return false;
}

static void
two_papers_stand_in_the_file(void **state)
{
        assert_int_equal(D->n_documents, 2);
        assert_text(D->documents[0].number.text, "2653/KH-BCĐ");
        assert_text(D->documents[0].type.text, "Kế hoạch");
        assert_int_equal(D->documents[0].date, day_of(2023, 8, 22));
        assert_text(D->documents[0].place.text, "Tây Ninh");
        assert_null(D->documents[0].issuer.text.p);
        assert_text(D->documents[1].number.text, "2193/SKHĐT-ĐKKD");
        assert_text(D->documents[1].type.text, "Công văn");
        assert_int_equal(D->documents[1].date, day_of(2023, 8, 15));
        assert_text(D->documents[1].issuer.text, "SỞ KẾ HOẠCH VÀ ĐẦU TƯ");
        assert_text(D->documents[1].parent.text, "UBND TỈNH TÂY NINH");
        assert_text(D->documents[1].addressee.text, "Ủy ban nhân dân tỉnh");
}

static void
four_bases_with_numbers_and_days(void **state)
{
        static const char *const numbers[] = { "39/QĐ-BCĐĐMPTKTTHTX", "1174/QĐ-UBND", "1594/QĐ-BCĐ", "1911/KH-UBND" };
        const struct draft_document *d = &D->documents[0];

        assert_int_equal(d->n_bases, 4);
        for (size_t i = 0; i < 4; i++)
                assert_slice(d->bases[i].number, str_of(numbers[i]));
        assert_int_equal(d->bases[2].date, day_of(2019, 7, 24));
        assert_text(d->bases[3].type, "Kế hoạch");
}

static void
recipients_and_signers(void **state)
{
        assert_int_equal(D->documents[0].n_recipients, 8);
        assert_text(D->documents[0].recipients[2].text, "TT: TU, HĐND tỉnh (b/c)");
        assert_text(D->documents[0].signer_name.text, "Trần Văn Chiến");
        assert_text(D->documents[0].signer_title.text, "TRƯỞNG BAN");
        assert_text(D->documents[0].signer_second_title.text, "PHÓ CHỦ TỊCH UBND TỈNH");
        assert_int_equal(D->documents[1].n_recipients, 4);
        assert_text(D->documents[1].signer_name.text, "Kiều Công Minh");
}

static void
sections_with_purposes_and_focus_points(void **state)
{
        const struct draft_document *d = &D->documents[0];

        assert_int_equal(d->n_sections, 3);
        assert_text(d->sections[0].title, "MỤC ĐÍCH, YÊU CẦU");
        assert_int_equal(d->sections[0].n_items, 3);
        assert_text(d->sections[1].title, "NHIỆM VỤ TRỌNG TÂM");
        assert_int_equal(d->sections[1].n_items, 6);
}

static void
tasks_in_their_groups(void **state)
{
        static const char *const groups[] = { "I", "II", "III", "IV" };
        static const size_t sizes[] = { 6, 4, 9, 2 };
        size_t at = 0;

        assert_int_equal(D->n_tasks, 21);
        assert_int_equal(D->n_groups, 4);
        for (size_t g = 0; g < 4; g++) {
                for (size_t i = 0; i < sizes[g]; i++, at++)
                        assert_slice(D->tasks[at].group, str_of(groups[g]));
        }
}

static void
every_task_has_title_lead_deadline_and_span(void **state)
{
        for (size_t i = 0; i < D->n_tasks; i++) {
                const struct draft_task *t = &D->tasks[i];

                assert_true(t->title.text.n > 20);
                assert_true(t->lead.n > 0 && t->coordinating.n == 1);
                assert_true(t->deadline.kind != DL_NONE && t->deadline.kind != DL_UNKNOWN);
                assert_true(t->deadline.due != DD_NO_DAY);
                assert_true(t->span.to > t->span.from);
                assert_slice(under(D, t->title.span), t->title.text);
                assert_slice(under(D, t->deadline_text.span), t->deadline_text.text);
                assert_slice(under(D, t->lead.v[0].span), t->lead.v[0].text);
                assert_true(t->title.rule[0] != 0);
        }
}

static void
task_5_has_two_leads_by_kind_of_capital(void **state)
{
        const struct draft_task *t = &D->tasks[4];

        assert_int_equal(t->lead.n, 2);
        assert_text(t->lead.v[0].name, "Sở Kế hoạch và Đầu tư");
        assert_text(t->lead.v[0].note, "vốn đầu tư");
        assert_text(t->lead.v[1].name, "Sở Tài chính");
        assert_text(t->lead.v[1].note, "vốn sự nghiệp");
}

static void
tasks_1_and_6_are_done_on_their_days(void **state)
{
        assert_int_equal(D->tasks[0].deadline.kind, DL_DONE);
        assert_int_equal(D->tasks[0].deadline.due, day_of(2023, 3, 27));
        assert_int_equal(D->tasks[5].deadline.kind, DL_DONE);
        assert_int_equal(D->tasks[5].deadline.due, day_of(2023, 4, 7));
}

static void
nineteen_entries_of_which_one_is_a_heading(void **state)
{
        size_t headings = 0;

        assert_int_equal(D->n_members, 19);
        for (size_t i = 0; i < D->n_members; i++)
                headings += D->members[i].heading;
        assert_int_equal(headings, 1);
        assert_text(D->members[1].post.text, "Phó Giám đốc Sở Kế hoạch và Đầu tư");
        assert_text(D->members[1].role.text, "Phó Trưởng ban thường trực BCĐ");
        assert_text(D->members[1].agency.text, "Sở Kế hoạch và Đầu tư");
        assert_text(D->members[18].no, "4.14");
}

static void
duties_with_what_returns_and_what_is_asked(void **state)
{
        size_t half = 0, asked = 0, urging = 0;

        for (size_t i = 0; i < D->n_duties; i++) {
                const struct draft_duty *u = &D->duties[i];

                half += u->recur == RECUR_HALF_YEARLY;
                asked += u->request;
                if (str_eq(u->no, S("III.3"))) {
                        assert_text(u->agency.text, "Sở Kế hoạch và Đầu tư");
                        urging++;
                }
                if (u->request)
                        assert_text(u->no, "III.4");
                if (u->recur == RECUR_HALF_YEARLY)
                        assert_text(u->agency.text, "Các ngành, địa phương");
        }
        assert_int_equal(half, 1);
        assert_int_equal(asked, 1);
        assert_int_equal(urging, 1);
}

static void
the_memo_reports_its_consultation(void **state)
{
        const struct draft_document *d = &D->documents[1];

        assert_text(d->consultation.letter, "2084/SKHĐT-ĐKKD");
        assert_int_equal(d->consultation.date, day_of(2023, 8, 4));
        assert_int_equal(d->consultation.members_answered, 12);
        assert_int_equal(d->consultation.members_asked, 18);
        assert_int_equal(d->consultation.districts_answered, 5);
        assert_int_equal(d->consultation.districts_asked, 9);
        assert_int_equal(d->consultation.agree, 11);
        assert_int_equal(d->consultation.comment, 1);
}

static void
every_oddity_is_reported_and_no_other(void **state)
{
        assert_int_equal(count_kind(D, "duplicate-number"), 2);
        assert_true(says(D, "duplicate-number", "4 / 4") && says(D, "duplicate-number", "4.5 / 4.5"));
        assert_int_equal(count_kind(D, "missing-number"), 1);
        assert_true(says(D, "missing-number", "4.6"));
        assert_int_equal(count_kind(D, "repeated-letter"), 1);
        assert_int_equal(count_kind(D, "ocr-variant"), 2);
        assert_true(says(D, "ocr-variant", "BCD") && says(D, "ocr-variant", "BGD"));
        assert_int_equal(count_kind(D, "ocr-error"), 3);
        assert_true(says(D, "ocr-error", "kiểm toàn") && says(D, "ocr-error", "đơn đốc") &&
                    says(D, "ocr-error", "chuyên giao"));
        assert_int_equal(count_kind(D, "already-done"), 2);
        assert_int_equal(count_kind(D, "two-leads"), 1);
        assert_int_equal(count_kind(D, "repeated-table-header"), 3);
        assert_int_equal(count_kind(D, "page-number"), 1);
        assert_int_equal(count_kind(D, "space-in-number"), 2);
        assert_int_equal(count_kind(D, "task-before-document"), 1);
        assert_int_equal(D->n_anomalies, 19);
}

static void
odd_words_stay_as_printed(void **state)
{
        assert_true(str_starts(D->tasks[1].title.text, S("Kiểm toàn")));
        assert_true(D->tasks[1].n_notes > 0);
}

static void
json_there_and_back_is_the_same(void **state)
{
        struct whole *w = *state;
        struct dd_ctx c = { .arena = w->a };
        struct dd_buf one = { 0 }, two = { 0 };
        struct json_w j;
        struct draft back;

        json_start(&j, &one);
        draft_json(&j, &w->d);
        assert_int_equal(draft_parse(&c, buf_view(&one), &back), DD_OK);
        json_start(&j, &two);
        draft_json(&j, &back);
        assert_slice(buf_view(&two), buf_view(&one));
        buf_free(&one);
        buf_free(&two);
}

static void
the_table_for_people_shows_all_tasks(void **state)
{
        struct dd_buf out = { 0 };

        draft_table(&out, D);
        assert_true(str_has(buf_view(&out), S("21 nhiệm vụ")));
        assert_true(str_has(buf_view(&out), S("Khen thưởng, tôn vinh")));
        buf_free(&out);
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(two_papers_stand_in_the_file),
                cmocka_unit_test(four_bases_with_numbers_and_days),
                cmocka_unit_test(recipients_and_signers),
                cmocka_unit_test(sections_with_purposes_and_focus_points),
                cmocka_unit_test(tasks_in_their_groups),
                cmocka_unit_test(every_task_has_title_lead_deadline_and_span),
                cmocka_unit_test(task_5_has_two_leads_by_kind_of_capital),
                cmocka_unit_test(tasks_1_and_6_are_done_on_their_days),
                cmocka_unit_test(nineteen_entries_of_which_one_is_a_heading),
                cmocka_unit_test(duties_with_what_returns_and_what_is_asked),
                cmocka_unit_test(the_memo_reports_its_consultation),
                cmocka_unit_test(every_oddity_is_reported_and_no_other),
                cmocka_unit_test(odd_words_stay_as_printed),
                cmocka_unit_test(json_there_and_back_is_the_same),
                cmocka_unit_test(the_table_for_people_shows_all_tasks),
        };

        return cmocka_run_group_tests(tests, plan_up, plan_down);
}

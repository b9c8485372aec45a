/* iCalendar: folding, escapes, days. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "dd_ics.h"
#include "dd_text.h"

struct fixture {
        struct dd_buf out, flat; /* flat: unfolded */
        struct ics w;
};

static int
setup(void **state)
{
        struct fixture *f = calloc(1, sizeof *f);

        ics_start(&f->w, &f->out, S("Thời hạn"), 1696118400);
        *state = f;
        return 0;
}

static int
teardown(void **state)
{
        struct fixture *f = *state;

        buf_free(&f->out);
        buf_free(&f->flat);
        free(f);
        return 0;
}

static void
end(struct fixture *f)
{
        ics_end(&f->w);
        for (size_t i = 0; i < f->out.n; i++) {
                if (f->out.n - i > 2 && memcmp(f->out.p + i, "\r\n ", 3) == 0)
                        i += 2;
                else
                        buf_c(&f->flat, f->out.p[i]);
        }
}

static void
put(struct fixture *f, struct str summary, struct str description)
{
        ics_event(&f->w, &(struct ics_event){ .uid = S("task-1@example.vn"),
                                              .day = day_of(2023, 9, 30),
                                              .last_day = DD_NO_DAY,
                                              .summary = summary,
                                              .description = description });
        end(f);
}

static void
assert_has(struct fixture *f, const char *line)
{
        struct str want = str_of(line);

        if (!str_has(buf_view(&f->flat), want))
                print_message("%.*s\nhas no: %s\n", FMT(buf_view(&f->flat)), line);
        assert_true(str_has(buf_view(&f->flat), want));
}

static void
event_is_a_whole_day(void **state)
{
        struct fixture *f = *state;

        put(f, S("x"), STR_NONE);
        assert_has(f, "\r\nDTSTART;VALUE=DATE:20230930\r\n");
        assert_has(f, "\r\nDTEND;VALUE=DATE:20231001\r\n");
        assert_has(f, "\r\nDTSTAMP:20231001T000000Z\r\n");
        assert_has(f, "\r\nUID:task-1@example.vn\r\n");
        assert_has(f, "\r\nSTATUS:CONFIRMED\r\n");
}

static void
event_of_several_days_ends_after_the_last(void **state)
{
        struct fixture *f = *state;

        ics_event(&f->w, &(struct ics_event){ .uid = S("a"),
                                              .day = day_of(2023, 12, 30),
                                              .last_day = day_of(2023, 12, 31),
                                              .summary = S("x"),
                                              .status = ICS_CANCELLED });
        end(f);
        assert_has(f, "DTEND;VALUE=DATE:20240101\r\n");
        assert_has(f, "STATUS:CANCELLED\r\n");
}

static void
event_without_a_day_is_left_out(void **state)
{
        struct fixture *f = *state;

        ics_event(&f->w, &(struct ics_event){ .uid = S("a"), .day = DD_NO_DAY, .summary = S("x") });
        end(f);
        assert_false(str_has(buf_view(&f->flat), S("VEVENT")));
}

static void
lines_are_at_most_75_octets_and_letters_whole(void **state)
{
        struct fixture *f = *state;
        AUTO_BUF text = { 0 };
        struct str rest, line;

        for (int i = 0; i < 40; i++)
                buf_str(&text, S("ự thựờ🙂"));
        put(f, buf_view(&text), STR_NONE);
        rest = buf_view(&f->out);
        while (rest.n != 0 && str_cut(&rest, '\n', &line)) {
                assert_true(str_ends(line, S("\r")));
                assert_true(line.n - 1 <= 75);
                assert_true(utf8_valid(line, NULL));
        }
        assert_true(str_has(buf_view(&f->flat), buf_view(&text)));
}

static void
texts_are_escaped(void **state)
{
        struct fixture *f = *state;

        put(f, S("a, b; c\\d"), S("một\nhai\r\nba"));
        assert_has(f, "SUMMARY:a\\, b\\; c\\\\d\r\n");
        assert_has(f, "DESCRIPTION:một\\nhai\\nba\r\n");
}

static void
no_text_makes_a_line_of_its_own(void **state)
{
        struct fixture *f = *state;

        ics_event(&f->w, &(struct ics_event){ .uid = S("a\r\nX-UID:1"),
                                              .day = day_of(2023, 1, 1),
                                              .last_day = DD_NO_DAY,
                                              .summary = S("x\r\nATTACH:evil"),
                                              .url = S("https://example.vn/\r\nATTACH:evil") });
        end(f);
        assert_false(str_has(buf_view(&f->out), S("\nATTACH")));
        assert_false(str_has(buf_view(&f->out), S("\nX-UID")));
}

static void
categories_are_a_list(void **state)
{
        struct fixture *f = *state;

        ics_event(&f->w, &(struct ics_event){ .uid = S("a"),
                                              .day = day_of(2023, 1, 1),
                                              .last_day = DD_NO_DAY,
                                              .summary = S("x"),
                                              .categories = (struct str[]){ S("Một, hai"), S("Ba") },
                                              .n_categories = 2,
                                              .changed = -1,
                                              .sequence = 3 });
        end(f);
        assert_has(f, "CATEGORIES:Một\\, hai,Ba\r\n");
        assert_has(f, "SEQUENCE:3\r\n");
        assert_has(f, "LAST-MODIFIED:19691231T235959Z\r\n");
}

static void
calendar_is_whole(void **state)
{
        struct fixture *f = *state;

        put(f, S("x"), STR_NONE);
        assert_true(str_starts(buf_view(&f->flat), S("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")));
        assert_true(str_ends(buf_view(&f->flat), S("END:VEVENT\r\nEND:VCALENDAR\r\n")));
        assert_has(f, "X-WR-CALNAME:Thời hạn\r\n");
        assert_false(str_has(buf_view(&f->flat), S("DESCRIPTION")));
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
        const struct CMUnitTest tests[] = {
                T(event_is_a_whole_day),
                T(event_of_several_days_ends_after_the_last),
                T(event_without_a_day_is_left_out),
                T(lines_are_at_most_75_octets_and_letters_whole),
                T(texts_are_escaped),
                T(no_text_makes_a_line_of_its_own),
                T(categories_are_a_list),
                T(calendar_is_whole),
        };
        return cmocka_run_group_tests_name("ics", tests, NULL, NULL);
}

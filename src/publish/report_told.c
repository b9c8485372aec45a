/* What agencies told of a task, in words for the report: one phrase an agency, from its events up to the day. */
#include "dd_text.h"
#include "report_priv.h"

struct line { /* of one lead assignment */
        int64_t assignment_id;
        struct str agency;
        const struct q_plan_event_row *received, *updated, *handed_in, *last; /* last of those that change its state */
};
struct lines {
        struct line *v;
        size_t n, cap;
};

enum task_state
report_state(const struct report_data *d, const struct q_task_item_row *t)
{
        return task_state(&(struct state_in){ t->lifecycle, t->due, t->conditional, t->done_day }, d->day,
                          &d->plan.rules);
}

struct str
report_state_words(struct arena *a, const struct report_data *d, const struct q_task_item_row *t)
{
        struct state_in in = { t->lifecycle, t->due, t->conditional, t->done_day };

        return state_text(a, &in, d->day, &d->plan.rules);
}

static struct line *
line_of(struct arena *a, struct lines *lines, const struct q_plan_event_row *e)
{
        for (size_t i = 0; i < lines->n; i++)
                if (lines->v[i].assignment_id == e->assignment_id)
                        return &lines->v[i];
        struct line *l = VEC_PUSH(a, lines);
        l->assignment_id = e->assignment_id;
        l->agency = e->agency_name;
        return l;
}

static void
take(struct line *l, const struct q_plan_event_row *e)
{
        if (str_eq(e->kind, S("received")))
                l->received = e;
        else if (str_eq(e->kind, S("updated")))
                l->updated = e;
        else if (str_eq(e->kind, S("handed_in")))
                l->handed_in = l->last = e;
        else if (str_eq(e->kind, S("confirmed")) || str_eq(e->kind, S("handed_back")))
                l->last = e;
}

/* The note of a result with its paper: "đã ban hành kế hoạch; văn bản số 12/KH-HND ngày 19/9/2023". */
static struct str
result_words(struct arena *a, const struct q_plan_event_row *e)
{
        struct str note = words_note(a, e->note), number = words_bare(e->doc_number), paper = STR_NONE;

        if (number.n > 0 && e->doc_day != DD_NO_DAY) {
                struct str day = words_day(a, e->doc_day);

                paper = str_fmt(a, "văn bản: %.*s, ngày %.*s", FMT(number), FMT(day));
        } else if (number.n > 0) {
                paper = str_fmt(a, "văn bản: %.*s", FMT(number));
        }
        return note.n > 0 && paper.n > 0 ? str_fmt(a, "%.*s (%.*s)", FMT(note), FMT(paper)) : note.n > 0 ? note : paper;
}

static struct str
update_words(struct arena *a, const struct q_plan_event_row *e)
{
        struct str note = words_note(a, e->note), day = words_day(a, e->day);

        if (!e->percent.has)
                return str_fmt(a, "%.*s (cập nhật ngày %.*s)", FMT(note), FMT(day));
        if (note.n == 0)
                return str_fmt(a, "đạt %lld%% (cập nhật ngày %.*s)", (long long)e->percent.v, FMT(day));
        return str_fmt(a, "%.*s (đạt %lld%%, cập nhật ngày %.*s)", FMT(note), (long long)e->percent.v, FMT(day));
}

static struct str
line_words(struct arena *a, const struct line *l, bool *ret_sample)
{
        const struct q_plan_event_row *said = l->last != NULL ? l->last : l->updated != NULL ? l->updated : l->received;

        if (said == NULL)
                return STR_NONE;
        *ret_sample |= said->sample;
        struct str day = words_day(a, said->day);
        if (str_eq(said->kind, S("received")))
                return str_fmt(a, "đã tiếp nhận nhiệm vụ ngày %.*s", FMT(day));
        if (str_eq(said->kind, S("updated")))
                return update_words(a, said);
        if (str_eq(said->kind, S("handed_back"))) {
                if (l->updated != NULL && l->updated->day > said->day)
                        return update_words(a, l->updated);
                struct str why = words_note(a, said->note);
                return str_fmt(a, "kết quả đã nộp bị trả lại ngày %.*s: %.*s", FMT(day), FMT(why));
        }
        struct str result = l->handed_in != NULL ? result_words(a, l->handed_in) : STR_NONE;
        if (str_eq(said->kind, S("confirmed")))
                return result;
        return result.n > 0 ? str_fmt(a, "%.*s; nộp kết quả ngày %.*s", FMT(result), FMT(day))
                            : str_fmt(a, "nộp kết quả ngày %.*s", FMT(day));
}

struct told
report_told(struct arena *a, const struct report_data *d, const struct q_task_item_row *t)
{
        struct lines lines = { 0 };
        struct told told = { S(""), S(""), false };
        size_t said = 0;

        for (size_t i = 0; i < d->events.n; i++)
                if (d->events.v[i].task_id == t->id && d->events.v[i].assignment_id != 0)
                        take(line_of(a, &lines, &d->events.v[i]), &d->events.v[i]);
        for (size_t i = 0; i < lines.n; i++) {
                struct str words = line_words(a, &lines.v[i], &told.sample);

                if (words.n == 0)
                        continue;
                if (lines.n > 1)
                        words = str_fmt(a, "%.*s: %.*s", FMT(lines.v[i].agency), FMT(words));
                told.words = said == 0 ? words : str_fmt(a, "%.*s; %.*s", FMT(told.words), FMT(words));
                words = words_upper_first(a, words);
                told.by_agency = said == 0 ? words : str_fmt(a, "%.*s\n%.*s", FMT(told.by_agency), FMT(words));
                said++;
        }
        return told;
}

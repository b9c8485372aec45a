/* What happened to a task and how it stands now, in words: for its page and above the forms that act on it. */
#include "task_priv.h"
#include "tmpl_rt.h"

/* How an event reads. */
static const struct {
        const char *kind;
        struct str title;
        enum ui_state state;
        bool faint;
} kinds[] = {
        { "assigned", S("Giao nhiệm vụ"), UI_IDLE, true },
        { "received", S("Đã tiếp nhận"), UI_DONE, true },
        { "updated", S("Cập nhật tiến độ"), UI_RUN, false },
        { "handed_in", S("Nộp kết quả"), UI_WAIT, false },
        { "confirmed", S("Xác nhận hoàn thành"), UI_DONE, false },
        { "handed_back", S("Trả lại kết quả"), UI_OVERDUE, false },
        { "retitled", S("Điều chỉnh nội dung"), UI_SOON, false },
        { "relead", S("Điều chỉnh chủ trì"), UI_SOON, false },
        { "redue", S("Điều chỉnh thời hạn"), UI_SOON, false },
        { "suspended", S("Tạm dừng"), UI_IDLE, false },
        { "resumed", S("Tiếp tục"), UI_RUN, false },
        { "discontinued", S("Không tiếp tục"), UI_IDLE, false },
};

static struct str
change_text(struct web_req *r, const struct q_event_row *e)
{
        struct str from = e->old_value.n > 0 ? e->old_value : T(&r->ui, "chưa nêu");
        struct str to = e->new_value.n > 0 ? e->new_value : T(&r->ui, "không còn");

        if (str_eq(e->kind, S("redue"))) {
                from = e->old_value.n > 0 ? day_text(r->c->arena, day_parse(e->old_value)) : T(&r->ui, "chưa có hạn");
                to = day_text(r->c->arena, day_parse(e->new_value));
        }
        return TF(&r->ui, "từ «{}» thành «{}»", TMPL_ARG(from), TMPL_ARG(to));
}

static struct str
event_text(struct web_req *r, const struct q_event_row *e)
{
        AUTO_BUF b = { 0 };

        if (e->new_value.p != NULL)
                buf_str(&b, change_text(r, e));
        if (e->doc_number.n > 0)
                buf_fmt(&b, "%s%.*s %.*s", b.n > 0 ? ". " : "", FMT(e->doc_number),
                        FMT(day_text(r->c->arena, e->doc_day)));
        if (e->note.n > 0)
                buf_fmt(&b, "%s%.*s", b.n > 0 ? ". " : "", FMT(e->note));
        return str_dup(r->c->arena, buf_view(&b));
}

static struct ui_files
event_files(struct web_req *r, const struct task_full *t, int64_t event)
{
        struct ui_file *v = arena_array(r->c->arena, t->files.n + 1, sizeof *v);
        size_t n = 0;

        for (size_t i = 0; i < t->files.n; i++)
                if (t->files.v[i].event_id == event)
                        v[n++] = (struct ui_file){ t->files.v[i].name,
                                                   web_href(r, "/files/%lld", (long long)t->files.v[i].file_id),
                                                   t->files.v[i].size };
        return (struct ui_files){ v, n };
}

/* A change of words is of the task's, or of a field beside it. */
static struct str
event_title(const struct ui *u, const struct q_event_row *e, struct str title)
{
        if (str_eq(e->field, S("coordinating")))
                return T(u, "Điều chỉnh cơ quan phối hợp");
        if (str_eq(e->field, S("output")))
                return T(u, "Điều chỉnh sản phẩm");
        return tmpl_tr(u, title);
}

static struct str
gone_text(struct ui *u, const struct q_event_row *e)
{
        if (!e->withdrawn_at.has)
                return STR_NONE;
        struct str when = instant_text(u->arena, e->withdrawn_at.v);

        return TF(u, "{} rút lại lúc {}: {}", TMPL_ARG(e->withdrawn_post.n > 0 ? e->withdrawn_post : T(u, "hệ thống")),
                  TMPL_ARG(when), TMPL_ARG(e->withdrawn_reason));
}

static struct ui_link
undo_link(struct web_req *r, const struct task_full *t, int64_t event)
{
        for (size_t i = 0; i < t->own.n; i++)
                if (t->own.v[i].id == event)
                        return (struct ui_link){ T(&r->ui, "Rút lại"),
                                                 web_href(r, "/tasks/%lld/events/%lld/withdraw", (long long)t->task.id,
                                                          (long long)event) };
        return (struct ui_link){ STR_NONE, STR_NONE };
}

static struct ui_event
event_view(struct web_req *r, const struct task_full *t, const struct q_event_row *e)
{
        struct ui *u = &r->ui;
        size_t k = 0;

        while (k + 1 < ARRAY_LEN(kinds) && !str_eq(e->kind, str_of(kinds[k].kind)))
                k++;
        return (struct ui_event){
                .day = e->day,
                .state = e->withdrawn_at.has ? UI_IDLE : kinds[k].state,
                .faint = kinds[k].faint || e->withdrawn_at.has,
                .title = e->percent.has ? str_fmt(u->arena, "%.*s: %lld %%", FMT(tmpl_tr(u, kinds[k].title)),
                                                  (long long)e->percent.v)
                                        : event_title(u, e, kinds[k].title),
                .after = e->agency_name,
                .text = event_text(r, e),
                .word = e->sample ? T(u, "ví dụ") : STR_NONE,
                .word_state = UI_IDLE,
                .by = e->post.n > 0
                          ? TF(u, "{} ghi lúc {}", TMPL_ARG(e->post), TMPL_ARG(instant_text(u->arena, e->recorded_at)))
                          : STR_NONE,
                .files = event_files(r, t, e->id),
                .gone = gone_text(u, e),
                .undo = undo_link(r, t, e->id),
        };
}

struct ui_events
task_events(struct web_req *r, const struct task_full *t)
{
        struct ui_event *out = arena_array(r->c->arena, t->events.n + 1, sizeof *out);
        size_t n = 0;

        for (size_t i = t->events.n; i-- > 0;)
                if (t->events.v[i].day <= r->c->as_of)
                        out[n++] = event_view(r, t, &t->events.v[i]);
        return (struct ui_events){ out, n };
}

bool
task_event_of(struct web_req *r, const struct task_full *t, int64_t id, struct ui_event *ret)
{
        for (size_t i = 0; i < t->events.n; i++) {
                if (t->events.v[i].id != id)
                        continue;
                *ret = event_view(r, t, &t->events.v[i]);
                return true;
        }
        return false;
}

bool
task_event_last(struct web_req *r, const struct task_full *t, struct str kind, int64_t assignment, struct ui_event *ret)
{
        for (size_t i = t->events.n; i-- > 0;) {
                const struct q_event_row *e = &t->events.v[i];

                if (e->day > r->c->as_of || e->assignment_id != assignment || !str_eq(e->kind, kind) ||
                    e->withdrawn_at.has)
                        continue;
                *ret = event_view(r, t, e);
                return true;
        }
        return false;
}

const struct q_span_row *
task_span_of(const struct task_full *t, int64_t assignment)
{
        for (size_t i = 0; i < t->spans.n; i++)
                if (t->spans.v[i].assignment_id == assignment)
                        return &t->spans.v[i];
        return NULL;
}

int32_t
task_due_on(const struct task_full *t, int32_t day)
{
        const struct q_span_row *s = task_span_of(t, 0);

        return s != NULL && s->due != DD_NO_DAY ? s->due : task_due_told(&t->task, &t->events, day);
}

/* The paper's words belong to the deadline the paper gave, and say nothing new when they are that day. */
void
task_due_words(struct web_req *r, const struct task_full *t, struct str *ret_due, struct str *ret_note)
{
        struct arena *a = r->c->arena;
        int32_t due = task_due_on(t, r->c->as_of), original = t->task.original_due;
        struct str words = day_parse(t->task.deadline_text) == DD_NO_DAY ? t->task.deadline_text : STR_NONE;

        *ret_due = due != DD_NO_DAY ? day_text(a, due) : t->task.deadline_text;
        *ret_note = due == DD_NO_DAY ? STR_NONE : words;
        if (due == original || due == DD_NO_DAY)
                return;
        struct str was = original != DD_NO_DAY ? day_text(a, original) : STR_NONE;
        struct str first = was.n == 0 ? words : words.n > 0 ? str_fmt(a, "%.*s (%.*s)", FMT(was), FMT(words)) : was;
        *ret_note = first.n > 0 ? TF(&r->ui, "hạn gốc {}", TMPL_ARG(first)) : STR_NONE;
}

struct str
task_agencies(struct arena *a, const struct task_full *t, int32_t day, bool leads)
{
        AUTO_BUF b = { 0 };

        for (size_t i = 0; i < t->assignments.n; i++) {
                const struct q_assignment_row *g = &t->assignments.v[i];

                if (str_eq(g->role, S("lead")) != leads || g->from_day > day || g->to_day < day)
                        continue;
                buf_fmt(&b, "%s%.*s", b.n > 0 ? "; " : "", FMT(g->agency_name));
                if (leads && g->scope.n > 0)
                        buf_fmt(&b, " (%.*s)", FMT(g->scope));
        }
        return str_dup(a, buf_view(&b));
}

struct ui_params
task_as_it_stands(struct web_req *r, const struct task_full *t)
{
        struct ui *u = &r->ui;
        struct ui_param *p = arena_array(u->arena, 3, sizeof *p);
        struct str due, note;

        task_due_words(r, t, &due, &note);
        p[0] = (struct ui_param){ T(u, "Thời hạn"), note.n > 0 && !str_eq(note, due)
                                                        ? str_fmt(u->arena, "%.*s · %.*s", FMT(due), FMT(note))
                                                        : due };
        p[1] = (struct ui_param){ T(u, "Cơ quan chủ trì"), task_agencies(u->arena, t, r->c->as_of, true) };
        p[2] = (struct ui_param){ T(u, "Nội dung"), t->task.title };
        return (struct ui_params){ p, 3 };
}

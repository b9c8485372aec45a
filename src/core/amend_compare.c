/* What a paper changes in a plan: which plan it is, which row is which task, what differs. Nothing is changed here. */
#include "dd_agency.h"
#include "dd_state.h"
#include "dd_text.h"
#include "intake_amend_priv.h"
#include "q_amend.h"
#include "q_intake.h"
#include "q_plan.h"

#define SURE_ENOUGH 0.55 /* share of common words from which two texts are one task */
#define SAME_NUMBER 0.25 /* the number in the plan is equal too */
#define WHOLE_SHARE 0.6  /* of the plan's tasks found again: the paper is the whole plan anew */

struct str
amend_kind_word(enum amend_kind k)
{
        static const struct str words[AMEND_KIND_MAX] = {
                [AMEND_TITLE] = S("Nội dung"),
                [AMEND_LEAD] = S("Chủ trì"),
                [AMEND_COORDINATING] = S("Phối hợp"),
                [AMEND_DUE] = S("Thời hạn"),
                [AMEND_OUTPUT] = S("Sản phẩm"),
                [AMEND_ADDED] = S("Nhiệm vụ mới"),
                [AMEND_REMOVED] = S("Không còn trong văn bản mới"),
        };

        return words[k];
}

/* ---- which plan ------------------------------------------------------------------------------------------------- */

static bool
same_issuer(struct arena *a, struct str x, struct str y)
{
        return x.n == 0 || y.n == 0 || str_eq(text_fold(a, x), text_fold(a, y)) || text_distance(a, x, y) < 0.3;
}

/* The plan that a number names, other than papers of the same day are told by. */
static enum dd_err
plan_numbered(struct dd_tx *tx, struct str number, struct str issuer, struct amend_hint *ret)
{
        struct dd_ctx *c = tx->c;
        struct q_amend_plan_rows plans;

        if (number.n == 0)
                return DD_OK;
        TRY(q_amend_plans_numbered(tx, c->committee_id, text_fold(c->arena, number), &plans));
        for (size_t i = 0; i < plans.n && ret->plan_id == 0; i++)
                if (same_issuer(c->arena, issuer, plans.v[i].issuer)) {
                        ret->plan_id = plans.v[i].id;
                        ret->number = plans.v[i].number;
                }
        return DD_OK;
}

enum dd_err
amend_hint_of(struct dd_tx *tx, const struct draft *d, struct amend_hint *ret)
{
        static const struct {
                const char *words;
                bool whole;
        } says[] = { { "sua doi", false }, { "dieu chinh", false }, { "bo sung", false }, { "thay the", true } };
        const struct draft_document *paper = draft_plan_paper(d);
        bool amends = false;

        *ret = (struct amend_hint){ .number = S("") };
        if (paper == NULL)
                return DD_OK;
        TRY(plan_numbered(tx, paper->number.text, paper->issuer.text, ret));
        ret->same_number = ret->whole = ret->plan_id != 0;
        if (ret->plan_id != 0 || paper->title.text.n == 0)
                return DD_OK;
        struct str title = text_fold(tx->c->arena, paper->title.text);
        for (size_t i = 0; i < ARRAY_LEN(says); i++)
                if (str_has(title, str_of(says[i].words))) {
                        amends = true;
                        ret->whole = ret->whole || says[i].whole;
                }
        if (!amends)
                return DD_OK;
        for (size_t i = 0; i < paper->n_bases && ret->plan_id == 0; i++)
                TRY(plan_numbered(tx, paper->bases[i].number, STR_NONE, ret));
        struct q_plan_brief_rows plans;
        TRY(q_plan_brief_list(tx, tx->c->committee_id, &plans));
        for (size_t i = 0; i < plans.n && ret->plan_id == 0; i++)
                if (plans.v[i].number.n > 0 &&
                    (str_has(paper->title.text, plans.v[i].number) || str_has(d->text, plans.v[i].number))) {
                        ret->plan_id = plans.v[i].id;
                        ret->number = plans.v[i].number;
                }
        return DD_OK;
}

/* ---- which row is which task ------------------------------------------------------------------------------------- */

struct words { /* hashes of the syllables, sorted: cheap to compare by thousands */
        uint32_t *v;
        size_t n;
};

static int
by_hash(const void *x, const void *y)
{
        uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

        return a < b ? -1 : a > b;
}

static struct words
words_of(struct arena *a, struct str text)
{
        struct str word, rest = text_fold(a, text);
        struct words w = { arena_array(a, rest.n / 2 + 2, sizeof *w.v), 0 };

        while (str_cut(&rest, ' ', &word)) {
                uint32_t h = 2166136261u;

                for (size_t i = 0; i < word.n; i++)
                        if ((word.p[i] >= 'a' && word.p[i] <= 'z') || (word.p[i] >= '0' && word.p[i] <= '9'))
                                h = (h ^ (unsigned char)word.p[i]) * 16777619u;
                if (word.n > 0)
                        w.v[w.n++] = h;
        }
        qsort(w.v, w.n, sizeof *w.v, by_hash);
        return w;
}

static double
share(const struct words *x, const struct words *y)
{
        size_t i = 0, k = 0, same = 0;

        while (i < x->n && k < y->n) {
                same += x->v[i] == y->v[k];
                if (x->v[i] == y->v[k])
                        i++, k++;
                else if (x->v[i] < y->v[k])
                        i++;
                else
                        k++;
        }
        return x->n + y->n > same ? (double)same / (double)(x->n + y->n - same) : 0;
}

struct pair {
        double worth;
        size_t row, task;
};
struct matching {
        struct dd_tx *tx;
        struct amend_full *f;
        struct q_draft_task_rows rows;
        struct q_amend_task_rows tasks;
        struct q_amend_assignment_rows assignments;
        size_t *task_of_row; /* tasks.n: none */
        bool *taken;
        struct {
                struct pair *v;
                size_t n, cap;
        } pairs;
};

static int
best_first(const void *x, const void *y)
{
        const struct pair *a = x, *b = y;

        if (a->worth != b->worth)
                return a->worth > b->worth ? -1 : 1;
        return a->row < b->row ? -1 : a->row > b->row;
}

static bool
is_dropped(const struct q_draft_task_row *r)
{
        return str_eq(r->state, S("dropped"));
}

static void
match(struct matching *m)
{
        struct arena *a = m->tx->c->arena;
        struct words *rows = arena_array(a, m->rows.n + 1, sizeof *rows);
        struct words *tasks = arena_array(a, m->tasks.n + 1, sizeof *tasks);

        m->task_of_row = arena_array(a, m->rows.n + 1, sizeof *m->task_of_row);
        m->taken = arena_array(a, m->tasks.n + 1, sizeof *m->taken);
        for (size_t i = 0; i < m->rows.n; i++)
                rows[i] = words_of(a, m->rows.v[i].title);
        for (size_t k = 0; k < m->tasks.n; k++)
                tasks[k] = words_of(a, m->tasks.v[k].title);
        for (size_t i = 0; i < m->rows.n; i++) {
                m->task_of_row[i] = m->tasks.n;
                for (size_t k = 0; k < m->tasks.n && !is_dropped(&m->rows.v[i]); k++) {
                        double worth = share(&rows[i], &tasks[k]);

                        if (worth > 0.3 && str_eq(m->rows.v[i].no, m->tasks.v[k].no))
                                worth += SAME_NUMBER;
                        if (worth >= SURE_ENOUGH)
                                *VEC_PUSH(a, &m->pairs) = (struct pair){ worth, i, k };
                }
        }
        if (m->pairs.n > 1)
                qsort(m->pairs.v, m->pairs.n, sizeof *m->pairs.v, best_first);
        for (size_t i = 0; i < m->pairs.n; i++) {
                const struct pair *p = &m->pairs.v[i];

                if (m->taken[p->task] || m->task_of_row[p->row] < m->tasks.n)
                        continue;
                m->taken[p->task] = true;
                m->task_of_row[p->row] = p->task;
        }
}

/* ---- what differs ----------------------------------------------------------------------------------------------- */

static bool
is_decided(const struct amend_full *f, struct str name)
{
        for (size_t i = 0; i < f->decided.n; i++)
                if (str_eq(f->decided.v[i].name, name))
                        return true;
        return false;
}

static void
put(struct matching *m, enum amend_kind kind, const struct q_amend_task_row *t, const struct q_draft_task_row *r,
    const struct str was_becomes[2])
{
        static const char *const names[AMEND_KIND_MAX] = { "title",  "lead",  "coordinating", "due",
                                                           "output", "added", "removed" };
        struct arena *a = m->tx->c->arena;
        struct amend_full *f = m->f;
        struct {
                struct amend_change *v;
                size_t n, cap;
        } vec = { f->changes, f->n_changes, f->cap_changes };
        struct str name = str_fmt(a, "%s:%lld", names[kind], (long long)(t != NULL ? t->id : r->id));

        if (is_decided(f, name))
                return;
        *VEC_PUSH(a, &vec) = (struct amend_change){ .name = name,
                                                    .kind = kind,
                                                    .task_id = t != NULL ? t->id : 0,
                                                    .row_id = r != NULL ? r->id : 0,
                                                    .version = t != NULL ? t->version : r->version,
                                                    .no = t != NULL ? t->no : r->no,
                                                    .title = t != NULL ? t->title : r->title,
                                                    .was = was_becomes[0].p != NULL ? was_becomes[0] : S(""),
                                                    .becomes = was_becomes[1].p != NULL ? was_becomes[1] : S("") };
        f->changes = vec.v;
        f->n_changes = vec.n;
        f->cap_changes = vec.cap;
}

/* "Sở A (vốn đầu tư); Sở B" of a role, as it stands today. */
static struct str
role_text(struct matching *m, int64_t task_id, struct str role)
{
        AUTO_BUF b = { 0 };

        for (size_t i = 0; i < m->assignments.n; i++) {
                const struct q_amend_assignment_row *x = &m->assignments.v[i];

                if (x->task_id != task_id || !str_eq(x->role, role))
                        continue;
                buf_fmt(&b, "%s%.*s", b.n > 0 ? "; " : "", FMT(x->agency_name));
                if (x->scope.n > 0)
                        buf_fmt(&b, " (%.*s)", FMT(x->scope));
        }
        return str_dup(m->tx->c->arena, buf_view(&b));
}

/* Does the role of the task hold exactly the agencies that the words name? */
static enum dd_err
role_same(struct matching *m, int64_t task_id, struct str role, struct str words, bool *ret)
{
        struct dd_ctx *c = m->tx->c;
        struct mentions who = { 0 };
        size_t have = 0, common = 0;

        agency_parse(c->arena, words, STR_NONE, &who);
        for (size_t i = 0; i < m->assignments.n; i++)
                have += m->assignments.v[i].task_id == task_id && str_eq(m->assignments.v[i].role, role);
        for (size_t k = 0; k < who.n; k++) {
                struct str name = text_fold(c->arena, who.v[k].name);
                int64_t id = 0;
                bool found;

                TRY(agency_known(m->tx, &who.v[k], c->today, &id, &found));
                for (size_t i = 0; i < m->assignments.n; i++) {
                        const struct q_amend_assignment_row *x = &m->assignments.v[i];
                        struct str scope = who.v[k].note.p != NULL ? who.v[k].note : S("");

                        if (x->task_id == task_id && str_eq(x->role, role) && str_eq(x->scope, scope) &&
                            ((found && x->agency_id == id) || str_eq(text_fold(c->arena, x->agency_name), name))) {
                                common++;
                                break;
                        }
                }
        }
        *ret = common == who.n && common == have;
        return DD_OK;
}

static bool
same_words(struct arena *a, struct str x, struct str y)
{
        return str_eq(text_fold(a, x.p != NULL ? x : S("")), text_fold(a, y.p != NULL ? y : S("")));
}

static bool
due_same(struct matching *m, const struct q_amend_task_row *t, struct str words)
{
        struct arena *a = m->tx->c->arena;
        struct deadline dl = { .start = DD_NO_DAY, .due = DD_NO_DAY };
        int32_t day = day_parse(str_trim(words));
        int year, month, mday;

        if (same_words(a, t->deadline_text, words))
                return true;
        if (day == DD_NO_DAY && words.n > 0) {
                day_parts(m->f->day, &year, &month, &mday);
                deadline_parse(a, words, year, &dl);
                day = dl.kind == DL_DONE ? t->due : dl.due;
        }
        return day == t->due && day != DD_NO_DAY;
}

static enum dd_err
differ(struct matching *m, const struct q_draft_task_row *r, const struct q_amend_task_row *t)
{
        struct arena *a = m->tx->c->arena;
        size_t before = m->f->n_changes;
        bool same;

        if (!same_words(a, t->title, r->title))
                put(m, AMEND_TITLE, t, r, (struct str[]){ t->title, r->title });
        TRY(role_same(m, t->id, S("lead"), r->lead, &same));
        if (!same && r->lead.n > 0)
                put(m, AMEND_LEAD, t, r, (struct str[]){ role_text(m, t->id, S("lead")), r->lead });
        TRY(role_same(m, t->id, S("coordinate"), r->coordinating, &same));
        if (!same)
                put(m, AMEND_COORDINATING, t, r,
                    (struct str[]){ role_text(m, t->id, S("coordinate")), r->coordinating });
        if (!due_same(m, t, r->deadline_text)) {
                struct str was = t->deadline_text.n > 0 ? t->deadline_text : day_text(a, t->due);

                if (t->due != DD_NO_DAY && t->deadline_text.n > 0)
                        was = str_fmt(a, "%.*s (%.*s)", FMT(was), FMT(day_text(a, t->due)));
                put(m, AMEND_DUE, t, r, (struct str[]){ was, r->deadline_text });
        }
        if (!same_words(a, t->output, r->output))
                put(m, AMEND_OUTPUT, t, r, (struct str[]){ t->output, r->output });
        m->f->n_same += m->f->n_changes == before;
        return DD_OK;
}

/* "Sở A; trước 30/9": what an added task brings, beside its title. */
static struct str
row_text(struct arena *a, const struct q_draft_task_row *r)
{
        return str_fmt(a, "%.*s — %.*s%s%.*s", FMT(r->title), FMT(r->lead), r->deadline_text.n > 0 ? " — " : "",
                       FMT(r->deadline_text));
}

enum dd_err
amend_compare(struct dd_tx *tx, int64_t intake_id, struct amend_full *f)
{
        struct dd_ctx *c = tx->c;
        struct matching m = { .tx = tx, .f = f };
        size_t matched = 0;

        TRY(q_amend_decisions(tx, c->committee_id, intake_id, &f->decided));
        TRY(q_draft_task_list(tx, c->committee_id, intake_id, &m.rows));
        TRY(q_amend_tasks(tx, c->committee_id, f->hint.plan_id, c->today, &m.tasks));
        TRY(q_amend_assignments(tx, c->committee_id, f->hint.plan_id, &m.assignments));
        match(&m);
        for (size_t i = 0; i < m.rows.n; i++)
                matched += m.task_of_row[i] < m.tasks.n;
        f->hint.whole = f->hint.whole || (double)matched >= WHOLE_SHARE * (double)m.tasks.n;
        for (size_t i = 0; i < m.rows.n; i++) {
                if (is_dropped(&m.rows.v[i]))
                        continue;
                if (m.task_of_row[i] < m.tasks.n)
                        TRY(differ(&m, &m.rows.v[i], &m.tasks.v[m.task_of_row[i]]));
                else
                        put(&m, AMEND_ADDED, NULL, &m.rows.v[i],
                            (struct str[]){ S(""), row_text(c->arena, &m.rows.v[i]) });
        }
        for (size_t k = 0; k < m.tasks.n && f->hint.whole; k++)
                if (!m.taken[k] && m.tasks.v[k].lifecycle < LIFE_DONE)
                        put(&m, AMEND_REMOVED, &m.tasks.v[k], NULL, (struct str[]){ m.tasks.v[k].title, S("") });
        return DD_OK;
}

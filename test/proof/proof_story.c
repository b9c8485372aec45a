/* The acts of the day, and sending them. */
#include "proof_story.h"

#include <sqlite3.h>

uint64_t
rnd_next(uint64_t *s)
{
        uint64_t z = (*s += 0x9E3779B97F4A7C15u);

        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
}

uint64_t
rnd_below(uint64_t *s, uint64_t n)
{
        return n == 0 ? 0 : rnd_next(s) % n;
}

static void
read_tasks(struct story *s)
{
        char path[96];
        sqlite3 *h = NULL;
        sqlite3_stmt *st = NULL;

        snprintf(path, sizeof path, "%s/dondoc.db", s->desk->dir);
        s->n_tasks = 0;
        if (sqlite3_open_v2(path, &h, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
            sqlite3_prepare_v2(
                h,
                "SELECT t.id, min(a.id), t.version FROM task t JOIN assignment a ON a.task_id = t.id AND "
                "a.role = 'lead' AND a.to_day = '9999-12-31' GROUP BY t.id ORDER BY t.id",
                -1, &st, NULL) == SQLITE_OK)
                while (sqlite3_step(st) == SQLITE_ROW && s->n_tasks < STORY_TASKS) {
                        s->tasks[s->n_tasks].id = sqlite3_column_int64(st, 0);
                        s->tasks[s->n_tasks].assignment = sqlite3_column_int64(st, 1);
                        s->tasks[s->n_tasks++].version = sqlite3_column_int64(st, 2);
                }
        sqlite3_finalize(st);
        sqlite3_close(h);
}

void
story_begin(struct story *s, struct desk *d, uint64_t seed)
{
        *s = (struct story){ .desk = d, .rnd = seed, .seed = seed };
        read_tasks(s);
}

bool
act_answered(const struct act *a)
{
        return a->status == 200 && a->id != 0;
}

/* The same bytes every time the act is sent. */
static struct str
evidence_of(const struct act *a, struct arena *arena)
{
        char *p = arena_alloc(arena, a->size);
        uint64_t r = a->draw;

        for (size_t i = 0; i < a->size; i++)
                p[i] = (char)(i % 64 == 0 ? rnd_next(&r) : r >> (i % 56));
        return (struct str){ p, a->size };
}

static enum act_kind
draw_kind(uint64_t *rnd)
{
        static const uint8_t weights[ACT_N] = {
                [ACT_UPDATE] = 40,  [ACT_RECEIVE] = 6, [ACT_HAND_IN] = 14, [ACT_CONFIRM] = 9, [ACT_BACK] = 9,
                [ACT_CORRECT] = 10, [ACT_ADD] = 7,     [ACT_ACCOUNT] = 3,  [ACT_UPLOAD] = 2
        };
        uint64_t at = rnd_below(rnd, 100);

        for (unsigned k = 0; k < ACT_N; k++) {
                if (at < weights[k])
                        return (enum act_kind)k;
                at -= weights[k];
        }
        return ACT_UPDATE;
}

static struct str
words(struct arena *a, const char *fmt, const char *key)
{
        return str_fmt(a, "%s%s", fmt, key);
}

static void
set_act(const struct act *a, struct arena *t, struct desk_ask *ask)
{
        static const char *const last[] = { [ACT_UPDATE] = "update",
                                            [ACT_RECEIVE] = "receive",
                                            [ACT_HAND_IN] = "hand-in",
                                            [ACT_CONFIRM] = "confirm",
                                            [ACT_BACK] = "hand-back" };
        size_t n = 0;

        ask->path = str_fmt(t, "/tasks/%lld/%s", (long long)a->task, last[a->kind]);
        ask->fields[n++] = (struct desk_field){ "assignment_id", str_fmt(t, "%lld", (long long)a->assignment) };
        if (a->kind != ACT_RECEIVE)
                ask->fields[n++] = (struct desk_field){ "note", words(t, "", a->key) };
        if (a->kind == ACT_UPDATE)
                ask->fields[n++] = (struct desk_field){ "percent", str_fmt(t, "%d", (int)(a->draw % 101)) };
}

static void
set_correction(const struct act *a, struct arena *t, struct desk_ask *ask)
{
        static const char *const what[] = { "title", "due", "lead" };
        struct str value = a->draw % 3 == 0   ? words(t, "Việc đổi tên ", a->key)
                           : a->draw % 3 == 1 ? str_fmt(t, "%d/11/2023", (int)(1 + a->draw % 28))
                                              : S("Sở Tài chính");

        ask->path = str_fmt(t, "/tasks/%lld/correct", (long long)a->task);
        ask->fields[0] = (struct desk_field){ "what", str_of(what[a->draw % 3]) };
        ask->fields[1] = (struct desk_field){ "value", value };
        ask->fields[2] = (struct desk_field){ "reason", words(t, "", a->key) };
        ask->fields[3] = (struct desk_field){ "_v", str_fmt(t, "%lld", (long long)a->version) };
}

static void
make_ask(const struct act *a, struct arena *t, struct desk_ask *ask)
{
        *ask = (struct desk_ask){ .who = WHO_STANDING, .post = true, .json = true, .key = str_of(a->key) };
        if (a->size > 0) {
                ask->file_name = words(t, "", a->key);
                ask->file = evidence_of(a, t);
        }
        switch (a->kind) {
        case ACT_CORRECT:
                set_correction(a, t, ask);
                break;
        case ACT_ADD:
                ask->path = S("/plans/1/add");
                ask->fields[0] = (struct desk_field){ "title", words(t, "Việc thêm ", a->key) };
                ask->fields[1] = (struct desk_field){ "lead", a->draw % 2 ? S("Sở Nội vụ") : S("Sở Tài chính") };
                break;
        case ACT_ACCOUNT:
                ask->who = WHO_ADMIN;
                ask->path = S("/accounts/new");
                ask->fields[0] = (struct desk_field){ "login", words(t, "", a->key) };
                ask->fields[1] = (struct desk_field){ "post", S("Cán bộ") };
                ask->fields[2] = (struct desk_field){ "role", S("head") };
                break;
        case ACT_UPLOAD:
                ask->path = S("/intake");
                ask->fields[0] = (struct desk_field){ "not_secret", S("1") };
                ask->fields[1] =
                    (struct desk_field){ "text", str_fmt(t,
                                                         "UBND TỈNH\nSố: %d/KH-UBND\nKẾ HOẠCH\nThử %s\n\nI. NHIỆM VỤ\n"
                                                         "1. Sở Tài chính báo cáo kết quả trước ngày 30/11/2023.\n",
                                                         (int)(a->draw % 900) + 1, a->key) };
                break;
        default:
                set_act(a, t, ask);
                break;
        }
}

static void
send(struct story *s, struct act *a)
{
        struct arena *t = arena_new(0);
        struct desk_ask ask;

        make_ask(a, t, &ask);
        desk_prepare(s->desk, &a->call, &ask);
        if (ask.file.p != NULL) /* the bytes outlive t */
                a->call.req.files.v[0].bytes = str_dup(a->call.req.arena, ask.file);
        arena_free(t);
        desk_go(s->desk, &a->call);
}

static void
receive(struct act *a)
{
        desk_wait(&a->call);
        a->status = desk_status(&a->call);
        a->id = desk_id(&a->call);
        desk_free(&a->call);
}

static void
draw(struct story *s, struct act *a, size_t evidence_max)
{
        size_t at = (size_t)rnd_below(&s->rnd, s->n_tasks);

        *a = (struct act){ .kind = draw_kind(&s->rnd), .draw = rnd_next(&s->rnd) };
        snprintf(a->key, sizeof a->key, "w-%llx-%zu", (unsigned long long)(s->seed & 0xffffff), s->n);
        a->task = s->tasks[at].id;
        a->assignment = s->tasks[at].assignment;
        a->version = s->tasks[at].version;
        if ((a->kind == ACT_UPDATE || a->kind == ACT_HAND_IN) && rnd_below(&s->rnd, 3) > 0)
                a->size = 1 + (size_t)rnd_below(&s->rnd, evidence_max);
}

void
story_batch(struct story *s, size_t n, size_t evidence_max)
{
        size_t from = s->n;

        for (size_t i = 0; i < n && s->n < STORY_ACTS; i++) {
                draw(s, &s->acts[s->n], evidence_max);
                send(s, &s->acts[s->n]);
                s->n++;
        }
        for (size_t i = from; i < s->n; i++)
                receive(&s->acts[i]);
        for (size_t i = from; i < s->n; i++) /* versions move with each correction; a stale one is only refused */
                for (size_t k = 0; k < s->n_tasks; k++)
                        if (s->acts[i].kind == ACT_CORRECT && act_answered(&s->acts[i]) &&
                            s->tasks[k].id == s->acts[i].task)
                                s->tasks[k].version += 1 + (s->acts[i].draw % 3 == 0);
}

void
story_again(struct story *s, struct act *a)
{
        send(s, a);
        receive(a);
}

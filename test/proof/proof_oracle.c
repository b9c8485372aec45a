/* What must be true of the database, asked with SQLite alone; and what the program recomputes. */
#include <sqlite3.h>

#include "dd_db.h"
#include "dd_span.h"
#include "dd_stmt.h"
#include "proof_story.h"

struct look {
        struct story *s;
        const char *when;
        sqlite3 *h;
        struct arena *a;
};

#define say(l, ...) story_fault((l)->s, (l)->when, __VA_ARGS__)

void
story_fault(struct story *s, const char *when, const char *fmt, ...)
{
        va_list ap;

        s->faults++;
        if (s->desk->quiet)
                return;
        va_start(ap, fmt);
        printf("FAILED seed %llu, %s: ", (unsigned long long)s->seed, when);
        vprintf(fmt, ap);
        printf("\n");
        va_end(ap);
}

static sqlite3_stmt *
ask(struct look *l, const char *sql)
{
        sqlite3_stmt *st = NULL;

        if (sqlite3_prepare_v2(l->h, sql, -1, &st, NULL) != SQLITE_OK)
                say(l, "%s: %s", sql, sqlite3_errmsg(l->h));
        return st;
}

static bool
row(struct look *l, sqlite3_stmt *st)
{
        int rc = st == NULL ? SQLITE_DONE : sqlite3_step(st);

        if (rc != SQLITE_ROW && rc != SQLITE_DONE)
                say(l, "reading: %s", sqlite3_errmsg(l->h));
        return rc == SQLITE_ROW;
}

static struct str
text(sqlite3_stmt *st, int i)
{
        const void *p = sqlite3_column_blob(st, i);

        return (struct str){ p == NULL ? "" : p, (size_t)sqlite3_column_bytes(st, i) };
}

/* A query that gives one row for each fault. */
static void
none(struct look *l, const char *what, const char *sql)
{
        sqlite3_stmt *st = ask(l, sql);

        for (int n = 0; n < 3 && row(l, st); n++)
                say(l, "%s: %.*s", what, FMT(text(st, 0)));
        sqlite3_finalize(st);
}

static int64_t
number(struct look *l, const char *sql, struct str p, int64_t q)
{
        sqlite3_stmt *st = ask(l, sql);
        int64_t v = -1;

        if (st != NULL) {
                sqlite3_bind_text(st, 1, p.p, (int)p.n, SQLITE_STATIC);
                if (sqlite3_bind_parameter_count(st) > 1)
                        sqlite3_bind_int64(st, 2, q);
                if (row(l, st))
                        v = sqlite3_column_int64(st, 0);
        }
        sqlite3_finalize(st);
        return v;
}

/* ---- the trail ----------------------------------------------------------------------------------------------- */

static void
check_chain(struct look *l)
{
        sqlite3_stmt *st =
            ask(l, "SELECT id, coalesce(committee_id, 0), coalesce(account_id, 0), recorded_at, origin, action, "
                   "coalesce(object_id, 0), coalesce(detail, ''), hash FROM audit ORDER BY id");
        uint8_t before[32];
        bool first = true;

        while (row(l, st)) {
                struct str o = text(st, 4), a = text(st, 5), d = text(st, 7), hash = text(st, 8);
                AUTO_BUF b = { 0 };

                if (!first)
                        buf_put(&b, before, sizeof before);
                buf_fmt(&b, "|%lld|%lld|%lld|%.*s|%.*s|%lld|%.*s", sqlite3_column_int64(st, 1),
                        sqlite3_column_int64(st, 2), sqlite3_column_int64(st, 3), FMT(o), FMT(a),
                        sqlite3_column_int64(st, 6), FMT(d));
                dd_sha256(b.p, b.n, before);
                if (!str_eq(hash, (struct str){ (const char *)before, sizeof before })) {
                        say(l, "the trail is broken at row %lld (%.*s)", sqlite3_column_int64(st, 0), FMT(a));
                        break;
                }
                first = false;
        }
        sqlite3_finalize(st);
}

static void
check_files(struct look *l)
{
        sqlite3_stmt *st = ask(l, "SELECT id, size, sha256, bytes FROM file");

        while (row(l, st)) {
                struct str bytes = text(st, 3);
                uint8_t hash[32];

                dd_sha256(bytes.p, bytes.n, hash);
                if ((int64_t)bytes.n != sqlite3_column_int64(st, 1) ||
                    !str_eq(text(st, 2), (struct str){ (const char *)hash, sizeof hash }))
                        say(l, "file %lld is not what its hash says", sqlite3_column_int64(st, 0));
        }
        sqlite3_finalize(st);
}

/* ---- the ledger ---------------------------------------------------------------------------------------------- */

static const struct {
        const char *action, *effect; /* how many times it happened */
        bool event;
} kinds[ACT_N] = {
        [ACT_UPDATE] = { "update.add", "SELECT count(*) FROM task_event WHERE kind = 'updated' AND note = ?1", true },
        [ACT_RECEIVE] = { "update.receive", NULL, true },
        [ACT_HAND_IN] = { "result.hand_in", "SELECT count(*) FROM task_event WHERE kind = 'handed_in' AND note = ?1",
                          true },
        [ACT_CONFIRM] = { "result.confirm", "SELECT count(*) FROM task_event WHERE kind = 'confirmed' AND note = ?1",
                          true },
        [ACT_BACK] = { "result.hand_back", "SELECT count(*) FROM task_event WHERE kind = 'handed_back' AND note = ?1",
                       true },
        [ACT_CORRECT] = { NULL,
                          "SELECT count(*) FROM task_event WHERE kind IN ('retitled', 'relead', 'redue') AND note = ?1",
                          false },
        [ACT_ADD] = { "task.add", "SELECT count(*) FROM task WHERE title = 'Việc thêm ' || ?1", false },
        [ACT_ACCOUNT] = { "account.create", "SELECT count(*) FROM account WHERE login = ?1", false },
        [ACT_UPLOAD] = { "intake.create",
                         "SELECT count(*) FROM intake i JOIN file f ON f.id = i.file_id "
                         "WHERE instr(f.bytes, CAST('Thử ' || ?1 || char(10) AS BLOB)) > 0",
                         false },
};

static void
check_act(struct look *l, const struct act *a)
{
        struct str key = str_of(a->key);
        bool keyed = a->kind != ACT_UPLOAD; /* an upload is told by its bytes */
        int64_t result =
            keyed ? number(l, "SELECT coalesce(max(result_id), 0) FROM action_key WHERE name = ?1", key, 0) : 0;
        int64_t effects = kinds[a->kind].effect == NULL ? result != 0 : number(l, kinds[a->kind].effect, key, 0);

        if (effects > 1)
                say(l, "%s: done %lld times", a->key, (long long)effects);
        if (act_answered(a) && effects != 1)
                say(l, "%s: answered and not there", a->key);
        if (act_answered(a) && keyed && result != a->id)
                say(l, "%s: answered %lld, its key says %lld", a->key, (long long)a->id, (long long)result);
        if (keyed && (effects == 1) != (result != 0))
                say(l, "%s: effect and key do not go together", a->key);
        if (effects != 1)
                return;
        int64_t object = keyed ? result : a->id;
        if (object != 0 && kinds[a->kind].action != NULL &&
            number(l, "SELECT count(*) FROM audit WHERE action = ?1 AND object_id = ?2", str_of(kinds[a->kind].action),
                   object) != 1)
                say(l, "%s: not one row in the trail", a->key);
        if (kinds[a->kind].event &&
            number(l, "SELECT count(*) FROM event_file WHERE ?1 <> '' AND event_id = ?2", key, object) != (a->size > 0))
                say(l, "%s: its evidence is not there, or too much of it", a->key);
        if (a->size > 0 && number(l,
                                  "SELECT coalesce(max(f.size), 0) FROM event_file e JOIN file f ON f.id = e.file_id "
                                  "WHERE f.name = ?1 AND e.event_id = ?2",
                                  key, object) != (int64_t)a->size)
                say(l, "%s: its evidence is another one", a->key);
}

static void
check_all(struct look *l)
{
        sqlite3_stmt *st = ask(l, "PRAGMA integrity_check");

        while (row(l, st))
                if (!str_eq(text(st, 0), S("ok")))
                        say(l, "integrity: %.*s", FMT(text(st, 0)));
        sqlite3_finalize(st);
        none(l, "foreign key", "PRAGMA foreign_key_check");
        none(l, "an event without its audit row",
             "SELECT e.id FROM task_event e WHERE e.note LIKE 'w-%' AND e.kind IN ('received', 'updated', "
             "'handed_in', 'confirmed', "
             "'handed_back') AND "
             "(SELECT count(*) FROM audit a WHERE a.object_id = e.id AND a.action IN ('update.receive', 'update.add', "
             "'result.hand_in', 'result.confirm', 'result.hand_back')) <> 1");
        none(l, "corrections and their audit rows differ",
             "SELECT 'events and rows' WHERE (SELECT count(*) FROM task_event WHERE kind IN ('retitled', 'relead', "
             "'redue')) <> "
             "(SELECT count(*) FROM audit WHERE action = 'task.correct')");
        none(l, "evidence that belongs to nothing",
             "SELECT id FROM file WHERE id NOT IN (SELECT file_id FROM event_file) AND id NOT IN (SELECT file_id FROM "
             "intake)");
        none(l, "a task without its search row or projection",
             "SELECT id FROM task WHERE id NOT IN (SELECT id FROM task_fts_docsize) OR id NOT IN (SELECT task_id FROM "
             "task_span)");
        check_chain(l);
        check_files(l);
        for (size_t i = 0; i < l->s->n; i++)
                check_act(l, &l->s->acts[i]);
}

static bool
look_open(struct look *l)
{
        char path[96];

        snprintf(path, sizeof path, "%s/dondoc.db", l->s->desk->dir);
        if (sqlite3_open_v2(path, &l->h, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK) {
                sqlite3_busy_timeout(l->h, 2000);
                return true;
        }
        say(l, "cannot be opened: %s", sqlite3_errmsg(l->h));
        sqlite3_close(l->h);
        return false;
}

void
story_oracle(struct story *s, const char *when)
{
        struct look l = { .s = s, .when = when };

        if (!look_open(&l))
                return;
        check_all(&l);
        sqlite3_close(l.h);
}

int64_t
story_state(struct story *s)
{
        struct look l = { .s = s, .when = "state" };
        int64_t v = -1;

        if (!look_open(&l))
                return -1;
        v = number(
            &l,
            "SELECT (SELECT coalesce(max(id), 0) FROM audit) * 1000003 + (SELECT count(*) FROM task_event) * 10007 + "
            "(SELECT count(*) FROM task_span) * 101 + (SELECT count(*) FROM file) * 11 + (SELECT count(*) FROM "
            "action_key) * 7 + "
            "(SELECT count(*) FROM task) * 5 + (SELECT count(*) FROM account) * 3 + (SELECT count(*) FROM "
            "draft_change) + "
            "(SELECT count(*) FROM intake) * 17 + (SELECT count(*) FROM session) * 19 + (SELECT sum(version) FROM "
            "task) * 23",
            S(""), 0);
        sqlite3_close(l.h);
        return v;
}

/* ---- recount -------------------------------------------------------------------------------------------------- */

static const struct dd_sql_col no_cols[1];
static const struct dd_sql_col span_cols[] = { { "line", 's', false } };
static const struct dd_sql_col task_cols[] = { { "id", 'l', false } };
static const struct dd_sql sql_spans = {
        .name = "proof_spans",
        .where = "proof_oracle.c",
        .sqlite =
            "SELECT task_id || '|' || assignment_id || '|' || agency_id || '|' || from_day || '|' || to_day || '|' || "
            "lifecycle || "
            "'|' || coalesce(due, '') || '|' || due_key || '|' || conditional || '|' || coalesce(original_due, '') || "
            "'|' || "
            "coalesce(done_day, '') || '|' || percent || '|' || coalesce(last_day, '') || '|' || leads FROM task_span "
            "ORDER BY task_id, assignment_id, from_day",
        .in = no_cols,
        .out = span_cols,
        .n_out = 1,
};
static const struct dd_sql sql_tasks = { .name = "proof_tasks",
                                         .where = "proof_oracle.c",
                                         .sqlite = "SELECT id FROM task",
                                         .in = no_cols,
                                         .out = task_cols,
                                         .n_out = 1 };

static enum dd_err
dump_spans(struct dd_tx *tx, struct dd_buf *ret)
{
        AUTO_STMT st = { 0 };
        bool more;

        TRY(dd_stmt_open(&st, tx, &sql_spans));
        for (;;) {
                TRY(dd_stmt_step(&st, &more));
                if (!more)
                        return DD_OK;
                buf_str(ret, dd_col_str(&st, 0));
                buf_c(ret, '\n');
        }
}

static enum dd_err
recount(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };
        AUTO_BUF before = { 0 }, after = { 0 };
        struct {
                int64_t *v;
                size_t n, cap;
        } ids = { 0 };
        bool *same = arg, more = true;

        TRY(dd_tx_begin(&tx, c));
        TRY(dump_spans(&tx, &before));
        {
                AUTO_STMT st = { 0 };

                TRY(dd_stmt_open(&st, &tx, &sql_tasks));
                for (;;) {
                        TRY(dd_stmt_step(&st, &more));
                        if (!more)
                                break;
                        *VEC_PUSH(c->arena, &ids) = dd_col_i64(&st, 0);
                }
        }
        for (size_t i = 0; i < ids.n; i++)
                TRY(span_project(&tx, ids.v[i]));
        TRY(dump_spans(&tx, &after));
        *same = str_eq(buf_view(&before), buf_view(&after));
        return DD_OK; /* nothing is kept */
}

void
story_recount(struct story *s, const char *when)
{
        struct look l = { .s = s, .when = when };
        struct dd_ctx c;
        bool same = false;

        desk_ctx(s->desk, arena_new(0), &c);
        c.committee_id = 1;
        if (dd_write(&c, recount, &same) != DD_OK)
                say(&l, "recounting: %.*s", FMT(c.err_text));
        else if (!same)
                say(&l, "a projection is not what its events say");
        arena_free(c.arena);
}

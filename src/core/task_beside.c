/* What stands beside tasks, asked at once. */
#include "dd_task_beside.h"

#include <stdlib.h>

#include "dd_rights.h"
#include "q_member.h"

enum { BESIDE_FOLLOWER = 1, BESIDE_HELPER }; /* then what was told */
enum { ISO_DAY = 10 };                       /* a day stands before the words told */

static int
by_task(const void *x, const void *y)
{
        const struct q_task_beside_row *a = x, *b = y;

        if (a->task_id != b->task_id)
                return a->task_id < b->task_id ? -1 : 1;
        if (a->kind != b->kind)
                return a->kind < b->kind ? -1 : 1;
        return (a->ord > b->ord) - (a->ord < b->ord);
}

static size_t
first_of(const struct q_task_beside_rows *rows, int64_t task)
{
        size_t lo = 0, hi = rows->n;

        while (lo < hi) {
                size_t mid = lo + (hi - lo) / 2;

                if (rows->v[mid].task_id < task)
                        lo = mid + 1;
                else
                        hi = mid;
        }
        return lo;
}

/* Texts of one kind from *at on, which goes behind them; one alone is given as it is. A member who follows two of the
 * leads is told once. */
static struct str
joined(struct arena *a, const struct q_task_beside_rows *rows, size_t *at, int64_t task, int64_t kind)
{
        size_t from = *at, n = 0, bytes = 0;

        for (; *at < rows->n && rows->v[*at].task_id == task && rows->v[*at].kind == kind; ++*at)
                bytes += rows->v[*at].text.n + 2;
        if (*at == from)
                return STR_NONE;
        if (*at == from + 1)
                return rows->v[from].text;
        char *to = arena_alloc(a, bytes);
        for (size_t i = from; i < *at; i++) {
                struct str text = rows->v[i].text;

                if (i > from && rows->v[i].ord == rows->v[i - 1].ord)
                        continue;
                if (n > 0) {
                        memcpy(to + n, "; ", 2);
                        n += 2;
                }
                memcpy(to + n, text.p, text.n);
                n += text.n;
        }
        return (struct str){ to, n };
}

enum dd_err
task_beside(struct dd_ctx *c, const struct q_task_item_rows *of, struct task_beside **ret)
{
        AUTO_TX tx = { 0 };
        AUTO_BUF ids = { 0 };
        struct q_task_beside_rows rows;
        struct task_beside *v = arena_array(c->arena, of->n + 1, sizeof *v);

        *ret = v;
        TRY(can(c, CAP_READ, 0));
        if (of->n == 0)
                return DD_OK;
        for (size_t i = 0; i < of->n; i++) {
                buf_c(&ids, i == 0 ? '[' : ',');
                buf_i64(&ids, of->v[i].id);
        }
        buf_c(&ids, ']');
        TRY(dd_tx_read(&tx, c));
        TRY(q_task_beside_list(&tx, c->committee_id, buf_view(&ids), c->as_of, &rows));
        if (rows.n > 0)
                qsort(rows.v, rows.n, sizeof *rows.v, by_task);
        for (size_t i = 0; i < of->n; i++) {
                int64_t task = of->v[i].id;
                size_t at = first_of(&rows, task);

                v[i].note_day = DD_NO_DAY;
                v[i].followers = joined(c->arena, &rows, &at, task, BESIDE_FOLLOWER);
                v[i].helpers = joined(c->arena, &rows, &at, task, BESIDE_HELPER);
                if (at < rows.n && rows.v[at].task_id == task && rows.v[at].text.n > 0) {
                        struct str told = rows.v[at].text;

                        v[i].note_day = day_parse(str_sub(told, 0, ISO_DAY));
                        v[i].note = str_sub(told, ISO_DAY, told.n);
                }
        }
        return DD_OK;
}

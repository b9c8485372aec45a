/* Is it alive, how is it doing, is it set up well: for a load balancer, for Prometheus, for the administrator. */
#include "dd_table_view.h"
#include "dd_watch.h"
#include "page_priv.h"
#include "tmpl_rt.h"
#include "tpl_table.h"

/* Says no more than yes or no: anybody may ask. */
enum dd_err
page_healthz(struct dd_ctx *c, struct web_req *r)
{
        const struct web_watch *w = r->web->watch;
        bool alive = w != NULL && w->alive(w->arg, c);

        r->answered = true;
        dd_ctx_clear_error(c);
        http_text(r->http, alive ? 200 : 503, alive ? S("ok\n") : S("unavailable\n"));
        return DD_OK;
}

/* A proxy on this machine makes everybody look local: what came through one is not from here. */
static bool
from_here(const struct web_req *r)
{
        struct str peer = r->http->peer, host = r->http->host;

        if (http_header(r->http, "x-forwarded-for").p != NULL || http_header(r->http, "forwarded").p != NULL ||
            http_header(r->http, "x-forwarded-proto").p != NULL || http_header(r->http, "via").p != NULL)
                return false;
        if (!str_starts(peer, S("127.")) && !str_eq(peer, S("::1")) && !str_eq(peer, S("unix")))
                return false;
        return str_starts(host, S("127.")) || str_starts(host, S("localhost")) || str_starts(host, S("[::1]"));
}

static bool
has_token(const struct web_req *r, struct str token)
{
        struct str sent = http_header(r->http, "authorization");

        if (token.n == 0 || !str_starts(sent, S("Bearer ")) || sent.n != token.n + 7)
                return false;
        uint8_t a[32], b[32]; /* of hashes, time tells nothing */
        dd_sha256(sent.p + 7, token.n, a);
        dd_sha256(token.p, token.n, b);
        return memcmp(a, b, sizeof a) == 0;
}

enum dd_err
page_metrics(struct dd_ctx *c, struct web_req *r)
{
        const struct web_watch *w = r->web->watch;

        if (w == NULL || (!from_here(r) && !has_token(r, w->token)))
                return dd_fail(c, DD_ENOTFOUND, "Không có trang này. Có thể địa chỉ gõ sai hoặc trang đã chuyển.");
        r->answered = true;
        r->http->res.content_type = "text/plain; version=0.0.4; charset=utf-8";
        w->metrics(w->arg, c, r->o);
        dd_ctx_clear_error(c);
        return DD_OK;
}

static struct table_row
line_row(struct web_req *r, const struct watch_line *l)
{
        static const enum ui_state states[] = {
                [WATCH_GOOD] = UI_DONE, [WATCH_LOOK] = UI_SOON, [WATCH_BAD] = UI_OVERDUE
        };
        struct table_cell *cells = arena_array(r->c->arena, 4, sizeof *cells);
        struct str word = l->level == WATCH_GOOD   ? T(&r->ui, "Tốt")
                          : l->level == WATCH_LOOK ? T(&r->ui, "Nên xem")
                                                   : T(&r->ui, "Cần sửa");

        cells[0] = (struct table_cell){ .text = l->what, .head = true };
        cells[1] = (struct table_cell){ .text = word, .badge = true, .state = states[l->level] };
        cells[2] = (struct table_cell){ .text = l->found };
        cells[3] = (struct table_cell){ .text = l->todo };
        return (struct table_row){ cells, 4 };
}

enum dd_err
page_setup(struct dd_ctx *c, struct web_req *r)
{
        const struct web_watch *w = r->web->watch;
        struct ui *u = &r->ui;
        struct watch_lines lines = { 0 };
        struct table_view v = { 0 };

        if (w != NULL)
                w->lines(w->arg, c, &lines);
        dd_ctx_clear_error(c);
        struct table_row *rows = arena_array(c->arena, lines.n + 1, sizeof *rows);
        size_t open = 0;
        for (size_t i = 0; i < lines.n; i++) {
                rows[i] = line_row(r, &lines.v[i]);
                open += lines.v[i].level != WATCH_GOOD;
        }
        struct ui_th *columns = arena_array(c->arena, 4, sizeof *columns);
        columns[0] = (struct ui_th){ .label = T(u, "Phần") };
        columns[1] = (struct ui_th){ .label = T(u, "Tình trạng") };
        columns[2] = (struct ui_th){ .label = T(u, "Thấy gì") };
        columns[3] = (struct ui_th){ .label = T(u, "Việc cần làm") };
        u->title = T(u, "Kiểm tra cài đặt");
        u->as_of_fixed = true;
        v.head.title = u->title;
        v.head.facts = open == 0 ? T(u, "Mọi phần đều tốt.") : T(u, "Có phần nên xem lại; cột cuối nói việc cần làm.");
        v.caption = u->title;
        v.columns = (struct ui_ths){ columns, 4 };
        v.rows.v = rows;
        v.rows.n = lines.n;
        tpl_table_page(r->o, u, &v);
        return DD_OK;
}

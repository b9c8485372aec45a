/* What was read beside the tasks: oddities, members, duties. Shown with their reasons, not edited here. */
#include "tmpl_rt.h"
#include "verify_priv.h"

#define PART_ROWS 8 /* of a list that comes with the page; longer ones come when they are opened */

/* What a person must decide comes before what only wants a glance; notes are shown in this order. */
static const struct {
        const char *kind;
        struct str word;
} anomaly_words[] = {
        { "unread-table", S("Bảng chưa đọc được") },
        { "impossible-date", S("Ngày không có thật") },
        { "deadline-before-document", S("Thời hạn trước ngày văn bản") },
        { "two-leads", S("Nhiều cơ quan chủ trì") },
        { "ocr-error", S("Có thể sai chữ") },
        { "already-done", S("Thời hạn là kết quả đã có") },
        { "task-before-document", S("Việc trước ngày ban hành") },
        { "duplicate-number", S("Số thứ tự lặp") },
        { "missing-number", S("Thiếu số thứ tự") },
        { "repeated-letter", S("Chữ mục lặp") },
        { "space-in-number", S("Dấu cách trong số ký hiệu") },
        { "ocr-variant", S("Viết khác thường") },
        { "repeated-table-header", S("Đầu bảng lặp") },
        { "page-number", S("Số trang lẫn vào") },
};

struct str
anomaly_word(struct web_req *r, struct str kind)
{
        for (size_t i = 0; i < ARRAY_LEN(anomaly_words); i++)
                if (str_eq(kind, str_of(anomaly_words[i].kind)))
                        return tmpl_tr(&r->ui, anomaly_words[i].word);
        return kind;
}

static size_t
anomaly_rank(const char *kind)
{
        size_t i = 0;

        while (i < ARRAY_LEN(anomaly_words) && strcmp(kind, anomaly_words[i].kind) != 0)
                i++;
        return i;
}

static struct verify_plain
plain(const struct verifying *g, const struct field *f, const struct span *at)
{
        struct web_req *r = g->r;
        struct verify_plain p = { .at = verify_place(g, at, 1) };

        if (f->text.n == 0) { /* an entry that introduces others: there is no field to be sure of */
                p.why = T(&r->ui, "Máy nhận từ chỗ này của văn bản");
                return p;
        }
        p.note = f->note.n > 0 ? f->note : str_fmt(r->c->arena, "%d %%", f->confidence);
        p.low = f->note.n > 0 || f->confidence < 90;
        p.why = rule_words(r, &g->in->draft, f);
        return p;
}

static void
notes(struct verifying *g, struct verify_plain *v)
{
        const struct draft *d = &g->in->draft;
        size_t n = 0;

        for (size_t rank = 0; rank <= ARRAY_LEN(anomaly_words); rank++)
                for (size_t i = 0; i < d->n_anomalies; i++) {
                        const struct anomaly *k = &d->anomalies[i];

                        if (anomaly_rank(k->kind) != rank)
                                continue;
                        v[n].title = anomaly_word(g->r, str_of(k->kind));
                        v[n].text = k->where.n > 0 ? str_fmt(g->r->c->arena, "%.*s: %.*s", FMT(k->where), FMT(k->text))
                                                   : k->text;
                        v[n++].at = verify_place(g, &k->span, 1);
                }
}

static void
members(struct verifying *g, struct verify_plain *v)
{
        const struct draft *d = &g->in->draft;

        for (size_t i = 0; i < d->n_members; i++) {
                v[i] = plain(g, &d->members[i].post, &d->members[i].span);
                v[i].no = d->members[i].no;
                v[i].title = d->members[i].post.text;
                v[i].text = d->members[i].sector.text;
        }
}

static void
duties(struct verifying *g, struct verify_plain *v)
{
        const struct draft *d = &g->in->draft;

        for (size_t i = 0; i < d->n_duties; i++) {
                v[i] = plain(g, &d->duties[i].text, &d->duties[i].span);
                v[i].no = d->duties[i].no;
                v[i].title = d->duties[i].agency.text;
                v[i].text = d->duties[i].text.text;
        }
}

void
verify_parts(struct verifying *g)
{
        const struct draft *d = &g->in->draft;
        struct ui *u = &g->r->ui;
        const struct {
                struct str id, title;
                size_t n;
                void (*fill)(struct verifying *, struct verify_plain *);
        } lists[] = { { S("notes"), T(u, "Chỗ lạ trong văn bản"), d->n_anomalies, notes },
                      { S("members"), T(u, "Thành viên Ban"), d->n_members, members },
                      { S("duties"), T(u, "Trách nhiệm tổ chức thực hiện"), d->n_duties, duties } };
        struct verify_part *p = arena_array(u->arena, ARRAY_LEN(lists), sizeof *p);
        struct str asked = web_q(g->r, "list");

        for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
                p[i] = (struct verify_part){ .id = lists[i].id, .title = lists[i].title, .total = (int64_t)lists[i].n };
                if (lists[i].n > PART_ROWS && !str_eq(asked, lists[i].id)) {
                        p[i].more = web_href(g->r, "/intake/%lld?list=%.*s#%.*s", (long long)g->in->intake.id,
                                             FMT(lists[i].id), FMT(lists[i].id));
                        continue;
                }
                struct verify_plain *v = arena_array(u->arena, lists[i].n + 1, sizeof *v);
                lists[i].fill(g, v);
                p[i].rows.v = v;
                p[i].rows.n = lists[i].n;
        }
        g->v->parts.v = p;
        g->v->parts.n = ARRAY_LEN(lists);
}

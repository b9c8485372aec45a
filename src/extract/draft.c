/* draft.c - blocks to a draft: the passes in order. A pure function of the blocks and the reference year. */
#include "extract_priv.h"

#define PAPERS_MAX 16

/* Papers that assign work; laws and the like have articles, not tasks. */
static bool
assigns_work(const struct draft_document *d)
{
        static const char *const types[] = {
                "Kế hoạch",  "Quyết định", "Chỉ thị",   "Chương trình", "Chương trình hành động",
                "Công văn",  "Thông báo",  "Công điện", "Nghị quyết",   "Đề án",
                "Phương án", "Kết luận",   "Hướng dẫn"
        };

        if (!d->type.text.n)
                return true;
        for (size_t i = 0; i < ARRAY_LEN(types); i++) {
                if (str_eq(d->type.text, str_of(types[i])))
                        return true;
        }
        return false;
}

/* "năm 2025" in "(Kèm theo ... ngày 01 tháng 01 năm 2025)": the year of an appendix that came without its paper. */
static int
year_of_text(const struct view *v)
{
        for (size_t i = 0; i < v->n && i < 4000; i = view_next(v, i)) {
                struct caught got = { 0 };

                if (v->bare[i] == 'n' && view_boundary(v, i) && pat(v, i, "(ngay {D}|nam {y})", &got)) {
                        int y = got.n_year ? got.year[0] : 0, m, d;

                        if (got.n_day)
                                day_parts(got.day[0], &y, &m, &d);
                        return y;
                }
        }
        return 0;
}

static void
document_read(struct xt *x, struct part *p)
{
        struct {
                struct draft_document *v;
                size_t n, cap;
        } vec = { x->d->documents, x->d->n_documents, x->d->cap_documents };
        struct draft_document *d = VEC_PUSH(x->a, &vec);

        x->d->documents = vec.v;
        x->d->n_documents = vec.n;
        x->d->cap_documents = vec.cap;
        d->date = DD_NO_DAY;
        d->span = flow_span(&x->f, p->from, p->to);
        head_read(x, p, d);
        bases_read(x, p, d);
        foot_read(x, p, d);
        sections_read(x, p, d);
        consultation_read(x, p, d);
}

/* One article that hands work over, after an article that is a calendar: both are tasks. */
static void
calendar_beside(struct xt *x, const struct part *p, size_t before)
{
        struct draft_task one = x->d->tasks[before];
        size_t groups = x->d->n_groups;

        if (one.lead_field.rule == NULL || strcmp(one.lead_field.rule, "agency-heading") != 0)
                return;
        tasks_calendar(x, p);
        if (x->d->n_tasks < before + 4) {
                x->d->n_tasks = before + 1;
                x->d->n_groups = groups;
                return;
        }
        memmove(&x->d->tasks[before], &x->d->tasks[before + 1], (x->d->n_tasks - before - 1) * sizeof one);
        x->d->tasks[x->d->n_tasks - 1] = one;
}

static void
tasks_read(struct xt *x, const struct part *p, const struct draft_document *d)
{
        size_t before = x->d->n_tasks;

        if (!assigns_work(d))
                return;
        tables_read(x, p->from, p->to);
        if (x->d->n_tasks == before)
                tasks_flat(x, p);
        if (x->d->n_tasks == before)
                tasks_labels(x, p);
        if (x->d->n_tasks == before)
                tasks_bracket(x, p);
        if (x->d->n_tasks == before)
                tasks_agencies(x, p);
        if (x->d->n_tasks == before)
                tasks_calendar(x, p);
        else if (x->d->n_tasks == before + 1)
                calendar_beside(x, p, before);
}

static bool
document_fits(const struct draft_document *d)
{
        for (size_t i = 0; i < d->n_sections; i++) {
                if (d->sections[i].n_items > DRAFT_ITEMS_MAX)
                        return false;
        }
        return d->n_sections <= DRAFT_SMALL_MAX && d->n_bases <= DRAFT_SMALL_MAX && d->n_recipients <= DRAFT_SMALL_MAX;
}

/* The bounds of dd_draft.h, so that no one makes a draft that nobody takes. */
static bool
draft_fits(const struct draft *d)
{
        bool fits = d->n_tasks <= DRAFT_LIST_MAX && d->n_groups <= DRAFT_LIST_MAX && d->n_members <= DRAFT_LIST_MAX &&
                    d->n_duties <= DRAFT_LIST_MAX;

        for (size_t i = 0; i < d->n_documents && fits; i++)
                fits = document_fits(&d->documents[i]);
        for (size_t i = 0; i < d->n_tasks && fits; i++)
                fits = d->tasks[i].lead.n <= DRAFT_SMALL_MAX && d->tasks[i].coordinating.n <= DRAFT_SMALL_MAX &&
                       d->tasks[i].n_notes <= DRAFT_SMALL_MAX;
        return fits;
}

enum dd_err
draft_make(struct dd_ctx *c, const struct blocks *b, int year, struct draft *ret)
{
        struct part parts[PAPERS_MAX];
        struct xt x = { .a = c->arena, .d = ret, .year = year };
        size_t n;

        *ret = (struct draft){
                .format = b->format,
                .text = b->text,
                .pages = b->n_boxes ? b->pages : 0,
                .boxes = b->boxes,
                .n_boxes = b->n_boxes,
        };
        flow_make(c->arena, b, &x.f);
        n = parts_find(&x, parts, PAPERS_MAX);
        for (size_t i = 0; i < n; i++) {
                const struct draft_document *d;
                int y = 0, m, day;

                document_read(&x, &parts[i]);
                d = &ret->documents[ret->n_documents - 1];
                if (year == 0 && d->date != DD_NO_DAY)
                        day_parts(d->date, &y, &m, &day);
                x.year = year ? year : y ? y : year_of_text(&x.f.v);
                tasks_read(&x, &parts[i], d);
                members_read(&x, &parts[i]);
                duties_read(&x, &parts[i]);
        }
        anomalies_read(&x);
        grid_make(c->arena, b, ret);
        if (!draft_fits(ret))
                return dd_fail(
                    c, DD_ETOOBIG,
                    "Văn bản có quá nhiều mục (hơn %d nhiệm vụ, hoặc một bảng, một danh sách dài bất thường) "
                    "nên không nhận được một lần. Hãy tách văn bản thành nhiều tệp.",
                    DRAFT_LIST_MAX);
        return DD_OK;
}

/* Memory runs out at every allocation of every route, once and for ever: malloc and its kin are ours here, so SQLite,
 * the writers of files and the C library meet it too. No crash, nothing half done, no page that is wrong in silence,
 * and the same process answers as before when there is memory again.
 *
 *     memory_proof [--step N] [--seed S] [--only ROUTE [--at K]]
 *
 * Each route runs in a child of its own; a child that dies is a fault, and the next one goes on behind that point. */
#include <errno.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "proof_disk.h"
#include "proof_story.h"

/* ---- memory -------------------------------------------------------------------------------------------------- */

extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t n);
extern void *__libc_memalign(size_t align, size_t n);

static atomic_ullong seen, fail_at; /* fail_at 0: never */
static atomic_bool for_ever;

static bool
fails(void)
{
        uint64_t at = atomic_load(&fail_at);

        if (at == 0)
                return false;
        uint64_t n = atomic_fetch_add(&seen, 1) + 1;
        if (n != at && !(n > at && atomic_load(&for_ever)))
                return false;
        errno = ENOMEM;
        return true;
}

void *
malloc(size_t n)
{
        return fails() ? NULL : __libc_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
        return fails() ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *p, size_t n)
{
        return fails() ? NULL : __libc_realloc(p, n);
}

int
posix_memalign(void **ret, size_t align, size_t n)
{
        void *p = fails() ? NULL : __libc_memalign(align, n);

        *ret = p == NULL ? *ret : p;
        return p == NULL ? ENOMEM : 0;
}

void *
aligned_alloc(size_t align, size_t n)
{
        return fails() ? NULL : __libc_memalign(align, n);
}

static void
arm(uint64_t at, bool ever)
{
        atomic_store(&for_ever, ever);
        atomic_store(&seen, 0);
        atomic_store(&fail_at, at);
}

/* ---- routes -------------------------------------------------------------------------------------------------- */

/* {t} a task, {a} its lead assignment, {h} {b} one handed in, {i} a draft, {r} its first row, {u} an account, {v} a
 * version, {l} a link, {f} a file, {g} an agency, {d} a document. */
struct route_ask {
        const char *name, *path, *query;
        enum desk_who who;
        bool post, json;
        const char *fields; /* name=value&... */
        size_t file;
        bool slow;    /* hashes a password */
        bool foreign; /* Debian's libxlsxwriter 1.1.4 dies when it gets no memory: counted apart, doc/proofs.md */
};

static const struct route_ask asks[] = {
        { "home", "/", "", WHO_STANDING, .json = false },
        { "home head", "/", "", WHO_HEAD, .json = false },
        { "home json", "/", "", WHO_STANDING, .json = true },
        { "board", "/board", "", WHO_STANDING, .json = false },
        { "board past", "/board", "as-of=2023-09-01", WHO_HEAD, .json = true },
        { "plan", "/plans/1", "", WHO_STANDING, .json = false },
        { "plan json", "/plans/1", "", WHO_STANDING, .json = true },
        { "report", "/plans/1/report", "", WHO_STANDING, .json = false },
        { "report docx", "/plans/1/report.docx", "", WHO_STANDING, .json = false },
        { "report xlsx", "/plans/1/report.xlsx", "", WHO_STANDING, .foreign = true },
        { "report ics", "/plans/1/report.ics", "", WHO_STANDING, .json = false },
        { "task_add_form", "/plans/1/add", "", WHO_STANDING, .json = false },
        { "task_add", "/plans/1/add", "", WHO_STANDING, .post = true, .json = true,
          "title=Vi%E1%BB%87c&lead=S%E1%BB%9F+N%E1%BB%99i+v%E1%BB%A5" },
        { "reports", "/reports", "", WHO_HEAD, .json = false },
        { "task_list", "/tasks", "", WHO_STANDING, .json = false },
        { "task_list json", "/tasks", "", WHO_STANDING, .json = true },
        { "task_list search", "/tasks", "q=hop+tac+xa&sort=due", WHO_STANDING, .json = false },
        { "task_export csv", "/tasks/export.csv", "", WHO_STANDING, .json = false },
        { "task_export xlsx", "/tasks/export.xlsx", "", WHO_STANDING, .foreign = true },
        { "task", "/tasks/{t}", "", WHO_STANDING, .json = false },
        { "task json", "/tasks/{t}", "", WHO_STANDING, .json = true },
        { "update_form", "/tasks/{t}/update", "", WHO_STANDING, .json = false },
        { "update", "/tasks/{t}/update", "", WHO_STANDING, .post = true, .json = true,
          "assignment_id={a}&percent=40&note=x", 5000 },
        { "update html", "/tasks/{t}/update", "", WHO_STANDING, .post = true, .json = false,
          "assignment_id={a}&percent=40&note=x" },
        { "update refused", "/tasks/{t}/update", "", WHO_STANDING, .post = true, .json = false,
          "assignment_id={a}&percent=400" },
        { "receive", "/tasks/{t}/receive", "", WHO_STANDING, .post = true, .json = true, "assignment_id={a}" },
        { "hand_in_form", "/tasks/{t}/hand-in", "", WHO_STANDING, .json = false },
        { "hand_in", "/tasks/{t}/hand-in", "", WHO_STANDING, .post = true, .json = true,
          "assignment_id={a}&note=Xong&doc_number=1%2FKH", 3000 },
        { "confirm_form", "/tasks/{h}/confirm", "", WHO_STANDING, .json = false },
        { "confirm", "/tasks/{h}/confirm", "", WHO_STANDING, .post = true, .json = true, "assignment_id={b}&note=ok" },
        { "hand_back", "/tasks/{h}/hand-back", "", WHO_STANDING, .post = true, .json = true,
          "assignment_id={b}&note=ok" },
        { "correct_form", "/tasks/{t}/correct", "", WHO_STANDING, .json = false },
        { "correct title", "/tasks/{t}/correct", "", WHO_STANDING, .post = true, .json = true,
          "what=title&value=Moi&reason=r&_v={v}" },
        { "correct lead", "/tasks/{t}/correct", "", WHO_STANDING, .post = true, .json = true,
          "what=lead&value=S%E1%BB%9F+N%E1%BB%99i+v%E1%BB%A5&reason=r&_v={v}" },
        { "correct due", "/tasks/{t}/correct", "", WHO_STANDING, .post = true, .json = true,
          "what=due&value=30%2F11%2F2023&reason=r&_v={v}" },
        { "discontinue_form", "/tasks/{t}/discontinue", "", WHO_STANDING, .json = false },
        { "discontinue", "/tasks/{t}/discontinue", "", WHO_STANDING, .post = true, .json = true,
          "doc_number=1&reason=r&doc_day=29%2F9%2F2023&_v={v}" },
        { "confirm_list", "/confirm", "", WHO_STANDING, .json = false },
        { "file", "/files/{f}", "", WHO_STANDING, .json = false },
        { "document_list", "/documents", "", WHO_STANDING, .json = false },
        { "document", "/documents/{d}", "", WHO_STANDING, .json = false },
        { "document json", "/documents/{d}", "", WHO_STANDING, .json = true },
        { "intake_list", "/intake", "", WHO_STANDING, .json = false },
        { "intake_upload", "/intake", "", WHO_STANDING, .post = true, .json = true, "not_secret=1", 1 },
        { "intake", "/intake/{i}", "", WHO_STANDING, .json = false },
        { "intake json", "/intake/{i}", "", WHO_STANDING, .json = true },
        { "intake_row", "/intake/{i}/rows/{r}", "", WHO_STANDING, .post = true, .json = true, "act=accept&_v=1" },
        { "intake_confirm_form", "/intake/{i}/confirm", "", WHO_STANDING, .json = false },
        { "intake_confirm", "/intake/{i}/confirm", "", WHO_STANDING, .post = true, .json = true,
          "accept_unseen=1&_v=1" },
        { "intake_drop", "/intake/{i}/drop", "", WHO_STANDING, .post = true, .json = true, "_v=1" },
        { "agency_list", "/agencies", "", WHO_STANDING, .json = false },
        { "agency", "/agencies/{g}", "", WHO_STANDING, .json = false },
        { "member_list", "/members", "", WHO_STANDING, .json = false },
        { "account_list", "/accounts", "", WHO_ADMIN, .json = false },
        { "account_form", "/accounts/new", "", WHO_ADMIN, .json = false },
        { "account_new", "/accounts/new", "", WHO_ADMIN, .post = true, .json = true, "login=ai-do&post=Ai&role=head" },
        { "account_state", "/accounts/{u}/state", "", WHO_ADMIN, .post = true, .json = true, "state=disabled&_v=1" },
        { "account_link", "/accounts/{u}/link", "", WHO_ADMIN, .post = true, .json = true, "" },
        { "audit_list", "/audit", "", WHO_AUDITOR, .json = false },
        { "audit json", "/audit", "", WHO_AUDITOR, .json = true },
        { "signin_form", "/sign-in", "", WHO_NOBODY, .json = false },
        { "signin", "/sign-in", "", WHO_NOBODY, .post = true, .json = false, "login=thuong-truc&password=sai-mat-khau",
          .slow = true },
        { "link_form", "/link/{l}", "", WHO_NOBODY, .json = false },
        { "link_use", "/link/{l}", "", WHO_NOBODY, .post = true, .json = false,
          "new_password=C%C3%A1nh+%C4%91%E1%BB%93ng+m%C3%B9a+n%C6%B0%E1%BB%9Bc", .slow = true },
        { "signout", "/sign-out", "", WHO_HEAD, .post = true, .json = false, "" },
        { "language", "/language", "", WHO_HEAD, .post = true, .json = false, "" },
        { "not found", "/khong-co", "", WHO_STANDING, .json = false },
        { "nobody", "/tasks", "", WHO_NOBODY, .json = false },
};

struct ids {
        int64_t t, a, h, b, i, r, u, v, f, g, d;
        char l[65];
};

struct sweep { /* shared with the children */
        uint64_t points, answered, refused, faults, foreign;
        uint64_t k;
        int mode;
        bool ended;
};

struct run {
        struct desk desk;
        struct story story;
        struct disk_image *base;
        struct ids ids;
        uint64_t rnd, step, at; /* at: this point only */
        struct sweep *sweep;
};

static struct str
fill_in(struct arena *a, const struct ids *ids, const char *text)
{
        AUTO_BUF b = { 0 };

        for (const char *p = text; *p != '\0'; p++) {
                if (*p != '{') {
                        buf_c(&b, *p);
                        continue;
                }
                const struct {
                        char c;
                        int64_t v;
                } of[] = { { 't', ids->t }, { 'a', ids->a }, { 'h', ids->h }, { 'b', ids->b },
                           { 'i', ids->i }, { 'r', ids->r }, { 'u', ids->u }, { 'v', ids->v },
                           { 'f', ids->f }, { 'g', ids->g }, { 'd', ids->d } };
                if (p[1] == 'l')
                        buf_str(&b, str_of(ids->l));
                for (size_t k = 0; k < ARRAY_LEN(of); k++)
                        if (of[k].c == p[1])
                                buf_i64(&b, of[k].v);
                p += 2;
        }
        return str_dup(a, buf_view(&b));
}

extern const unsigned char proof_plan[];
extern const size_t proof_plan_n;

static void
prepare(struct run *r, const struct route_ask *q, struct desk_call *call, uint64_t n)
{
        struct arena *a = arena_new(0);
        struct http_fields typed = { 0 };
        struct dd_ctx c = { .arena = a };
        struct desk_ask ask = { .who = q->who,
                                .post = q->post,
                                .json = q->json,
                                .path = fill_in(a, &r->ids, q->path),
                                .query = str_of(q->query) };

        if (q->post) {
                ask.key = str_fmt(a, "m-%llu", (unsigned long long)n);
                if (field_parse_urlencoded(&c, fill_in(a, &r->ids, q->fields), &typed) != DD_OK)
                        abort();
                for (size_t i = 0; i < typed.n; i++)
                        ask.fields[i] = (struct desk_field){ str_c(a, typed.v[i].name), typed.v[i].value };
        }
        if (q->file == 1)
                ask.file = (struct str){ (const char *)proof_plan + 3, proof_plan_n - 3 };
        else if (q->file > 1)
                ask.file = (struct str){ (const char *)proof_plan, q->file };
        ask.file_name = S("a.txt");
        desk_prepare(&r->desk, call, &ask);
        arena_free(a);
}

/* ---- one point ------------------------------------------------------------------------------------------------ */

struct seen_answer {
        int status;
        struct str body;
        bool over;
        int64_t state; /* of the database afterwards */
};

static void
run_one(struct run *r, const struct route_ask *q, struct arena *a, uint64_t at, bool ever, struct seen_answer *ret)
{
        struct desk_call call;

        prepare(r, q, &call, at);
        arm(at, ever);
        desk_go(&r->desk, &call);
        desk_wait(&call);
        uint64_t n = atomic_load(&seen);
        arm(0, false);
        atomic_store(&seen, n);
        ret->status = desk_status(&call);
        ret->over = call.req.res.body.over;
        ret->body = str_dup(a, desk_body(&call));
        desk_free(&call);
        ret->state = story_state(&r->story);
}

/* The frame around a page may lack the committee's name or a count when it could not be asked; what the page is about
 * not. */
static struct str
content(struct str page)
{
        size_t from = str_find(page, S("<main"), 0), to = str_find(page, S("</main>"), 0);

        return from < to && to < page.n ? str_sub(page, from, to) : page;
}

static bool
skip(struct str *s)
{
        static const struct str names[] = { S("Ban Chỉ đạo"), S("BCĐ") };

        for (size_t i = 0; i < ARRAY_LEN(names); i++)
                if (str_starts(*s, names[i])) {
                        *s = str_sub(*s, names[i].n, s->n);
                        return true;
                }
        return false;
}

/* A page differs from run to run only where keys and tokens stand, in hexadecimal. */
static bool
same_body(struct str a, struct str b)
{
        static const char hex[] = "0123456789abcdef";

        a = content(a);
        b = content(b);
        for (;;) {
                while (skip(&a) || skip(&b))
                        continue;
                if (a.n == 0 || b.n == 0)
                        return a.n == b.n;
                if (*a.p != *b.p && (strchr(hex, *a.p) == NULL || strchr(hex, *b.p) == NULL))
                        return false;
                a = str_sub(a, 1, a.n);
                b = str_sub(b, 1, b.n);
        }
}

static void
judge(struct run *r, const struct route_ask *q, const struct seen_answer *want, const struct seen_answer *got,
      int64_t before)
{
        char when[96];
        struct story *s = &r->story;
        bool file = strstr(q->path, "xlsx") != NULL || strstr(q->path, "docx") != NULL;

        snprintf(when, sizeof when, "%s, %s at %llu", q->name, r->sweep->mode ? "for ever" : "once",
                 (unsigned long long)r->sweep->k);
        bool done = got->status == want->status && !got->over;
        if (!done && got->status < 500 && !got->over)
                story_fault(s, when, "answered %d instead of %d", got->status, want->status);
        if (done && got->state != want->state)
                story_fault(s, when, "answered as done, and the database says otherwise");
        if (!done && got->state != before)
                story_fault(s, when, "refused (%d), and something was stored", got->status);
        if (done && !q->post && !file && !same_body(got->body, want->body))
                story_fault(s, when, "a page that is wrong in silence: %zu bytes, %zu expected", got->body.n,
                            want->body.n);
        if (r->at != 0)
                printf("%s: %d\n%.*s\n", when, got->status, FMT(got->body));
        r->sweep->answered += done;
        r->sweep->refused += !done;
}

/* A point begins with a fresh connection, so that statements are prepared with the fault too. */
static bool
point(struct run *r, const struct route_ask *q, uint64_t k, bool ever, const struct seen_answer *want)
{
        struct arena *a = arena_new(0);
        struct seen_answer got = { 0 }, again = { 0 };

        disk_boot(r->base);
        if (desk_open(&r->desk) != DD_OK)
                abort();
        story_begin(&r->story, &r->desk, k);
        int64_t before = story_state(&r->story);
        run_one(r, q, a, k, ever, &got);
        bool met = atomic_load(&seen) >= k;
        if (met) {
                judge(r, q, want, &got, before);
                if (got.status != want->status || got.over)
                        run_one(r, q, a, 0, false, &again);
                if (again.status != 0 && (again.status != want->status || again.state != want->state))
                        story_fault(&r->story, q->name, "with memory again: %d at %llu", again.status,
                                    (unsigned long long)k);
                if (q->post || k % 16 == 0)
                        story_oracle(&r->story, q->name);
                r->sweep->points++;
        }
        r->sweep->faults += r->story.faults;
        desk_close(&r->desk);
        arena_free(a);
        return met;
}

static void
child(struct run *r, const struct route_ask *q)
{
        struct arena *a = arena_new(0);
        struct seen_answer want = { 0 };
        uint64_t step = r->step * (q->slow ? 12 : 1);

        disk_boot(r->base);
        if (desk_open(&r->desk) != DD_OK)
                abort();
        story_begin(&r->story, &r->desk, 0);
        run_one(r, q, a, 0, false, &want);
        desk_close(&r->desk);
        if (want.status >= 500 || want.over) {
                story_fault(&r->story, q->name, "does not work at all: %d", want.status);
                r->sweep->faults++;
        }
        if (r->at != 0) {
                point(r, q, r->sweep->k = r->at, false, &want);
                r->sweep->mode = 1;
                point(r, q, r->at, true, &want);
                r->sweep->mode = 2;
        }
        for (; r->sweep->mode < 2; r->sweep->mode++, r->sweep->k = 0)
                for (;;) {
                        r->sweep->k += r->sweep->k == 0 ? 1 + rnd_below(&r->rnd, step) : step;
                        if (!point(r, q, r->sweep->k, r->sweep->mode == 1, &want) || r->sweep->faults > 40)
                                break;
                }
        r->sweep->ended = true;
        _exit(0);
}

static void
route(struct run *r, const struct route_ask *q)
{
        uint64_t before = r->sweep->points;

        r->sweep->k = 0;
        r->sweep->mode = 0;
        r->sweep->ended = false;
        while (!r->sweep->ended && r->sweep->faults < 40) {
                fflush(NULL);
                pid_t pid = fork();
                int status;

                if (pid == 0)
                        child(r, q);
                if (pid < 0 || waitpid(pid, &status, 0) != pid)
                        abort();
                if (!r->sweep->ended && q->foreign) {
                        r->sweep->foreign++;
                        r->sweep->points++;
                } else if (!r->sweep->ended) {
                        printf("FAILED %s: died of signal %d when memory ran out %s at %llu\n", q->name,
                               WTERMSIG(status), r->sweep->mode ? "for ever" : "once", (unsigned long long)r->sweep->k);
                        r->sweep->faults++;
                        r->sweep->points++;
                }
        }
        printf("%-22s %6llu points\n", q->name, (unsigned long long)(r->sweep->points - before));
}

/* ---- what the routes need ------------------------------------------------------------------------------------- */

static int64_t
did(struct run *r, const struct route_ask *q, struct str *ret_body, struct arena *a)
{
        struct desk_call call;
        static uint64_t n = 1000000;

        prepare(r, q, &call, n++);
        desk_go(&r->desk, &call);
        desk_wait(&call);
        int64_t id = desk_id(&call);
        if (desk_status(&call) != 200)
                printf("FAILED to prepare %s: %d %.*s\n", q->name, desk_status(&call), FMT(desk_body(&call)));
        if (ret_body != NULL)
                *ret_body = str_dup(a, desk_body(&call));
        desk_free(&call);
        return id;
}

static bool
make_world(struct run *r)
{
        struct ids *w = &r->ids;
        struct str link;

        if (desk_open(&r->desk) != DD_OK || !desk_fill(&r->desk))
                return false;
        story_begin(&r->story, &r->desk, 1);
        *w = (struct ids){ .t = r->story.tasks[3].id,
                           .a = r->story.tasks[3].assignment,
                           .h = r->story.tasks[6].id,
                           .b = r->story.tasks[6].assignment,
                           .v = 1,
                           .f = 2,
                           .g = 1,
                           .d = 1 };
        did(r,
            &(struct route_ask){ "update", "/tasks/{h}/update", "", WHO_STANDING, true, true,
                                 "assignment_id={b}&note=x", 900 },
            NULL, NULL);
        did(r,
            &(struct route_ask){ "hand in", "/tasks/{h}/hand-in", "", WHO_STANDING, true, true,
                                 "assignment_id={b}&note=x" },
            NULL, NULL);
        w->i = did(
            r,
            &(struct route_ask){ "intake", "/intake", "", WHO_STANDING, true, true, "not_secret=1", proof_plan_n - 1 },
            NULL, NULL);
        w->r = 22; /* the first row of the second draft: 21 tasks before it */
        w->u = did(
            r,
            &(struct route_ask){ "account", "/accounts/new", "", WHO_ADMIN, true, true, "login=moi&post=M&role=head" },
            NULL, NULL);
        did(r, &(struct route_ask){ "link", "/accounts/{u}/link", "", WHO_ADMIN, true, true, "" }, &link,
            r->desk.arena);
        size_t at = str_find(link, S("/link/"), 0);
        if (at + 70 > link.n)
                return false;
        memcpy(w->l, link.p + at + 6, 64);
        desk_close(&r->desk);
        r->base = disk_as_is();
        return true;
}

static uint64_t
option(int n, char **v, const char *name, uint64_t or)
{
        for (int i = 1; i + 1 < n; i++)
                if (strcmp(v[i], name) == 0)
                        return strtoull(v[i + 1], NULL, 10);
        return or ;
}

int
main(int n, char **v)
{
        static struct run r;
        struct timespec t;
        const char *only = NULL;

        setenv("DONDOC_NOW", "1696042800", 1);
        clock_gettime(CLOCK_REALTIME, &t);
        uint64_t seed = option(n, v, "--seed", (uint64_t)t.tv_nsec ^ (uint64_t)t.tv_sec);
        for (int i = 1; i + 1 < n; i++)
                if (strcmp(v[i], "--only") == 0)
                        only = v[i + 1];
        r.rnd = seed;
        r.at = option(n, v, "--at", 0);
        r.step = option(n, v, "--step", 1);
        setvbuf(stdout, NULL, _IOLBF, 0);
        if (getenv("PROOF_LOG") == NULL && freopen("/dev/null", "w", stderr) == NULL)
                return 2;
        r.sweep = mmap(NULL, sizeof *r.sweep, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        disk_install();
        desk_make_dir(&r.desk);
        if (r.sweep == MAP_FAILED || !make_world(&r))
                return 2;
        for (size_t i = 0; i < ARRAY_LEN(asks) && r.sweep->faults < 40; i++)
                if (only == NULL || strcmp(only, asks[i].name) == 0)
                        route(&r, &asks[i]);
        printf("memory: seed %llu, %zu requests, %llu points: %llu answered all the same, %llu refused, %llu ended by "
               "libxlsxwriter; %llu faults\n",
               (unsigned long long)seed, ARRAY_LEN(asks), (unsigned long long)r.sweep->points,
               (unsigned long long)r.sweep->answered, (unsigned long long)r.sweep->refused,
               (unsigned long long)r.sweep->foreign, (unsigned long long)r.sweep->faults);
        disk_image_free(r.base);
        disk_wipe();
        desk_end(&r.desk);
        printf("%llu passed, %llu failed\n", (unsigned long long)(r.sweep->points - (r.sweep->faults > 0)),
               (unsigned long long)r.sweep->faults);
        return r.sweep->faults > 0 || r.sweep->points == 0;
}

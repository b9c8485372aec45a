/* Requests made by hand, given to web_handle. */
#include "proof_desk.h"

#include <sys/stat.h>
#include <unistd.h>

#include "dd_account.h"
#include "dd_agency.h"
#include "dd_blocks.h"
#include "dd_committee.h"
#include "dd_csrf.h"
#include "dd_date.h"
#include "dd_db.h"
#include "dd_drawn.h"
#include "dd_intake.h"

extern const unsigned char proof_plan[];
extern const size_t proof_plan_n;

void __wrap_http_finish(struct http_req *r); /* the linker sends the pages' http_finish here */

void
__wrap_http_finish(struct http_req *r)
{
        struct desk_call *call = (struct desk_call *)(void *)r; /* req is its first member */

        pthread_mutex_lock(&call->lock);
        call->done = true;
        pthread_cond_signal(&call->done_cond);
        pthread_mutex_unlock(&call->lock);
}

/* What the reader's child does, here: the proofs are not about its sandbox. */
static enum dd_err
read_paper(void *arg, struct dd_ctx *c, const struct http_file *file, const struct paper_watch *watch,
           struct draft *ret)
{
        (void)watch;
        struct blocks b = { 0 };

        (void)arg;
        TRY(text_read(c, file->bytes, &b));
        TRY(draft_make(c, &b, 0, ret));
        ret->file = file->name;
        return DD_OK;
}

/* The evidence of the proofs is bytes without a meaning: the server judges such files by their name. */
static enum dd_err
check_file(void *arg, struct dd_ctx *c, const struct http_file *file)
{
        (void)arg;
        (void)c;
        (void)file;
        return DD_OK;
}

void
desk_ctx(const struct desk *d, struct arena *a, struct dd_ctx *ret)
{
        *ret = (struct dd_ctx){ .arena = a,
                                .db = d->db,
                                .is_system = true,
                                .origin = S("proof"),
                                .now = dd_clock_now(),
                                .today = day_of(2023, 9, 30),
                                .as_of = day_of(2023, 9, 30) };
}

void
desk_make_dir(struct desk *d)
{
        *d = (struct desk){ .arena = arena_new(0) };
        snprintf(d->dir, sizeof d->dir, "/tmp/dondoc-proof-XXXXXX");
        if (mkdtemp(d->dir) == NULL)
                abort();
}

enum dd_err
desk_open(struct desk *d)
{
        struct dd_ctx c = { .arena = arena_new(0) };
        int applied;
        enum dd_err e = dd_db_open(&c, str_of(d->dir), &d->db);

        c.db = d->db;
        if (e == DD_OK)
                e = dd_migrate(&c, dd_schema, dd_schema_n, &applied);
        if (e != DD_OK && d->db != NULL)
                desk_close(d);
        arena_free(c.arena);
        if (e == DD_OK) {
                d->pool = pool_new(1, 0);
                d->web = (struct web){ .db = d->db,
                                       .pool = d->pool,
                                       .drawn = drawn_new(),
                                       .read_paper = read_paper,
                                       .check_file = check_file,
                                       .demo_day = day_of(2023, 9, 30) };
        }
        return e;
}

void
desk_close(struct desk *d)
{
        pool_free(d->pool);
        d->pool = NULL;
        drawn_free(d->web.drawn);
        d->web.drawn = NULL;
        dd_db_close(d->db);
        d->db = NULL;
}

void
desk_end(struct desk *d)
{
        char path[96];

        snprintf(path, sizeof path, "%s/dondoc.lock", d->dir);
        unlink(path);
        snprintf(path, sizeof path, "%s/dondoc.db", d->dir);
        unlink(path);
        rmdir(d->dir);
        arena_free(d->arena);
}

/* ---- filling ------------------------------------------------------------------------------------------------- */

static const struct {
        const char *login;
        enum role role;
} people[WHO_N] = {
        [WHO_STANDING] = { "thuong-truc", ROLE_STANDING },
        [WHO_HEAD] = { "truong-ban", ROLE_HEAD },
        [WHO_ADMIN] = { "quan-tri", ROLE_ADMIN },
        [WHO_AUDITOR] = { "thanh-tra", ROLE_AUDITOR },
};

static enum dd_err
fill(struct dd_ctx *c, void *arg)
{
        static const struct committee_in committee = { S("Ban Chỉ đạo"), S("BCĐ"), S("UBND TỈNH"), S("BAN CHỈ ĐẠO"),
                                                       S("") };
        struct str *tokens = arg;
        struct evidence file = { S("ke-hoach.txt"),
                                 S("text/plain; charset=utf-8"),
                                 { (const char *)proof_plan, proof_plan_n } };
        struct http_file paper = { .name = file.name, .bytes = file.bytes };
        struct draft draft = { 0 };
        int64_t intake, plan, id;
        bool known;

        TRY(committee_open(c, &committee, &known));
        TRY(read_paper(NULL, c, &paper, NULL, &draft));
        TRY(intake_create(c, &file, &draft, &intake, &known));
        TRY(intake_confirm(c, &(struct intake_confirm_in){ .intake_id = intake, .accept_unseen = true }, &plan));
        for (size_t i = WHO_STANDING; i < WHO_N; i++) {
                struct str login = str_of(people[i].login);

                TRY(account_create(c, &(struct account_in){ login, login, login, people[i].role, 0 }, &id));
                TRY(link_create(c, id, true, &tokens[i]));
        }
        return DD_OK;
}

bool
desk_fill(struct desk *d)
{
        struct dd_ctx c;
        struct str tokens[WHO_N];

        desk_ctx(d, d->arena, &c);
        enum dd_err e = dd_write(&c, fill, tokens);
        for (size_t i = WHO_STANDING; i < WHO_N && e == DD_OK; i++) {
                struct str session;

                e = link_redeem(&c, tokens[i], STR_NONE, &session);
                if (e == DD_OK)
                        e = session_load(&c, session);
                if (e != DD_OK)
                        break;
                d->cookie[i] = session;
                d->csrf[i] = csrf_token(d->arena, c.user->csrf_secret);
                c.user = NULL;
        }
        if (e != DD_OK)
                fprintf(stderr, "the story did not begin: %s: %.*s\n", dd_err_name(e), FMT(c.err_text));
        return e == DD_OK;
}

/* ---- requests ------------------------------------------------------------------------------------------------ */

static void
add(struct desk_call *call, struct http_fields *f, const char *name, struct str value)
{
        *VEC_PUSH(call->req.arena, f) = (struct http_field){ str_dup(call->req.arena, str_of(name)), value };
}

void
desk_prepare(const struct desk *d, struct desk_call *call, const struct desk_ask *ask)
{
        struct http_req *r = &call->req;
        struct dd_ctx c = { .arena = arena_new(0) };

        *call = (struct desk_call){ .lock = PTHREAD_MUTEX_INITIALIZER, .done_cond = PTHREAD_COND_INITIALIZER };
        r->arena = c.arena;
        r->method = ask->post ? HTTP_POST : HTTP_GET;
        r->path = str_dup(r->arena, ask->path);
        r->raw_query = ask->query.p != NULL ? str_dup(r->arena, ask->query) : S("");
        if (field_parse_urlencoded(&c, r->raw_query, &r->query) != DD_OK)
                abort();
        r->host = S("127.0.0.1");
        r->origin = S("http://127.0.0.1");
        r->peer = S("127.0.0.1");
        if (ask->who != WHO_NOBODY)
                add(call, &r->cookies, "dd", str_dup(r->arena, d->cookie[ask->who]));
        if (ask->json)
                add(call, &r->headers, "accept", S("application/json"));
        if (!ask->post)
                return;
        r->body_kind = HTTP_BODY_FORM;
        add(call, &r->headers, "origin", r->origin);
        if (ask->who != WHO_NOBODY)
                add(call, &r->form, "_csrf", str_dup(r->arena, d->csrf[ask->who]));
        if (ask->key.p != NULL)
                add(call, &r->form, "_key", str_dup(r->arena, ask->key));
        for (size_t i = 0; i < DESK_FIELDS && ask->fields[i].name != NULL; i++)
                add(call, &r->form, ask->fields[i].name, str_dup(r->arena, ask->fields[i].value));
        if (ask->file.p != NULL)
                *VEC_PUSH(r->arena, &r->files) = (struct http_file){ .field = S("file"),
                                                                     .name = str_dup(r->arena, ask->file_name),
                                                                     .type = S("application/octet-stream"),
                                                                     .bytes = ask->file,
                                                                     .fd = -1 };
}

void
desk_go(struct desk *d, struct desk_call *call)
{
        call->late = web_handle(&d->web, &call->req) == HTTP_LATER;
        if (!call->late)
                call->done = true;
}

void
desk_wait(struct desk_call *call)
{
        pthread_mutex_lock(&call->lock);
        while (!call->done)
                pthread_cond_wait(&call->done_cond, &call->lock);
        pthread_mutex_unlock(&call->lock);
}

int
desk_status(const struct desk_call *call)
{
        return call->req.res.status == 0 ? 200 : call->req.res.status;
}

struct str
desk_body(const struct desk_call *call)
{
        const struct http_res *res = &call->req.res;

        return res->fixed.p != NULL ? res->fixed : buf_view(&res->body);
}

int64_t
desk_id(const struct desk_call *call)
{
        struct str b = desk_body(call);
        size_t at = str_find(b, S("\"id\":"), 0), end;
        int64_t id = 0;

        if (at == b.n)
                return 0;
        at += 5;
        for (end = at; end < b.n && ((b.p[end] >= '0' && b.p[end] <= '9')); end++)
                continue;
        return str_to_i64(str_sub(b, at, end), &id) ? id : 0;
}

void
desk_free(struct desk_call *call)
{
        if (call->req.res.fd > 0)
                dd_fd_close(&call->req.res.fd);
        buf_free(&call->req.res.body);
        arena_free(call->req.arena);
        pthread_mutex_destroy(&call->lock);
        pthread_cond_destroy(&call->done_cond);
}

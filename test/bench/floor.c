/* The floor of a page: libmicrohttpd, one prepared query, the same number of bytes copied by hand; no session, no
 * rights, no escapes. What any server of this kind must pay; tools/bench prints it beside the product. bench-floor PORT
 * DATABASE NAME ROWS FILE [NAME ROWS FILE]... DATABASE: the file or postgresql://...; /NAME answers with the bytes of
 * FILE after reading ROWS rows. */
#include <libpq-fe.h>
#include <microhttpd.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGES_MAX 32
#define SQL                                                                                                            \
        "SELECT t.id, t.title, t.no, t.deadline_text, s.leads, s.due, s.lifecycle, s.percent FROM task t "             \
        "JOIN task_span s ON s.task_id = t.id AND s.assignment_id = 0 AND s.from_day <= '2026-01-01' "                 \
        "AND s.to_day >= '2026-01-01' WHERE t.id >= "

struct page {
        char url[64];
        int rows;
        char *bytes;
        size_t n;
};

struct floor {
        const char *database;
        struct page pages[PAGES_MAX];
        int n_pages;
        pthread_key_t conn;
};

struct conn {
        sqlite3_stmt *st;
        PGconn *pg;
        unsigned from;
};

static struct conn *
conn_of(struct floor *f)
{
        struct conn *c = pthread_getspecific(f->conn);
        sqlite3 *h;

        if (c != NULL)
                return c;
        c = calloc(1, sizeof *c);
        if (c == NULL)
                abort();
        pthread_setspecific(f->conn, c);
        if (strncmp(f->database, "postgres", 8) == 0) {
                c->pg = PQconnectdb(f->database);
                PQclear(PQprepare(c->pg, "p", SQL "$1::bigint ORDER BY t.id LIMIT $2::bigint", 2, NULL));
        } else if (sqlite3_open_v2(f->database, &h, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK ||
                   sqlite3_prepare_v2(h, SQL "?1 ORDER BY t.id LIMIT ?2", -1, &c->st, NULL) != SQLITE_OK) {
                abort();
        }
        return c;
}

static size_t
put(char *to, size_t at, size_t max, const char *s, size_t n)
{
        n = n > max - at ? max - at : n;
        if (n > 0)
                memcpy(to + at, s, n);
        return at + n;
}

static size_t
rows_sqlite(struct conn *c, const struct page *p, char *to)
{
        size_t at = 0;

        sqlite3_bind_int64(c->st, 1, 1 + c->from % 400);
        sqlite3_bind_int64(c->st, 2, p->rows);
        while (sqlite3_step(c->st) == SQLITE_ROW)
                for (int i = 0; i < 8; i++) {
                        const char *s = (const char *)sqlite3_column_text(c->st, i);

                        at = put(to, at, p->n, s, (size_t)sqlite3_column_bytes(c->st, i));
                }
        sqlite3_reset(c->st);
        return at;
}

static size_t
rows_pg(struct conn *c, const struct page *p, char *to)
{
        char from[16], max[16];
        const char *const v[] = { from, max };
        size_t at = 0;

        snprintf(from, sizeof from, "%u", 1 + c->from % 400);
        snprintf(max, sizeof max, "%d", p->rows);
        PGresult *r = PQexecPrepared(c->pg, "p", 2, v, NULL, NULL, 0);
        for (int k = 0; k < PQntuples(r); k++)
                for (int i = 0; i < 8; i++)
                        at = put(to, at, p->n, PQgetvalue(r, k, i), (size_t)PQgetlength(r, k, i));
        PQclear(r);
        return at;
}

static enum MHD_Result
answer(void *cls, struct MHD_Connection *mhd, const char *url, const char *method, const char *version,
       const char *data, size_t *size, void **state)
{
        struct floor *f = cls;
        struct conn *c = conn_of(f);
        int i = 0;

        (void)method, (void)version, (void)data, (void)size;
        if (*state == NULL) {
                *state = f;
                return MHD_YES;
        }
        while (i < f->n_pages - 1 && strcmp(url, f->pages[i].url) != 0)
                i++;
        const struct page *p = &f->pages[i];
        char *to = malloc(p->n + 1);
        if (to == NULL)
                return MHD_NO;
        c->from += 7;
        size_t at = c->pg != NULL ? rows_pg(c, p, to) : rows_sqlite(c, p, to);
        put(to, at, p->n, p->bytes, p->n);
        struct MHD_Response *r = MHD_create_response_from_buffer_with_free_callback(p->n, to, free);
        MHD_add_response_header(r, "Content-Type", "text/html; charset=utf-8");
        enum MHD_Result ok = MHD_queue_response(mhd, 200, r);
        MHD_destroy_response(r);
        return ok;
}

static void
add_page(struct floor *f, char **v)
{
        struct page *p = &f->pages[f->n_pages++];
        FILE *in = fopen(v[2], "rb");

        if (in == NULL)
                abort();
        snprintf(p->url, sizeof p->url, "/%s", v[0]);
        p->rows = (int)strtol(v[1], NULL, 10);
        fseek(in, 0, SEEK_END);
        p->n = (size_t)ftell(in);
        rewind(in);
        p->bytes = malloc(p->n + 1);
        if (p->bytes == NULL || fread(p->bytes, 1, p->n, in) != p->n)
                abort();
        fclose(in);
}

int
main(int argc, char **argv)
{
        static struct floor f;
        sigset_t set;
        int got;

        if (argc < 6)
                return 2;
        f.database = argv[2];
        pthread_key_create(&f.conn, NULL);
        for (int i = 3; i + 2 < argc && f.n_pages < PAGES_MAX; i += 3)
                add_page(&f, argv + i);
        sigemptyset(&set);
        sigaddset(&set, SIGTERM);
        sigaddset(&set, SIGINT);
        pthread_sigmask(SIG_BLOCK, &set, NULL);
        signal(SIGPIPE, SIG_IGN);
        struct MHD_Daemon *d = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, (uint16_t)strtol(argv[1], NULL, 10),
                                                NULL, NULL, answer, &f, MHD_OPTION_THREAD_POOL_SIZE, 2, MHD_OPTION_END);
        if (d == NULL)
                return 1;
        puts("ready");
        fflush(stdout);
        sigwait(&set, &got);
        MHD_stop_daemon(d);
        return 0;
}

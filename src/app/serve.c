/* The server: everything wired, until a signal ends it. */
#include <signal.h>

#include "dd_account.h"
#include "dd_date.h"
#include "dd_http.h"
#include "dd_jobs.h"
#include "dd_web.h"
#include "env_priv.h"

static enum dd_err
read_paper(void *arg, struct dd_ctx *c, const struct http_file *file, struct draft *ret)
{
        return import_read(c, arg, &(struct evidence){ file->name, file->type, file->bytes }, ret);
}

static void
wait_for_end(void)
{
        sigset_t set;
        int got;

        sigemptyset(&set);
        sigaddset(&set, SIGINT);
        sigaddset(&set, SIGTERM);
        (void)sigwait(&set, &got);
}

/* Before any thread, so that all inherit it. */
void
serve_block_signals(void)
{
        sigset_t set;

        sigemptyset(&set);
        sigaddset(&set, SIGINT);
        sigaddset(&set, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &set, NULL);
        signal(SIGPIPE, SIG_IGN);
}

int
serve_run(struct env *e, const struct serve_in *in)
{
        struct pool *pool = pool_new(0, 0);
        struct web web = {
                .db = e->db,
                .pool = pool,
                .read_paper = read_paper,
                .read_arg = e->worker,
                .demo_day = in->demo_day,
                .https = in->https,
        };
        struct http_config config = {
                .listen = in->listen,
                .origin = in->origin,
                .https = in->https,
                .body_limit = web_body_limit,
                .refusal = web_refusal,
        };
        struct http_server *server = NULL;
        struct scheduler *scheduler = NULL;
        struct link *link = NULL;
        enum dd_err err;

        serve_block_signals();
        if ((err = http_server_start(&e->c, &config, web_handle, &web, &server)) != DD_OK ||
            (err = scheduler_start(&e->c, &scheduler)) != DD_OK || (err = link_start(e, &link)) != DD_OK) {
                (void)env_fail(stderr, &e->c, err);
        } else {
                printf("Đôn Đốc phục vụ tại %.*s (Ctrl+C để dừng)\n", FMT(in->listen));
                fflush(stdout);
                wait_for_end();
        }
        link_stop(link);
        scheduler_stop(scheduler);
        bool clean = http_server_stop(server);
        pool_free(pool);
        return err != DD_OK || !clean;
}

int
cmd_serve(struct cmd *k)
{
        struct args *a = &k->a;
        struct str where = env_data(a), listen = arg_value(a, "--listen"), port = arg_value(a, "--port");
        struct serve_in in = { .origin = arg_value(a, "--origin"), .demo_day = DD_NO_DAY };
        struct env e;
        char address[64];

        if (!arg_end(a, k->err))
                return 2;
        snprintf(address, sizeof address, "127.0.0.1:%.*s", port.n > 0 ? (int)port.n : 4, port.n > 0 ? port.p : "8080");
        in.listen = listen.n > 0 ? listen : str_of(address);
        in.https = str_starts(in.origin, S("https://"));
        serve_block_signals();
        if (!env_open(&e, where, true))
                return 1;
        int code = serve_run(&e, &in);
        env_close(&e);
        return code;
}

/* The server: everything wired, until a signal ends it. */
#include <signal.h>

#include "dd_account.h"
#include "dd_date.h"
#include "dd_drawn.h"
#include "dd_http.h"
#include "dd_jobs.h"
#include "dd_web.h"
#include "env_priv.h"
#include "watch_priv.h"

static enum dd_err
read_paper(void *arg, struct dd_ctx *c, const struct http_file *file, const struct paper_watch *watch,
           struct draft *ret)
{
        struct import_watch told = { watch->progress, watch->arg, watch->cancel };

        return import_read_watched(c, arg, &(struct evidence){ file->name, file->type, file->bytes }, &told, ret);
}

static enum dd_err
check_file(void *arg, struct dd_ctx *c, const struct http_file *file)
{
        return import_check(c, arg, &(struct evidence){ file->name, file->type, file->bytes });
}

static enum dd_err
page_image(void *arg, struct dd_ctx *c, const struct evidence *file, int page, struct dd_buf *out)
{
        return import_page_image(c, arg, file, page, out);
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
        struct pool *pool = pool_new((unsigned)in->conf->workers, 0);
        struct watch watch;
        struct web web = {
                .db = e->db,
                .pool = pool,
                .drawn = drawn_new(),
                .read_paper = read_paper,
                .readings = readings_new(),
                .check_file = check_file,
                .page_image = page_image,
                .read_arg = e->worker,
                .demo_day = in->demo_day,
                .watch = &watch.web,
                .https = str_starts(in->conf->origin, S("https://")),
        };
        struct str proxies[CONFIG_PROXIES];
        struct http_config config = {
                .listen = in->conf->listen,
                .origin = in->conf->origin,
                .https = web.https,
                .proxies = proxies,
                .n_proxies = config_proxies(in->conf, proxies),
                .threads = (unsigned)in->conf->threads,
                .connections = (unsigned)in->conf->connections,
                .connections_per_address = (unsigned)in->conf->connections_per_address,
                .header_ms = in->conf->header_seconds * 1000,
                .idle_ms = in->conf->idle_seconds * 1000,
                .body_rate = in->conf->body_rate,
                .stop_ms = in->conf->stop_seconds * 1000,
                .bodies_in_memory = (size_t)in->conf->uploads_mib << 20,
                .body_limit = web_body_limit,
                .refusal = web_refusal,
                .done = watch_done,
        };
        struct http_server *server = NULL;
        struct scheduler *scheduler = NULL;
        struct link *link = NULL;
        enum dd_err err;

        serve_block_signals();
        if ((err = watch_init(&watch, e, pool)) != DD_OK ||
            (err = http_server_start(&e->c, &config, web_handle, &web, &server)) != DD_OK ||
            (err = scheduler_start(&e->c, &scheduler)) != DD_OK || (err = link_start(e, &link)) != DD_OK) {
                (void)env_fail(stderr, &e->c, err);
        } else {
                atomic_store(&watch.http, server);
                printf("Đôn Đốc phục vụ tại %.*s (Ctrl+C để dừng)\n", FMT(in->conf->listen));
                fflush(stdout);
                wait_for_end();
        }
        link_stop(link);
        scheduler_stop(scheduler);
        bool clean = http_server_stop(server);
        pool_free(pool);
        if (clean) {
                drawn_free(web.drawn);
                readings_free(web.readings);
        }
        return err != DD_OK || !clean;
}

/* Options over the configuration. */
static enum dd_err
options(struct dd_ctx *c, struct cmd *k)
{
        static const struct {
                const char *option, *key;
        } given[] = { { "--listen", "listen" }, { "--origin", "origin" }, { "--proxy", "proxies" } };
        struct str port = arg_value(&k->a, "--port");

        if (port.n > 0)
                k->conf.listen = str_fmt(k->arena, "127.0.0.1:%.*s", FMT(port));
        for (size_t i = 0; i < ARRAY_LEN(given); i++) {
                struct str v = arg_value(&k->a, given[i].option);

                if (v.p != NULL)
                        TRY(config_set(c, str_of(given[i].key), v, &k->conf));
        }
        k->conf.data = cmd_where(k);
        return DD_OK;
}

int
cmd_serve(struct cmd *k)
{
        struct dd_ctx c = { .arena = k->arena };
        struct env e;

        if (options(&c, k) != DD_OK) {
                (void)env_fail(k->err, &c, DD_EINVAL);
                return 2;
        }
        if (!arg_end(&k->a, k->err))
                return 2;
        serve_block_signals();
        if (!env_open(&e, &k->conf, k->conf.data, true))
                return 1;
        int code = serve_run(&e, &(struct serve_in){ .conf = &k->conf, .demo_day = DD_NO_DAY });
        env_close(&e);
        return code;
}

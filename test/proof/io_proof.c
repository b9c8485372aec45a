/* Every write, sync, truncation and read of a scenario fails, once and for ever; the disk is full; a failed sync
 * forgets what it was given. Nothing may be half done, what was answered stays, and when the fault is over the same
 * process goes on.
 *
 *     io_proof [--step N] [--seed S]     --step N: every N-th operation only, from a drawn one
 */
#include <sqlite3.h>
#include <time.h>

#include "proof_disk.h"
#include "proof_story.h"

static const struct {
        const char *name;
        struct disk_fault fault;
        int full_status; /* what who writes is told for sure while it lasts; 0: any fault */
} modes[] = {
        { "a write fails once", { .kinds = DISK_WRITE | DISK_TRUNCATE }, 0 },
        { "writes fail for ever", { .kinds = DISK_WRITE | DISK_TRUNCATE, .for_ever = true }, 0 },
        { "a sync fails once", { .kinds = DISK_SYNC }, 0 },
        { "a sync fails once and forgets", { .kinds = DISK_SYNC, .forgets = true }, 0 },
        { "syncs fail for ever", { .kinds = DISK_SYNC, .for_ever = true }, 0 },
        { "the disk is full for one write", { .kinds = DISK_WRITE, .rc = SQLITE_FULL }, 0 },
        { "the disk is full", { .kinds = DISK_WRITE, .for_ever = true, .rc = SQLITE_FULL }, 507 },
        { "the WAL index cannot grow, a removal fails", { .kinds = DISK_SHM | DISK_REMOVE, .for_ever = true }, 0 },
        { "a read fails once", { .kinds = DISK_READ }, 0 },
        { "reads fail for ever", { .kinds = DISK_READ, .for_ever = true }, 0 },
};

struct run {
        struct desk desk;
        struct story story;
        struct disk_image *base;
        uint64_t seed, rnd, points, answered, refused, again, faults, starts;
};

static int
get(struct run *r, const char *path)
{
        struct desk_call call;
        struct desk_ask ask = { .who = WHO_STANDING, .path = str_of(path) };

        desk_prepare(&r->desk, &call, &ask);
        desk_go(&r->desk, &call);
        desk_wait(&call);
        int status = desk_status(&call);
        desk_free(&call);
        return status;
}

static void
work(struct run *r)
{
        story_batch(&r->story, 3, 9000);
        story_batch(&r->story, 1, 30000);
        story_batch(&r->story, 4, 3000);
        story_batch(&r->story, 2, 3000);
}

/* While the fault lasts: who writes is told so, who reads may go on when only writing fails. */
static void
during(struct run *r, size_t m, const char *when)
{
        struct story *s = &r->story;

        for (size_t i = 0; i < s->n; i++) {
                int st = s->acts[i].status;

                if (st != 200 && st != 409 && st != 422 && st != 500 && st != 503 && st != 507)
                        story_fault(s, when, "%s was answered %d", s->acts[i].key, st);
        }
        if (!modes[m].fault.for_ever || (modes[m].fault.kinds & DISK_READ) != 0)
                return;
        if (get(r, "/tasks") != 200 || get(r, "/") != 200)
                story_fault(s, when, "reading ends with writing");
        if (modes[m].full_status != 0 && disk_faults_met() > modes[m].fault.at) {
                size_t n = s->n;

                story_batch(s, 1, 2000);
                int st = s->acts[n].status;
                if (st != modes[m].full_status && st != 409 && st != 422)
                        story_fault(s, when, "a full disk is told as %d", st);
        }
}

static void
afterwards(struct run *r, const char *when)
{
        struct story *s = &r->story;
        struct disk_fault none = { 0 };

        disk_fault(none);
        if (get(r, "/tasks") != 200)
                story_fault(s, when, "no list of tasks once the fault is over");
        for (size_t i = 0; i < s->n; i++) {
                struct act *a = &s->acts[i], was = *a;

                r->answered += act_answered(&was);
                r->refused += !act_answered(&was);
                if (act_answered(&was) && i % 3 != 0)
                        continue;
                story_again(s, a);
                r->again++;
                if (act_answered(&was) && (!act_answered(a) || a->id != was.id)) {
                        story_fault(s, when, "%s sent again is %d, %lld instead of %lld", a->key, a->status,
                                    (long long)a->id, (long long)was.id);
                        *a = was;
                }
                if (!act_answered(a) && a->status >= 500)
                        story_fault(s, when, "%s is still answered %d once the fault is over", a->key, a->status);
        }
        story_oracle(s, when);
        story_recount(s, when);
}

/* One point: false when the scenario has fewer operations of that kind. */
static bool
point(struct run *r, size_t m, uint64_t k)
{
        struct disk_fault f = modes[m].fault;
        struct story *s = &r->story;
        char when[96];

        snprintf(when, sizeof when, "%s at %llu", modes[m].name, (unsigned long long)k);
        disk_boot(r->base);
        if (desk_open(&r->desk) != DD_OK)
                abort();
        story_begin(s, &r->desk, r->seed);
        f.at = k;
        disk_fault(f);
        work(r);
        bool met = disk_faults_met() >= k;
        during(r, m, when);
        if (rnd_below(&r->rnd, 4) == 0) { /* the fault, and then the power goes */
                struct disk_image *left = disk_after_cut(rnd_next(&r->rnd));

                desk_close(&r->desk);
                disk_boot(left);
                disk_image_free(left);
                story_oracle(s, when);
                if (desk_open(&r->desk) != DD_OK)
                        story_fault(s, when, "does not open");
        }
        if (r->desk.db != NULL) {
                afterwards(r, when);
                desk_close(&r->desk);
        }
        r->points++;
        r->faults += s->faults;
        return met;
}

/* Starting on an empty disk with the fault, then without. */
static void
start(struct run *r, size_t m, uint64_t k)
{
        struct disk_fault f = modes[m].fault, none = { 0 };

        disk_wipe();
        f.at = k;
        disk_fault(f);
        if (desk_open(&r->desk) == DD_OK)
                desk_close(&r->desk);
        disk_fault(none);
        story_begin(&r->story, &r->desk, r->seed);
        if (desk_open(&r->desk) != DD_OK) {
                story_fault(&r->story, modes[m].name, "the first start failed at %llu, and the second fails too",
                            (unsigned long long)k);
        } else {
                desk_close(&r->desk);
                story_oracle(&r->story, "start");
        }
        r->starts++;
        r->faults += r->story.faults;
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
        uint64_t step = option(n, v, "--step", 1);
        struct timespec t;

        setenv("DONDOC_NOW", "1696042800", 1);
        clock_gettime(CLOCK_REALTIME, &t);
        r.seed = r.rnd = option(n, v, "--seed", (uint64_t)t.tv_nsec ^ (uint64_t)t.tv_sec);
        setvbuf(stdout, NULL, _IOLBF, 0);
        if (getenv("PROOF_LOG") == NULL && freopen("/dev/null", "w", stderr) == NULL)
                return 2;
        disk_install();
        desk_make_dir(&r.desk);
        if (desk_open(&r.desk) != DD_OK || !desk_fill(&r.desk))
                return 2;
        desk_close(&r.desk);
        r.base = disk_as_is();
        for (size_t m = 0; m < ARRAY_LEN(modes) && r.faults < 20; m++) {
                uint64_t from = r.points;

                for (uint64_t k = 1 + rnd_below(&r.rnd, step); r.faults < 20 && point(&r, m, k); k += step)
                        continue;
                for (uint64_t k = 1 + rnd_below(&r.rnd, step); r.faults < 20 && k < 200; k += 11 * step)
                        start(&r, m, k);
                printf("%s: %llu points\n", modes[m].name, (unsigned long long)(r.points - from));
        }
        printf("faults of the disk: seed %llu, %llu points, %llu starts; %llu acts answered, %llu refused, %llu sent "
               "again; %llu faults\n",
               (unsigned long long)r.seed, (unsigned long long)r.points, (unsigned long long)r.starts,
               (unsigned long long)r.answered, (unsigned long long)r.refused, (unsigned long long)r.again,
               (unsigned long long)r.faults);
        disk_image_free(r.base);
        disk_wipe();
        desk_end(&r.desk);
        printf("%llu passed, %llu failed\n", (unsigned long long)(r.points + r.starts - (r.faults > 0)),
               (unsigned long long)r.faults);
        return r.faults > 0 || r.answered == 0 || r.refused == 0;
}

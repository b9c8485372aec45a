/* Power cuts: acts are sent in groups, the power goes at any operation of the disk, and what may be left is looked at.
 *
 *     cut_proof [--cuts N] [--seed S] [--lying]
 *
 * --lying: the disk only says that it synced; then the proof must find what was lost, and passes when it does.
 *
 * A cut is one draw of what may be on the disk after the power went: ten are drawn for each time it goes, each
 * recovered and asked by SQLite alone, and the last of them also by the program, which goes on from there. */
#include <time.h>
#include <unistd.h>

#include "proof_disk.h"
#include "proof_story.h"

#define DRAWS 10

struct run {
        struct desk desk;
        struct story story;
        struct disk_image *base;
        uint64_t seed, rnd, cuts, times, answered, unknown, again, faults, at_close, at_start;
        size_t evidence_max;
};

/* From nothing: the power goes while the database is made. */
static bool
first_minutes(struct run *r)
{
        disk_wipe();
        disk_cut_after(1 + rnd_below(&r->rnd, 400));
        bool open = desk_open(&r->desk) == DD_OK;
        struct desk fresh = r->desk;
        bool filled = open && desk_fill(&fresh);

        if (open)
                desk_close(&r->desk);
        r->at_start += disk_is_off();
        story_begin(&r->story, &r->desk, r->seed + r->times);
        return filled;
}

static void
work(struct run *r)
{
        struct story *s = &r->story;
        size_t batches = 1 + (size_t)rnd_below(&r->rnd, 6);

        for (size_t i = 0; i < batches && !disk_is_off(); i++)
                story_batch(s, 1 + (size_t)rnd_below(&r->rnd, 5), r->evidence_max);
}

/* One working day: opens, works, closes; the power goes somewhere in it or at its end. */
static void
one_day(struct run *r)
{
        uint64_t before = disk_ops();
        bool again = rnd_below(&r->rnd, 3) == 0, at_close = rnd_below(&r->rnd, 4) == 0;

        disk_boot(r->base);
        r->evidence_max = rnd_below(&r->rnd, 12) == 0 ? 900000 : 12000;
        if (desk_open(&r->desk) != DD_OK)
                abort();
        story_begin(&r->story, &r->desk, r->seed + r->times);
        if (again) { /* a day that ended well, before the one that does not */
                work(r);
                desk_close(&r->desk);
                if (desk_open(&r->desk) != DD_OK)
                        abort();
        }
        if (!at_close)
                disk_cut_after(1 + rnd_below(&r->rnd, 90));
        work(r);
        if (at_close)
                disk_cut_after(1 + rnd_below(&r->rnd, 40));
        bool was_on = !disk_is_off();
        desk_close(&r->desk);
        r->at_close += was_on && disk_is_off();
        (void)before;
}

static void
count(struct run *r)
{
        for (size_t i = 0; i < r->story.n; i++)
                if (act_answered(&r->story.acts[i]))
                        r->answered++;
                else
                        r->unknown++;
}

/* The program goes on with what is there: what nobody answered is sent again, what was answered is the same again. */
static void
go_on(struct run *r)
{
        struct story *s = &r->story;

        if (desk_open(&r->desk) != DD_OK) {
                story_fault(s, "gone on", "the program does not open what the cut left");
                return;
        }
        for (size_t i = 0; i < s->n; i++) {
                struct act *a = &s->acts[i], was = *a;

                if (act_answered(&was) && i % 4 != 0)
                        continue;
                story_again(s, a);
                r->again++;
                if (act_answered(&was) && (!act_answered(a) || a->id != was.id)) {
                        story_fault(s, "gone on", "%s sent again is %d %lld, was %lld", a->key, a->status,
                                    (long long)a->id, (long long)was.id);
                        *a = was;
                }
        }
        story_recount(s, "gone on");
        desk_close(&r->desk);
        story_oracle(s, "gone on");
}

static void
look(struct run *r, bool empty)
{
        struct disk_image *left[DRAWS];

        for (size_t i = 0; i < DRAWS; i++)
                left[i] = disk_after_cut(rnd_next(&r->rnd));
        for (size_t i = 0; i < DRAWS; i++) {
                char when[48];

                snprintf(when, sizeof when, "cut %llu", (unsigned long long)r->cuts);
                disk_boot(left[i]);
                if (empty) { /* there may be no table yet; the program makes what is missing */
                        if (desk_open(&r->desk) == DD_OK) {
                                desk_close(&r->desk);
                                story_oracle(&r->story, when);
                        } else {
                                story_fault(&r->story, when, "does not open");
                        }
                } else {
                        story_oracle(&r->story, when);
                        if (i == DRAWS - 1)
                                go_on(r);
                }
                r->cuts++;
                disk_image_free(left[i]);
        }
        r->faults += r->story.faults;
}

static bool
flag(int n, char **v, const char *name)
{
        for (int i = 1; i < n; i++)
                if (strcmp(v[i], name) == 0)
                        return true;
        return false;
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
        uint64_t wanted = option(n, v, "--cuts", 5000);
        struct timespec t;

        setenv("DONDOC_NOW", "1696042800", 1);
        clock_gettime(CLOCK_REALTIME, &t);
        r.seed = r.rnd = option(n, v, "--seed", (uint64_t)t.tv_nsec ^ (uint64_t)t.tv_sec);
        setvbuf(stdout, NULL, _IOLBF, 0);
        if (getenv("PROOF_LOG") == NULL && freopen("/dev/null", "w", stderr) == NULL)
                return 2; /* every failing write is logged: the proof counts, it does not read */
        disk_install();
        desk_make_dir(&r.desk);
        if (desk_open(&r.desk) != DD_OK || !desk_fill(&r.desk))
                return 2;
        desk_close(&r.desk);
        r.base = disk_as_is();
        bool lying = flag(n, v, "--lying");
        disk_lie(lying);
        r.desk.quiet = lying;
        while (r.cuts < wanted && r.faults < 20) {
                bool empty = r.times % 25 == 24;

                r.times++;
                if (empty)
                        first_minutes(&r);
                else
                        one_day(&r);
                count(&r);
                look(&r, empty);
        }
        printf("power cuts: seed %llu, %llu cuts of %llu times the power went (%llu while closing, %llu while the "
               "database was made); "
               "%llu acts answered, %llu not, %llu sent again; %llu faults\n",
               (unsigned long long)r.seed, (unsigned long long)r.cuts, (unsigned long long)r.times,
               (unsigned long long)r.at_close, (unsigned long long)r.at_start, (unsigned long long)r.answered,
               (unsigned long long)r.unknown, (unsigned long long)r.again, (unsigned long long)r.faults);
        disk_image_free(r.base);
        disk_wipe();
        desk_end(&r.desk);
        if (lying) {
                printf("%d passed, %d failed\n", r.faults > 0, r.faults == 0);
                return r.faults == 0;
        }
        printf("%llu passed, %llu failed\n", (unsigned long long)(r.cuts - (r.faults > 0)),
               (unsigned long long)r.faults);
        return r.faults > 0 || r.answered == 0;
}

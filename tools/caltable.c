/* caltable - turns the announced working calendar into a C table, and adds the years that are not announced yet as
 * the law has them: fixed holidays, Giỗ Tổ and Tết by the lunar table, make-up days. Those are provisional.
 * usage: caltable CALENDAR.tsv LUNAR_MONTHS.tsv OUT.c */
#include "dd_date.h"

#define MAX_DAYS 4096

struct days {
        int32_t v[MAX_DAYS];
        size_t n;
};

struct table {
        struct days off, work;
        int last_year; /* last one announced */
};

static _Noreturn void
die(const char *file, int line, const char *why)
{
        fprintf(stderr, "%s:%d: %s\n", file, line, why);
        exit(1);
}

static FILE *
open_table(const char *file)
{
        FILE *f = fopen(file, "r");
        char head[512];

        if (f == NULL || fgets(head, sizeof head, f) == NULL)
                die(file, 1, "cannot read");
        return f;
}

static bool
has(const struct days *d, int32_t day)
{
        for (size_t i = 0; i < d->n; i++)
                if (d->v[i] == day)
                        return true;
        return false;
}

/* Keeps the list sorted. */
static void
add(struct days *d, int32_t day)
{
        size_t i = d->n;

        if (has(d, day))
                return;
        if (d->n == MAX_DAYS)
                die("caltable", 0, "too many days");
        for (; i > 0 && d->v[i - 1] > day; i--)
                d->v[i] = d->v[i - 1];
        d->v[i] = day;
        d->n++;
}

static void
read_announced(const char *file, struct table *t)
{
        FILE *f = open_table(file);
        char line[512], kind[16];
        int y, m, d, at = 1;

        while (fgets(line, sizeof line, f) != NULL) {
                at++;
                if (sscanf(line, "%4d-%2d-%2d\t%15[a-z]", &y, &m, &d, kind) != 4)
                        die(file, at, "expected: date, kind");
                int32_t day = day_of(y, m, d);
                bool off = strcmp(kind, "off") == 0;
                if (day == DD_NO_DAY || (!off && strcmp(kind, "work") != 0))
                        die(file, at, "no such day, or kind is not off or work");
                if (off != (day_weekday(day) < 5))
                        die(file, at, "off is for Monday to Friday, work for Saturday and Sunday");
                add(off ? &t->off : &t->work, day);
                if (y > t->last_year)
                        t->last_year = y;
        }
        fclose(f);
}

/* A holiday on a weekly day off is made up on the next working day (art. 111, clause 3). */
static void
add_holidays(struct days *off, const struct days *holidays)
{
        for (size_t i = 0; i < holidays->n; i++)
                if (day_weekday(holidays->v[i]) < 5)
                        add(off, holidays->v[i]);
        for (size_t i = 0; i < holidays->n; i++) {
                int32_t day = holidays->v[i];

                if (day_weekday(day) < 5)
                        continue;
                while (day_weekday(day) >= 5 || has(off, day))
                        day++;
                add(off, day);
        }
}

/* Art. 112; the side of 02/9 is chosen so that the free days hang together. */
static void
add_provisional(struct table *t, int year, int32_t tet, int32_t gio_to)
{
        struct days h = { .n = 0 };
        int32_t national = day_of(year, 9, 2), culture = day_of(year, 11, 24);
        int weekday = day_weekday(national);
        bool after = weekday == 0 || weekday == 3 || weekday == 6;

        add(&h, day_of(year, 1, 1));
        for (int32_t day = tet - 1; day < tet + 4; day++)
                add(&h, day);
        add(&h, gio_to);
        add(&h, day_of(year, 4, 30));
        add(&h, day_of(year, 5, 1));
        add(&h, national);
        add(&h, after ? national + 1 : national - 1);
        add_holidays(&t->off, &h);
        if (day_weekday(culture) < 5) /* NQ 28/2026/QH16: no make-up day */
                add(&t->off, culture);
}

static void
read_lunar(const char *file, struct table *t)
{
        FILE *f = open_table(file);
        char line[256];
        int year, month, leap, y, m, d, at = 1;
        int32_t tet = DD_NO_DAY;

        while (fgets(line, sizeof line, f) != NULL) {
                at++;
                if (sscanf(line, "%d\t%d\t%d\t%d-%d-%d", &year, &month, &leap, &y, &m, &d) != 6 ||
                    day_of(y, m, d) == DD_NO_DAY)
                        die(file, at, "expected: lunar year, month, leap, first day");
                if (leap || year <= t->last_year)
                        continue;
                if (month == 1)
                        tet = day_of(y, m, d);
                if (month == 3)
                        add_provisional(t, year, tet, day_of(y, m, d) + 9);
        }
        fclose(f);
}

static void
write_days(FILE *f, const char *name, const struct days *d)
{
        fprintf(f, "static const int32_t %s[] = {", name);
        for (size_t i = 0; i < d->n; i++)
                fprintf(f, "%s%d,", i % 12 == 0 ? "\n        " : " ", d->v[i]);
        fprintf(f, "\n};\n");
}

int
main(int argc, char **argv)
{
        static struct table t;

        if (argc != 4) {
                fprintf(stderr, "usage: caltable CALENDAR.tsv LUNAR_MONTHS.tsv OUT.c\n");
                return 2;
        }
        read_announced(argv[1], &t);
        read_lunar(argv[2], &t);
        FILE *f = fopen(argv[3], "w");
        if (f == NULL)
                die(argv[3], 0, "cannot write");
        fprintf(f, "/* Generated by tools/caltable.c. */\n#include \"calendar_priv.h\"\n\n");
        write_days(f, "off_days", &t.off);
        write_days(f, "work_days", &t.work);
        fprintf(f,
                "const struct calendar calendar_built_in = {\n"
                "        off_days, ARRAY_LEN(off_days), work_days, ARRAY_LEN(work_days), %d,\n};\n",
                day_of(t.last_year, 12, 31));
        return fclose(f) == 0 ? 0 : 1;
}

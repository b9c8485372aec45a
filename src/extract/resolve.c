/* resolve.c - the second pure function: the name that a paper prints against a directory valid on a day. Words that do
 * not tell agencies of one province apart are set aside ("tỉnh", its name, "Lãnh đạo"); the rest is compared syllable
 * by syllable (SPECS 4.5): close enough is accepted, less close is asked, else the name is new. */
#include "extract_priv.h"

#include "agency_priv.h"

#include "dd_text.h"

#define ACCEPT 0.15 /* distance per syllable */
#define ASK    0.35

/* What may follow a name without making another agency of it. */
static size_t
place_tail(const struct view *v)
{
        for (size_t i = 1; i < v->n; i = view_next(v, i)) {
                if (v->bare[i - 1] != ' ' || !pat(v, i, "(tinh|thanh pho|tp|tp.)", NULL))
                        continue;
                if (i > 2 && pat(v, i, "(tinh|thanh pho|tp|tp.)_$", NULL))
                        return i;
                /* the name of the province: capitals to the end */
                for (size_t k = view_skip(v, pat(v, i, "(tinh|thanh pho|tp|tp.)", NULL), " ");;
                     k = view_skip(v, k, " ")) {
                        if (k >= v->n)
                                return i;
                        if (view_case(v, k) != CASE_CAPITAL)
                                break;
                        while (k < v->n && v->bare[k] != ' ')
                                k = view_next(v, k);
                }
        }
        return v->n;
}

/* Two capitals in a row: something to spell out ("Sở TN&MT", "UBND xã"). Names in capitals throughout count too. */
static bool
has_acronym(struct str name)
{
        struct view v = { name.p, name.p, name.n };
        bool before = false;

        for (size_t i = 0; i < name.n;) {
                bool capital = view_case(&v, i) == CASE_CAPITAL;

                if (capital && before)
                        return true;
                before = capital;
                (void)utf8_next(name, &i);
        }
        return false;
}

/* The comparable core: spelled out, small letters with marks, signs to blanks, heads and tails set aside. */
static struct str
core_of(struct arena *a, struct str name, bool spelled)
{
        static const char *const heads[] = { "(lanh dao|dong chi) ",
                                             "[pho] (giam doc|chu tich|truong|chanh|thu truong|cuc truong) " };
        struct view v = view_of(a, spelled ? name : agency_expand_exact(a, name));
        size_t from = 0, to;
        struct str s;
        char *out;
        size_t n = 0;

        for (size_t k = 0; k < ARRAY_LEN(heads); k++) {
                size_t end = pat(&v, from, heads[k], NULL), head;

                if (end && agency_head(&v, view_skip(&v, end, " "), &head))
                        from = view_skip(&v, end, " ");
        }
        v = view_sub(&v, from, v.n);
        to = place_tail(&v);
        s = text_exact(a, view_str(&v, 0, to));
        out = arena_alloc(a, s.n + 1);
        for (size_t i = 0; i < s.n; i++) {
                bool sign = strchr(",.;:-()&\"", s.p[i]) != NULL;

                if (!sign && s.p[i] != ' ')
                        out[n++] = s.p[i];
                else if (n > 0 && out[n - 1] != ' ')
                        out[n++] = ' ';
        }
        while (n > 0 && out[n - 1] == ' ')
                n--;
        return (struct str){ out, n };
}

static size_t
syllables(struct str s)
{
        size_t n = s.n > 0;

        for (size_t i = 0; i < s.n; i++)
                n += s.p[i] == ' ';
        return n;
}

static bool
valid_on(const struct directory_entry *e, int32_t day)
{
        return day == DD_NO_DAY || ((e->valid_from == DD_NO_DAY || e->valid_from <= day) &&
                                    (e->valid_to == DD_NO_DAY || day <= e->valid_to));
}

/* One entry against the core of a mention; memory of the comparison goes with the scratch arena. */
static double
distance_to(struct arena *scratch, struct str core, const struct directory_entry *e)
{
        struct str other = core_of(scratch, e->name, !has_acronym(e->name));
        size_t a = syllables(core), b = syllables(other), longer = a > b ? a : b;

        if (str_eq(other, core))
                return 0;
        if (longer == 0 || a + 2 < longer || b + 2 < longer)
                return ASK + 1;
        return text_distance(scratch, core, other) / (double)longer;
}

struct resolved
mention_resolve(struct arena *a, const struct directory *d, const struct mention *m, int32_t day)
{
        struct resolved best = { .distance = ASK + 1 };
        struct str core = core_of(a, m->name.n ? m->name : m->text, false), printed = core_of(a, m->text, false),
                   bare = text_fold(a, m->text);
        struct arena *scratch = arena_new(0);

        if (syllables(printed) == syllables(core)) /* a letter put right in the name is still a letter to ask about */
                core = printed;
        for (size_t i = 0; i < d->n && core.n && best.distance > 0; i++) {
                const struct directory_entry *e = &d->v[i];
                double far = ASK + 1;

                if (!valid_on(e, day))
                        continue;
                if (e->abbreviation.n && str_eq(bare, text_fold(scratch, e->abbreviation)))
                        far = 0;
                else if (e->kind == m->kind || e->kind == AK_OTHER || m->kind == AK_OTHER)
                        far = distance_to(scratch, core, e);
                /* a class of agencies is itself or nothing: near is another class */
                if (far < best.distance && (far == 0 || (m->kind != AK_GROUP && e->kind != AK_GROUP)))
                        best = (struct resolved){ .id = e->id, .distance = far };
                arena_reset(scratch);
        }
        arena_free(scratch);
        if (best.distance > ASK)
                return (struct resolved){ .distance = best.distance };
        best.ask = best.distance > ACCEPT;
        return best;
}

/* The words of the command line. */
#include "env_priv.h"

static void
take(struct args *a, int at, int n)
{
        for (int i = at; i + n < a->n; i++)
                a->v[i] = a->v[i + n];
        a->n -= n;
}

struct str
arg_value(struct args *a, const char *name)
{
        size_t len = strlen(name);

        for (int i = 0; i < a->n; i++) {
                if (strncmp(a->v[i], name, len) == 0 && a->v[i][len] == '=') {
                        struct str s = str_of(a->v[i] + len + 1);
                        take(a, i, 1);
                        return s;
                }
                if (strcmp(a->v[i], name) == 0 && i + 1 < a->n) {
                        struct str s = str_of(a->v[i + 1]);
                        take(a, i, 2);
                        return s;
                }
        }
        return STR_NONE;
}

bool
arg_flag(struct args *a, const char *name)
{
        for (int i = 0; i < a->n; i++)
                if (strcmp(a->v[i], name) == 0) {
                        take(a, i, 1);
                        return true;
                }
        return false;
}

struct str
arg_word(struct args *a)
{
        for (int i = 0; i < a->n; i++)
                if (a->v[i][0] != '-') {
                        struct str s = str_of(a->v[i]);
                        take(a, i, 1);
                        return s;
                }
        return STR_NONE;
}

bool
arg_end(const struct args *a, FILE *err)
{
        if (a->n == 0)
                return true;
        fprintf(err, "dondoc: không hiểu «%s». Gõ «dondoc help» để xem cách dùng.\n", a->v[0]);
        return false;
}

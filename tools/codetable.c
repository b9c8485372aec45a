/* codetable - turns the table of old Vietnamese encodings into C: one array a one-byte encoding, a sorted list of pairs
 * for VNI, which writes a letter and its mark.
 * usage: codetable ENCODINGS.tsv OUT.c */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COL_CODE, COL_CHAR, COL_TCVN3, COL_VNI, COL_VPS, COL_VISCII, COLS };

struct pair {
        unsigned key, cp;
};

static unsigned tcvn3[256], vni[256], vps[256], viscii[256];
static struct pair pairs[256];
static size_t n_pairs;

static void
one(unsigned *table, const char *hex, unsigned cp)
{
        unsigned long b = strtoul(hex, NULL, 16);

        if (b > 0 && b < 256)
                table[b] = cp; /* small letters come last: TCVN3 has no codes for capitals with a tone */
}

static void
vni_letter(const char *hex, unsigned cp)
{
        char *rest;
        unsigned long first = strtoul(hex, &rest, 16), mark = strtoul(rest, NULL, 16);

        if (mark == 0)
                one(vni, hex, cp);
        else if (n_pairs < 256)
                pairs[n_pairs++] = (struct pair){ (unsigned)(first << 8 | mark), cp };
}

static int
by_key(const void *a, const void *b)
{
        const struct pair *x = a, *y = b;

        return (x->key > y->key) - (x->key < y->key);
}

static void
put_table(FILE *out, const char *name, const unsigned *table)
{
        fprintf(out, "\nconst uint16_t legacy_%s[256] = {", name);
        for (int i = 0; i < 256; i++)
                fprintf(out, "%s0x%04X,", i % 12 ? " " : "\n        ", table[i]);
        fprintf(out, "\n};\n");
}

int
main(int argc, char **argv)
{
        char line[256];
        FILE *in = argc == 3 ? fopen(argv[1], "r") : NULL, *out;

        if (in == NULL || (out = fopen(argv[2], "w")) == NULL) {
                fprintf(stderr, "usage: codetable ENCODINGS.tsv OUT.c\n");
                return 1;
        }
        while (fgets(line, sizeof line, in) != NULL) {
                char *col[COLS] = { NULL }, *rest = line;
                int n = 0;

                while (n < COLS && rest != NULL)
                        col[n++] = strsep(&rest, "\t\n");
                if (n < COLS || strncmp(col[COL_CODE], "U+", 2) != 0)
                        continue;
                unsigned cp = (unsigned)strtoul(col[COL_CODE] + 2, NULL, 16);
                one(tcvn3, col[COL_TCVN3], cp);
                one(vps, col[COL_VPS], cp);
                one(viscii, col[COL_VISCII], cp);
                vni_letter(col[COL_VNI], cp);
        }
        qsort(pairs, n_pairs, sizeof *pairs, by_key);
        fprintf(out, "/* Made by tools/codetable from data/encodings_vn.tsv. */\n#include \"legacy_priv.h\"\n");
        put_table(out, "tcvn3", tcvn3);
        put_table(out, "vni", vni);
        put_table(out, "vps", vps);
        put_table(out, "viscii", viscii);
        fprintf(out, "\nconst struct legacy_pair legacy_vni_pairs[] = {\n");
        for (size_t i = 0; i < n_pairs; i++)
                fprintf(out, "        { 0x%04X, 0x%04X },\n", pairs[i].key, pairs[i].cp);
        fprintf(out, "};\nconst size_t legacy_n_vni_pairs = %zu;\n", n_pairs);
        fclose(in);
        return n_pairs > 100 && fclose(out) == 0 ? 0 : 1;
}

/* Files into C arrays: bytes2c OUT kind:name:file ...  text = NUL-terminated, text+ = goes on from the one before. */
#include <stdio.h>
#include <string.h>

static int
put_bytes(FILE *out, const char *path, int text, size_t *n)
{
        FILE *in = fopen(path, "rb");
        int c;

        if (in == NULL) {
                perror(path);
                return 1;
        }
        while ((c = getc(in)) != EOF)
                fprintf(out, "%d,%s", text && c > 127 ? c - 256 : c, (++*n % 32) == 0 ? "\n" : "");
        fclose(in);
        return 0;
}

int
main(int argc, char **argv)
{
        FILE *out = argc > 2 ? fopen(argv[1], "w") : NULL;
        size_t n = 0;

        if (out == NULL) {
                fprintf(stderr, "usage: bytes2c OUT kind:name:file ...\n");
                return 2;
        }
        fprintf(out, "#include <stddef.h>\n");
        for (int i = 2; i < argc; i++) {
                char *name = strchr(argv[i], ':'), *path = name != NULL ? strchr(name + 1, ':') : NULL;

                if (path == NULL)
                        return 2;
                *name++ = *path++ = '\0';
                int text = argv[i][0] == 't', more = strcmp(argv[i], "text+") == 0;
                if (!more) {
                        n = 0;
                        fprintf(out, "extern const %s %s[];\nconst %s %s[] = {\n", text ? "char" : "unsigned char",
                                name, text ? "char" : "unsigned char", name);
                } else {
                        fprintf(out, "10,");
                }
                if (put_bytes(out, path, text, &n) != 0)
                        return 1;
                int goes_on = i + 1 < argc && strncmp(argv[i + 1], "text+:", 6) == 0;
                if (!goes_on)
                        fprintf(out, "0 };\n");
                if (!text)
                        fprintf(out, "extern const size_t %s_n;\nconst size_t %s_n = %zu;\n", name, name, n);
        }
        return fclose(out) != 0;
}

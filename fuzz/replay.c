/* Runs a fuzz target over every file of the folders (or files) given, so that what a fuzzer once found stays found
 * without a fuzzer. A folder that is not there is empty. */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define INPUT_MAX ((long)64 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
replay_file(const char *path)
{
        FILE *f = fopen(path, "rb");
        long size;

        if (f == NULL || fseek(f, 0, SEEK_END) != 0 || (size = ftell(f)) < 0 || size > INPUT_MAX) {
                fprintf(stderr, "%s: %s\n", path, strerror(errno));
                if (f != NULL)
                        fclose(f);
                return 1;
        }
        rewind(f);
        uint8_t *p = malloc((size_t)size + (size == 0)); /* exactly as long as the input: ASan sees an overrun */
        size_t got = p == NULL ? 0 : fread(p, 1, (size_t)size, f);
        fclose(f);
        if (got != (size_t)size) {
                fprintf(stderr, "%s: short read\n", path);
                free(p);
                return 1;
        }
        fprintf(stderr, "%s\n", path); /* the last line before a crash names the input */
        LLVMFuzzerTestOneInput(p, got);
        free(p);
        return 0;
}

static int
replay_path(const char *path, int *count)
{
        struct stat st;
        struct dirent **names;
        char file[4096];
        int failed = 0;

        if (stat(path, &st) != 0)
                return errno == ENOENT ? 0 : 1;
        if (!S_ISDIR(st.st_mode)) {
                ++*count;
                return replay_file(path);
        }
        int n = scandir(path, &names, NULL, alphasort);
        for (int i = 0; i < n; i++) {
                if (names[i]->d_name[0] != '.') {
                        snprintf(file, sizeof file, "%s/%s", path, names[i]->d_name);
                        failed |= replay_file(file);
                        ++*count;
                }
                free(names[i]);
        }
        if (n >= 0)
                free(names);
        return failed;
}

int
main(int argc, char **argv)
{
        int failed = 0, count = 0;

        for (int i = 1; i < argc; i++)
                failed |= replay_path(argv[i], &count);
        fprintf(stderr, "%d inputs replayed\n", count);
        return failed || count == 0;
}

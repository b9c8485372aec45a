/* The programs of Debian that do for us what we do not do ourselves: their command lines, their ceilings (DESIGN
 * section 6), and the step from a child of the nursery to one of them. */
#include <sys/mman.h>
#include <unistd.h>

#include "worker_priv.h"

#define PROGRAMS_DIR "/usr/bin"
#define PAPER        "/proc/self/fd/0"
#define MIB(n)       ((size_t)(n) << 20)
#define FILES        64

static const struct helper helpers[WORK_MAX] = {
        [WORK_PDF_WORDS] = { "pdftotext",
                             "poppler-utils",
                             { .cpu_s = 20, .memory = MIB(256), .files = FILES, .wall_ms = 60000 },
                             MIB(64),
                             { "pdftotext", "-q", "-tsv", "-l", "501", PAPER, "-", NULL } },
        [WORK_PDF_GREY] = { "pdftoppm",
                            "poppler-utils",
                            { .cpu_s = 20, .memory = MIB(256), .files = FILES, .wall_ms = 60000 },
                            MIB(64),
                            { "pdftoppm", "-q", "-gray", "-f", "@first", "-l", "@last", "-scale-to", "@px", PAPER,
                              NULL } },
        [WORK_PDF_COLOUR] = { "pdftoppm",
                              "poppler-utils",
                              { .cpu_s = 20, .memory = MIB(256), .files = FILES, .wall_ms = 60000 },
                              MIB(90),
                              { "pdftoppm", "-q", "-f", "@first", "-l", "@last", "-scale-to", "@px", PAPER, NULL } },
        [WORK_PDF_PNG] = { "pdftoppm",
                           "poppler-utils",
                           { .cpu_s = 20, .memory = MIB(256), .files = FILES, .wall_ms = 30000 },
                           MIB(24),
                           { "pdftoppm", "-q", "-png", "-f", "@first", "-l", "@last", "-scale-to", "@px", PAPER,
                             NULL } },
        [WORK_OCR] = { "tesseract",
                       "tesseract-ocr",
                       { .cpu_s = 120, .memory = MIB(320), .files = FILES, .wall_ms = 150000 },
                       MIB(8),
                       { "tesseract", PAPER, "stdout", "-l", "vie", "--dpi", "200", "-c", "tessedit_create_tsv=1",
                         NULL } },
        [WORK_OCR_CELLS] = { "tesseract",
                             "tesseract-ocr",
                             { .cpu_s = 120, .memory = MIB(320), .files = FILES, .wall_ms = 150000 },
                             MIB(8),
                             { "tesseract", PAPER, "stdout", "-l", "vie", "--dpi", "200", "--psm", "6", "-c",
                               "tessedit_create_tsv=1", NULL } },
        [WORK_TIFF_PDF] = { "tiff2pdf",
                            "libtiff-tools",
                            { .cpu_s = 20, .memory = MIB(256), .files = FILES, .wall_ms = 60000 },
                            MIB(64),
                            { "tiff2pdf", PAPER, NULL } },
};

const struct helper *
helper_of(enum child_work work)
{
        return (unsigned)work < WORK_MAX && helpers[work].program != NULL ? &helpers[work] : NULL;
}

static bool
path_of(const struct worker_setup *setup, const struct helper *h, char *out, size_t n)
{
        int len = snprintf(out, n, "%s/%s", setup->programs != NULL ? setup->programs : PROGRAMS_DIR, h->program);

        return len > 0 && (size_t)len < n;
}

bool
helper_there(const struct worker_setup *setup, enum child_work work)
{
        const struct helper *h = helper_of(work);
        char path[512];

        return h != NULL && path_of(setup, h, path, sizeof path) && access(path, X_OK) == 0;
}

/* A number in the place of its name. */
static const char *
filled(const char *arg, const struct work_args *a, char room[16])
{
        int32_t v = strcmp(arg, "@first") == 0 ? a->first : strcmp(arg, "@last") == 0 ? a->last : a->px;

        if (arg[0] != '@')
                return arg;
        snprintf(room, 16, "%d", v);
        return room;
}

_Noreturn void
helper_exec(const struct sandbox *sb, const struct worker_setup *setup, enum child_work work,
            const struct work_args *args)
{
        char *const env[] = { (char[]){ "LC_ALL=C.UTF-8" }, (char[]){ "OMP_THREAD_LIMIT=1" }, NULL };
        const struct helper *h = helper_of(work);
        char rooms[HELPER_ARGS][16], *argv[HELPER_ARGS] = { NULL };
        char *path = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

        if (h == NULL || path == MAP_FAILED || !path_of(setup, h, path, 512))
                _exit(CHILD_NO_PROGRAM);
        for (size_t i = 0; i + 1 < HELPER_ARGS && h->argv[i] != NULL; i++)
                argv[i] = (char *)(uintptr_t)filled(h->argv[i], args, rooms[i]);
        if (!sandbox_enter_helper(sb, h, path))
                _exit(CHILD_NO_SANDBOX);
        execve(path, argv, env);
        _exit(CHILD_NO_PROGRAM);
}

/* Word 97-2003: the bytes of the file after its magic, which is given, so that every input gets past it. */
#include "parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        static const char magic[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
        char *p;

        if (size < sizeof magic || size > FUZZ_INPUT_MAX)
                return 0;
        p = malloc(size);
        must(p != NULL);
        memcpy(p, data, size);
        memcpy(p, magic, sizeof magic - 1);
        check_paper((struct str){ p, size });
        free(p);
        return 0;
}

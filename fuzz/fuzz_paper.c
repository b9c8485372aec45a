/* Any bytes as a paper: ZIP packages as they come, messages of the document axis, CSV, text of old encodings. */
#include "parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        if (size < FUZZ_INPUT_MAX)
                check_paper((struct str){ (const char *)data, size });
        return 0;
}

/* ODF: type, content, styles. */
#include "parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        static const char *const names[] = { "mimetype", "content.xml", "styles.xml" };

        check_parts(data, size, names, ARRAY_LEN(names));
        return 0;
}

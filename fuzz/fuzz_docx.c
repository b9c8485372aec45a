/* DOCX: document, styles, numbering, footnotes, the relationships between them. */
#include "parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        static const char *const names[] = { "word/document.xml", "word/styles.xml", "word/numbering.xml",
                                             "word/footnotes.xml", "word/_rels/document.xml.rels" };

        check_parts(data, size, names, ARRAY_LEN(names));
        return 0;
}

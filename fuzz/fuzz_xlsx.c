/* XLSX: workbook, its relationships, a sheet, strings, styles. */
#include "parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        static const char *const names[] = { "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sheet1.xml",
                                             "xl/strings.xml", "xl/styles.xml" };

        check_parts(data, size, names, ARRAY_LEN(names));
        return 0;
}

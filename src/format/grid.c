/* Which texts a spreadsheet would run; shared by CSV and XLSX. */
#include "dd_grid.h"

bool
grid_risky(struct str s)
{
        static const char *const wide[] = { "＝", "＋", "－", "＠" }; /* Excel takes the full-width forms too */

        if (s.n == 0)
                return false;
        if (memchr("=+-@\t\r\n", s.p[0], 7) != NULL)
                return true;
        if ((unsigned char)s.p[0] != 0xEF)
                return false;
        for (size_t i = 0; i < ARRAY_LEN(wide); i++)
                if (str_starts(s, str_of(wide[i])))
                        return true;
        return false;
}

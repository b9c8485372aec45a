/* Civil day arithmetic, and nothing else: tools/caltable.c is built from this file too. */
#include "dd_date.h"

#define DAYS_400Y   146097
#define EPOCH_SHIFT 719468 /* from 0000-03-01 to 1970-01-01 */

static bool
is_leap(int year)
{
        return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int
month_days(int year, int month)
{
        static const uint8_t days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

        if (month < 1 || month > 12)
                return 0;
        return days[month - 1] + (month == 2 && is_leap(year));
}

/* Years run from March here, so that the leap day is the last one. */
int32_t
day_of(int year, int month, int mday)
{
        if (year < 1 || year > 9999 || mday < 1 || mday > month_days(year, month))
                return DD_NO_DAY;
        int y = month <= 2 ? year - 1 : year;
        int from_march = (month + 9) % 12;
        int day_in_year = (153 * from_march + 2) / 5 + mday - 1;
        int in_era = y % 400;

        return y / 400 * DAYS_400Y + in_era * 365 + in_era / 4 - in_era / 100 + day_in_year - EPOCH_SHIFT;
}

void
day_parts(int32_t day, int *ret_y, int *ret_m, int *ret_d)
{
        int64_t z = (int64_t)day + EPOCH_SHIFT;
        int64_t era = (z >= 0 ? z : z - (DAYS_400Y - 1)) / DAYS_400Y;
        int in_era = (int)(z - era * DAYS_400Y);
        int year_in_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / (DAYS_400Y - 1)) / 365;
        int day_in_year = in_era - (365 * year_in_era + year_in_era / 4 - year_in_era / 100);
        int from_march = (5 * day_in_year + 2) / 153;

        *ret_d = day_in_year - (153 * from_march + 2) / 5 + 1;
        *ret_m = from_march < 10 ? from_march + 3 : from_march - 9;
        *ret_y = (int)(year_in_era + era * 400) + (*ret_m <= 2);
}

int
day_weekday(int32_t day)
{
        int64_t r = ((int64_t)day + 3) % 7; /* 1970-01-01 was a Thursday */

        return (int)(r < 0 ? r + 7 : r);
}

int32_t
day_from_instant(int64_t utc)
{
        int64_t local;

        if (__builtin_add_overflow(utc, VN_OFFSET, &local))
                return INT32_MAX;
        int64_t day = local / 86400 - (local % 86400 < 0);
        return day > INT32_MAX ? INT32_MAX : day <= INT32_MIN ? INT32_MIN + 1 : (int32_t)day;
}

int64_t
instant_from_day(int32_t day)
{
        return (int64_t)day * 86400 - VN_OFFSET;
}

/* Working days: Mondays to Fridays less the days off, plus the Saturdays worked (Labour Code 2019, art. 111-112). */
#include "calendar_priv.h"

const struct calendar *
calendar_vn(void)
{
        return &calendar_built_in;
}

/* How many items of v are <= day. */
static size_t
rank_of(const int32_t *v, size_t n, int32_t day)
{
        size_t lo = 0, hi = n;

        while (lo < hi) {
                size_t mid = lo + (hi - lo) / 2;

                if (v[mid] <= day)
                        lo = mid + 1;
                else
                        hi = mid;
        }
        return lo;
}

static bool
has_day(const int32_t *v, size_t n, int32_t day)
{
        size_t r = rank_of(v, n, day);

        return r > 0 && v[r - 1] == day;
}

bool
day_is_working(const struct calendar *cal, int32_t day)
{
        if (day == DD_NO_DAY)
                return false;
        if (day_weekday(day) < 5 && !has_day(cal->off, cal->n_off, day))
                return true;
        return has_day(cal->work, cal->n_work, day);
}

int32_t
day_add_working(const struct calendar *cal, int32_t day, int n)
{
        int step = n < 0 ? -1 : 1;

        if (day == DD_NO_DAY)
                return day;
        while (n != 0) {
                if (day == (step < 0 ? INT32_MIN + 1 : INT32_MAX))
                        return DD_NO_DAY;
                day += step;
                if (day_is_working(cal, day))
                        n -= step;
        }
        return day;
}

/* Mondays to Fridays in (from, to]. */
static int64_t
weekdays(int32_t from, int32_t to)
{
        int64_t days = (int64_t)to - from;
        int64_t count = days / 7 * 5;
        int32_t day = to;

        for (int64_t rest = days % 7; rest > 0; rest--, day--)
                count += day_weekday(day) < 5;
        return count;
}

int
day_count_working(const struct calendar *cal, int32_t from, int32_t to)
{
        if (from == DD_NO_DAY || to == DD_NO_DAY)
                return 0;
        if (to < from)
                return -day_count_working(cal, to, from);
        int64_t count = weekdays(from, to);
        for (size_t i = rank_of(cal->off, cal->n_off, from); i < cal->n_off && cal->off[i] <= to; i++)
                count -= day_weekday(cal->off[i]) < 5 && !has_day(cal->work, cal->n_work, cal->off[i]);
        for (size_t i = rank_of(cal->work, cal->n_work, from); i < cal->n_work && cal->work[i] <= to; i++)
                count += day_weekday(cal->work[i]) >= 5;
        return (int)count;
}

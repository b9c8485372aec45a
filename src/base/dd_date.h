/* dd_date.h - civil dates and working days. A day is an int32_t: days since 1970-01-01 in the proleptic Gregorian
 * calendar, no time zone. Holidays are data (data/working_calendar_vn.tsv, editable), never code. */
#ifndef DD_DATE_H
#define DD_DATE_H

#include "dd_base.h"

#define DD_NO_DAY INT32_MIN /* "no date" */
#define VN_OFFSET (7 * 3600)

int32_t day_of(int year, int month, int mday); /* DD_NO_DAY when there is no such day */
void day_parts(int32_t day, int *ret_y, int *ret_m, int *ret_d);
int day_weekday(int32_t day); /* 0 = Monday ... 6 = Sunday */
int month_days(int year, int month);
int32_t day_from_instant(int64_t utc); /* civil day at UTC+7 */
int64_t instant_from_day(int32_t day); /* 00:00 of that day at UTC+7 */

/* The one date parser: "2023-09-30", "30/9/2023", "30-09-2023", "30.9.2023". Whole string; DD_NO_DAY otherwise. */
int32_t day_parse(struct str s);
struct str day_iso(struct arena *a, int32_t day);  /* 2023-09-30; "" for DD_NO_DAY */
void day_iso_put(struct dd_buf *b, int32_t day);   /* the same into a buffer */
struct str day_text(struct arena *a, int32_t day); /* 30/9/2023 as people write it */
struct str day_paper(struct arena *a,
                     int32_t day); /* "ngày 02 tháng 6 năm 2023": NĐ 30/2020, zero before <10 days, months 1, 2 */
struct str day_weekday_text(int32_t day);              /* "Thứ Bảy" */
struct str instant_text(struct arena *a, int64_t utc); /* "14:05 30/9/2023" at UTC+7 */

/* Weekdays off and Saturdays worked. */
struct calendar {
        const int32_t *off; /* sorted */
        size_t n_off;
        const int32_t *work; /* sorted */
        size_t n_work;
        int32_t known_to; /* beyond this day the calendar is provisional */
};
const struct calendar *calendar_vn(void); /* built in from data/working_calendar_vn.tsv */
bool day_is_working(const struct calendar *cal, int32_t day);
int32_t day_add_working(const struct calendar *cal, int32_t day, int n); /* n-th working day after (before, if n < 0) */
int day_count_working(const struct calendar *cal, int32_t from, int32_t to); /* working days in (from, to] */

#endif

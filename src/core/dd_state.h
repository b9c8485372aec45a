/* dd_state.h - lifecycle (stored, a projection of events) and timeliness (computed for a day, never stored).
 * DOMAIN 2.2, LOOK.md: which of the six states shows. */
#ifndef DD_STATE_H
#define DD_STATE_H

#include "dd_date.h"

/* Ordered: what is behind HANDED_IN is in, what is behind DONE is over. */
enum lifecycle {
        LIFE_ASSIGNED = 10,     /* đã giao */
        LIFE_RECEIVED = 20,     /* đã tiếp nhận */
        LIFE_DOING = 22,        /* đang thực hiện */
        LIFE_RETURNED = 24,     /* trả lại: the original deadline runs on */
        LIFE_SUSPENDED = 30,    /* tạm dừng */
        LIFE_HANDED_IN = 40,    /* chờ xác nhận */
        LIFE_DONE = 50,         /* hoàn thành */
        LIFE_DISCONTINUED = 60, /* không tiếp tục: dropped by a decision, outside every denominator */
};

enum task_state {
        STATE_DONE,
        STATE_AWAITING,
        STATE_OVERDUE,
        STATE_ATTENTION,
        STATE_DOING,
        STATE_WAITING,
        STATE_DROPPED,
        STATE_MAX
};

/* Numbers of the rule set that decide timeliness on a day. */
struct state_rules {
        int due_soon_days; /* "sắp đến hạn", default 7 */
        int silent_days;   /* "im lặng", default 30 */
};

struct state_in {
        int64_t lifecycle;
        int32_t due;
        bool conditional; /* the deadline hangs on an event */
        int32_t done_day;
};

enum task_state task_state(const struct state_in *in, int32_t day, const struct state_rules *r);
const char *state_name(enum task_state s); /* "overdue": URL, JSON, CSS class */
bool state_of_name(struct str name, enum task_state *ret);
const char *state_label(enum task_state s);  /* "Quá hạn" */
const char *state_symbol(enum task_state s); /* "●" */

/* Days past the deadline: until the result of what is done, until the day of what is overdue; else 0. */
int32_t state_days_late(const struct state_in *in, int32_t day, const struct state_rules *r);

/* What a person reads: "Còn 2 ngày", "Quá hạn 3 ngày", "Hoàn thành đúng hạn", "Đến hạn trong ngày". */
struct str state_text(struct arena *a, const struct state_in *in, int32_t day, const struct state_rules *r);

/* What a span stores of its lifecycle, coarse enough that a state is a range of phases and deadlines. */
enum phase { PHASE_IDLE, PHASE_GOING, PHASE_CONDITIONAL, PHASE_IN, PHASE_DONE, PHASE_DROPPED, PHASE_MAX };
enum phase phase_of(int64_t lifecycle, bool conditional);

/* The rows of a state: phases with a deadline in between (a row without one counts as DAY_FOREVER), or all of or_phase.
 */
struct state_range {
        int64_t phase_min, phase_max;
        int32_t due_min, due_max;
        int64_t or_phase; /* -1: none */
};
struct state_range state_range(enum task_state s, int32_t day, const struct state_rules *r);
struct state_range state_range_all(void);

#define DAY_FOREVER 2932896   /* 9999-12-31 */
#define DAY_FIRST   (-719162) /* 0001-01-01 */

#endif

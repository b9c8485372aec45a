#include "dd_state.h"

static const struct {
        const char *name, *label, *symbol;
} states[STATE_MAX] = {
        [STATE_DONE] = { "done", "Hoàn thành", "✓" },           [STATE_AWAITING] = { "awaiting", "Chờ xác nhận", "◐" },
        [STATE_OVERDUE] = { "overdue", "Quá hạn", "●" },        [STATE_ATTENTION] = { "attention", "Sắp đến hạn", "▲" },
        [STATE_DOING] = { "doing", "Đang thực hiện", "▶" },     [STATE_WAITING] = { "waiting", "Chưa bắt đầu", "○" },
        [STATE_DROPPED] = { "dropped", "Không tiếp tục", "×" },
};

enum task_state
task_state(const struct state_in *in, int32_t day, const struct state_rules *r)
{
        if (in->lifecycle >= LIFE_DISCONTINUED)
                return STATE_DROPPED;
        if (in->lifecycle >= LIFE_DONE)
                return STATE_DONE;
        if (in->lifecycle >= LIFE_HANDED_IN)
                return STATE_AWAITING;
        if (in->conditional && in->lifecycle != LIFE_SUSPENDED)
                return STATE_ATTENTION;
        if (in->lifecycle != LIFE_SUSPENDED && in->due != DD_NO_DAY) {
                if (in->due < day)
                        return STATE_OVERDUE;
                if (in->due <= day + r->due_soon_days)
                        return STATE_ATTENTION;
        }
        return in->lifecycle > LIFE_ASSIGNED ? STATE_DOING : STATE_WAITING;
}

const char *
state_name(enum task_state s)
{
        return states[s].name;
}

bool
state_of_name(struct str name, enum task_state *ret)
{
        for (int s = 0; s < STATE_MAX; s++) {
                if (str_eq(name, str_of(states[s].name))) {
                        *ret = (enum task_state)s;
                        return true;
                }
        }
        return false;
}

const char *
state_label(enum task_state s)
{
        return states[s].label;
}

const char *
state_symbol(enum task_state s)
{
        return states[s].symbol;
}

int32_t
state_days_late(const struct state_in *in, int32_t day, const struct state_rules *r)
{
        enum task_state s = task_state(in, day, r);

        if (s == STATE_OVERDUE)
                return day - in->due;
        if (s == STATE_DONE && in->due != DD_NO_DAY && in->done_day != DD_NO_DAY && in->done_day > in->due)
                return in->done_day - in->due;
        return 0;
}

static struct str
done_text(struct arena *a, const struct state_in *in)
{
        if (in->due == DD_NO_DAY || in->done_day == DD_NO_DAY)
                return S("Hoàn thành");
        if (in->done_day < in->due)
                return S("Hoàn thành trước hạn");
        if (in->done_day == in->due)
                return S("Hoàn thành đúng hạn");
        return str_fmt(a, "Hoàn thành, quá hạn %d ngày", in->done_day - in->due);
}

/* A result that came back is still to be made, and its clock runs as before. */
static struct str
returned_text(struct arena *a, const struct state_in *in, int32_t day, enum task_state s)
{
        if (s == STATE_OVERDUE)
                return str_fmt(a, "Trả lại, làm lại; quá hạn %d ngày", day - in->due);
        if (s != STATE_ATTENTION)
                return S("Trả lại, làm lại");
        if (in->conditional)
                return S("Trả lại, làm lại; hạn có điều kiện");
        return in->due == day ? S("Trả lại, làm lại; đến hạn trong ngày")
                              : str_fmt(a, "Trả lại, làm lại; còn %d ngày", in->due - day);
}

struct str
state_text(struct arena *a, const struct state_in *in, int32_t day, const struct state_rules *r)
{
        enum task_state s = task_state(in, day, r);

        if (in->lifecycle == LIFE_RETURNED)
                return returned_text(a, in, day, s);
        switch (s) {
        case STATE_DONE:
                return done_text(a, in);
        case STATE_OVERDUE:
                return str_fmt(a, "Quá hạn %d ngày", day - in->due);
        case STATE_ATTENTION:
                if (in->conditional)
                        return S("Hạn có điều kiện");
                if (in->due == day)
                        return S("Đến hạn trong ngày"); /* the day of the page or paper, which is read on another */
                return str_fmt(a, "Còn %d ngày", in->due - day);
        case STATE_DOING:
                return in->lifecycle == LIFE_SUSPENDED ? S("Tạm dừng") : S("Đang thực hiện");
        default:
                return str_of(states[s].label);
        }
}

enum phase
phase_of(int64_t lifecycle, bool conditional)
{
        if (lifecycle >= LIFE_DISCONTINUED)
                return PHASE_DROPPED;
        if (lifecycle >= LIFE_DONE)
                return PHASE_DONE;
        if (lifecycle >= LIFE_HANDED_IN)
                return PHASE_IN;
        if (conditional && lifecycle != LIFE_SUSPENDED)
                return PHASE_CONDITIONAL;
        return lifecycle > LIFE_ASSIGNED ? PHASE_GOING : PHASE_IDLE;
}

struct state_range
state_range_all(void)
{
        return (struct state_range){ PHASE_IDLE, PHASE_DROPPED, DAY_FIRST, DAY_FOREVER, -1 };
}

static struct state_range
one_phase(enum phase p, int32_t due_min)
{
        return (struct state_range){ p, p, due_min, DAY_FOREVER, -1 };
}

struct state_range
state_range(enum task_state s, int32_t day, const struct state_rules *r)
{
        int32_t later = day + r->due_soon_days + 1;

        switch (s) {
        case STATE_DONE:
                return one_phase(PHASE_DONE, DAY_FIRST);
        case STATE_AWAITING:
                return one_phase(PHASE_IN, DAY_FIRST);
        case STATE_DROPPED:
                return one_phase(PHASE_DROPPED, DAY_FIRST);
        case STATE_OVERDUE:
                return (struct state_range){ PHASE_IDLE, PHASE_GOING, DAY_FIRST, day - 1, -1 };
        case STATE_ATTENTION:
                return (struct state_range){ PHASE_IDLE, PHASE_GOING, day, later - 1, PHASE_CONDITIONAL };
        case STATE_DOING:
                return one_phase(PHASE_GOING, later);
        default:
                return one_phase(PHASE_IDLE, later);
        }
}

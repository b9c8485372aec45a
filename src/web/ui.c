/* Words, signs and places the widgets need; see dd_ui.h. */
#include "dd_date.h"
#include "dd_form.h"
#include "dd_ui.h"

const char *
ui_state_class(enum ui_state s)
{
        static const char *const v[UI_STATES] = { "done", "wait", "overdue", "soon", "run", "idle" };

        return v[s];
}

const char *
ui_state_sign(enum ui_state s)
{
        static const char *const v[UI_STATES] = { "✓", "◐", "●", "▲", "▶", "○" };

        return v[s];
}

struct str
ui_state_word(enum ui_state s)
{
        static const struct str v[UI_STATES] = { S("Hoàn thành"),  S("Chờ xác nhận"),   S("Quá hạn"),
                                                 S("Sắp đến hạn"), S("Đang thực hiện"), S("Chưa bắt đầu") };

        return v[s];
}

static const struct {
        struct str word, href;
} nav_rows[NAV_ROWS] = {
        [NAV_NONE] = { S(""), S("/") },
        [NAV_HOME] = { S("Việc của tôi"), S("/") },
        [NAV_BOARD] = { S("Bảng điều hành"), S("/board") },
        [NAV_TASKS] = { S("Nhiệm vụ"), S("/tasks") },
        [NAV_DOCUMENTS] = { S("Văn bản, căn cứ"), S("/documents") },
        [NAV_CONFIRM] = { S("Chờ xác nhận"), S("/confirm") },
        [NAV_REPORTS] = { S("Báo cáo"), S("/reports") },
        [NAV_AGENCIES] = { S("Cơ quan"), S("/agencies") },
        [NAV_MEMBERS] = { S("Thành viên Ban"), S("/members") },
        [NAV_COMMITTEE] = { S("Ban và quy định"), S("/committee") },
        [NAV_ACCOUNTS] = { S("Tài khoản"), S("/accounts") },
        [NAV_AUDIT] = { S("Nhật ký"), S("/audit") },
        [NAV_SETUP] = { S("Cài đặt, việc định kỳ"), S("/setup") },
};

struct str
ui_nav_word(enum ui_nav row)
{
        return nav_rows[row].word;
}

struct str
ui_nav_href(enum ui_nav row)
{
        return nav_rows[row].href;
}

struct str
ui_to(const struct ui *u, struct str path)
{
        size_t hash;

        if (u->as_of == u->today)
                return path;
        hash = str_find(path, S("#"), 0);
        struct str place = str_sub(path, hash, path.n);
        path = str_sub(path, 0, hash);
        return STR_JOIN(u->arena, path, str_has(path, S("?")) ? S("&as-of=") : S("?as-of="),
                        day_iso(u->arena, u->as_of), place);
}

bool
ui_nav_any(const struct ui *u, enum ui_nav first, enum ui_nav last)
{
        for (enum ui_nav row = first; row <= last; row++)
                if (u->nav[row].show)
                        return true;
        return false;
}

int
ui_span_at(const struct ui_span *s, int32_t day)
{
        int64_t end = s->due;

        if (s->extended != DD_NO_DAY && s->extended > end)
                end = s->extended;
        if (s->now != DD_NO_DAY && s->now > end)
                end = s->now;
        if (end <= s->from || day <= s->from)
                return 0;
        return day >= end ? 1000 : (int)(((int64_t)day - s->from) * 1000 / (end - s->from));
}

int
ui_span_tick(const struct ui_span *s, int32_t day)
{
        int at = ui_span_at(s, day) - 3;

        return at < 0 ? 0 : at > 994 ? 994 : at;
}

const char *
ui_input_type(int form_type)
{
        return form_type == FORM_SECRET ? "password" : form_type == FORM_FILE ? "file" : "text";
}

const char *
ui_secret_hint(const char *name)
{
        return str_starts(str_of(name), S("new")) ? "new-password" : "current-password";
}

bool
ui_in_list(struct str list, struct str id)
{
        struct str part;

        while (str_cut(&list, ',', &part))
                if (str_eq(part, id))
                        return true;
        return false;
}

int64_t
ui_form_faults(const struct form_state *s)
{
        int64_t n = s->message.n > 0;

        for (size_t i = 0; i < s->n; i++)
                n += s->v[i].message.n > 0;
        return n;
}

struct str
ui_described(const struct ui *u, const struct form_shown *f)
{
        const char *name = f->field->name;
        bool hint = f->field->hint != NULL, fault = f->message.n > 0;

        if (hint && fault)
                return str_fmt(u->arena, "f-%s-h f-%s-e", name, name);
        if (hint || fault)
                return str_fmt(u->arena, "f-%s-%s", name, hint ? "h" : "e");
        return S("");
}

struct str
ui_short(struct arena *a, struct str s, size_t bytes)
{
        size_t to = bytes;

        if (s.n <= bytes)
                return s;
        while (to > 0 && s.p[to] != ' ')
                to--;
        while (to == 0 || ((unsigned char)s.p[to] & 0xC0) == 0x80)
                to = to == 0 ? bytes : to - 1; /* no blank in it: at a letter */
        return STR_JOIN(a, str_sub(s, 0, to), S("…"));
}

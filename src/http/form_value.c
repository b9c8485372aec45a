/* One value of each form type: from typed text into the caller's struct, and back into text. */
#include "dd_date.h"
#include "dd_form.h"
#include "dd_text.h"
#include "http_priv.h"

#define TEXT_MAX  200
#define LINES_MAX 4000
#define ECHO_MAX  40 /* code points of typed text repeated in a message */

#define FAIL(g, ...) (dd_fail_field((g)->c, (g)->f->name, __VA_ARGS__), false)

static struct str
echo(struct form_reading *g)
{
        size_t i = 0, n = 0;
        struct str text = str_trim(g->text);

        while (i < text.n && n++ < ECHO_MAX)
                utf8_next(text, &i);
        return i >= text.n ? text : str_fmt(g->c->arena, "%.*s…", FMT(str_sub(text, 0, i)));
}

/* Runs of white space become one space. */
static struct str
one_line(struct arena *a, struct str s)
{
        char *out = arena_alloc(a, s.n + 1);
        size_t n = 0;

        s = str_trim(s);
        for (size_t i = 0; i < s.n; i++) {
                bool space = s.p[i] == ' ' || s.p[i] == '\n' || s.p[i] == '\t';

                if (!space)
                        out[n++] = s.p[i];
                else if (n > 0 && out[n - 1] != ' ')
                        out[n++] = ' ';
        }
        return (struct str){ out, n };
}

static bool
read_string(struct form_reading *g, struct str s, int64_t usual_max)
{
        int64_t max = g->f->max == 0 ? usual_max : g->f->max, n;

        *(struct str *)g->slot = STR_NONE;
        if (s.n == 0)
                return g->f->required ? FAIL(g, say(g->c, "Cần nhập mục này.")) : true;
        n = (int64_t)utf8_len(s);
        if (n > max)
                return FAIL(g, say(g->c, "Dài %lld ký tự; tối đa %lld ký tự."), (long long)n, (long long)max);
        if (n < g->f->min)
                return FAIL(g, say(g->c, "Chỉ có %lld ký tự; cần ít nhất %lld ký tự."), (long long)n,
                            (long long)g->f->min);
        *(struct str *)g->slot = s;
        return true;
}

static bool
read_text(struct form_reading *g)
{
        return read_string(g, one_line(g->c->arena, g->text), TEXT_MAX);
}

static bool
read_lines(struct form_reading *g)
{
        return read_string(g, str_trim(g->text), LINES_MAX);
}

static bool
read_secret(struct form_reading *g)
{
        return read_string(g, g->text, TEXT_MAX);
}

/* "1.500.000" and "1 500 000" are whole numbers here; "1.5" is not. */
static bool
parse_int(struct arena *a, struct str s, int64_t *ret)
{
        char *out = arena_alloc(a, s.n + 1);
        size_t n = 0, group = 0;
        char sep = '\0';

        for (size_t i = 0; i < s.n; i++) {
                if (s.p[i] != '.' && s.p[i] != ' ') {
                        out[n++] = s.p[i];
                        group++;
                        continue;
                }
                if ((sep != '\0' && (s.p[i] != sep || group != 3)) || group == 0 || group > 3)
                        return false;
                sep = s.p[i];
                group = 0;
        }
        return (sep == '\0' || group == 3) && str_to_i64((struct str){ out, n }, ret);
}

static bool
has_range(const struct form_field *f)
{
        return f->min != 0 || f->max != 0;
}

static bool
read_int(struct form_reading *g)
{
        struct str s = str_trim(g->text);
        const struct form_field *f = g->f;
        int64_t v;

        *(int64_t *)g->slot = FORM_NO_INT;
        if (s.n == 0)
                return f->required ? FAIL(g, say(g->c, "Cần nhập một số.")) : true;
        if (!parse_int(g->c->arena, s, &v))
                return FAIL(g, say(g->c, "“%.*s” không phải là số nguyên. Hãy chỉ nhập chữ số."), FMT(echo(g)));
        if (has_range(f) && (v < f->min || v > f->max))
                return FAIL(g, say(g->c, "Số %lld nằm ngoài khoảng cho phép: từ %lld đến %lld."), (long long)v,
                            (long long)f->min, (long long)f->max);
        *(int64_t *)g->slot = v;
        return true;
}

static bool
read_day(struct form_reading *g)
{
        struct str s = str_trim(g->text);
        const struct form_field *f = g->f;
        struct arena *a = g->c->arena;
        int32_t day;

        *(int32_t *)g->slot = DD_NO_DAY;
        if (s.n == 0)
                return f->required ? FAIL(g, say(g->c, "Cần nhập ngày, ví dụ 30/9/2023.")) : true;
        day = day_parse(s);
        if (day == DD_NO_DAY)
                return FAIL(g,
                            say(g->c, "“%.*s” không phải là một ngày có thật. Hãy nhập ngày/tháng/năm, ví dụ "
                                      "30/9/2023."),
                            FMT(echo(g)));
        if (has_range(f) && (day < f->min || day > f->max))
                return FAIL(g, say(g->c, "Ngày phải trong khoảng từ %.*s đến %.*s."), FMT(day_text(a, (int32_t)f->min)),
                            FMT(day_text(a, (int32_t)f->max)));
        *(int32_t *)g->slot = day;
        return true;
}

static bool
read_bool(struct form_reading *g)
{
        struct str s = str_trim(g->text);
        bool yes = str_eq(s, S("1")) || str_eq(s, S("on")) || str_eq(s, S("true"));

        *(bool *)g->slot = yes;
        if (!yes && s.n != 0 && !str_eq(s, S("0")) && !str_eq(s, S("off")) && !str_eq(s, S("false")))
                return FAIL(g, say(g->c, "“%.*s” không hợp lệ. Hãy đánh dấu hoặc bỏ dấu ô này."), FMT(echo(g)));
        return !yes && g->f->required ? FAIL(g, say(g->c, "Cần đánh dấu ô này để tiếp tục.")) : true;
}

static bool
read_choice(struct form_reading *g)
{
        AUTO_BUF list = { 0 };
        struct str s = str_trim(g->text);

        *(int32_t *)g->slot = FORM_NO_CHOICE;
        if (s.n == 0)
                return g->f->required ? FAIL(g, say(g->c, "Cần chọn một mục.")) : true;
        for (const struct form_choice *o = g->f->choices; o != NULL && o->value != NULL; o++) {
                if (str_eq(s, str_of(o->value))) {
                        *(int32_t *)g->slot = o->code;
                        return true;
                }
                buf_fmt(&list, "%s%s", list.n == 0 ? "" : ", ", o->label);
        }
        return FAIL(g, say(g->c, "“%.*s” không có trong danh sách. Hãy chọn một trong: %.*s."), FMT(echo(g)),
                    FMT(buf_view(&list)));
}

static bool
read_id(struct form_reading *g)
{
        struct str s = str_trim(g->text);
        int64_t v;

        *(int64_t *)g->slot = 0;
        if (s.n == 0)
                return g->f->required ? FAIL(g, say(g->c, "Cần chọn một mục.")) : true;
        if (!str_to_i64(s, &v) || v <= 0)
                return FAIL(g, say(g->c, "“%.*s” không có trong danh sách. Hãy chọn lại."), FMT(echo(g)));
        *(int64_t *)g->slot = v;
        return true;
}

static bool
read_ids(struct form_reading *g)
{
        struct form_ids *out = g->slot;
        int64_t max = g->f->max == 0 ? FORM_IDS_MAX : g->f->max, *v;
        int64_t min = g->f->required && g->f->min == 0 ? 1 : g->f->min;
        struct str rest = g->text, part;
        size_t n = 0;

        *out = (struct form_ids){ 0 };
        v = arena_array(g->c->arena, (size_t)max, sizeof *v);
        while (str_cut(&rest, ',', &part)) {
                part = str_trim(part);
                if (part.n == 0)
                        continue;
                if ((int64_t)n == max)
                        return FAIL(g, say(g->c, "Chọn quá nhiều: tối đa %lld mục."), (long long)max);
                if (!str_to_i64(part, &v[n]) || v[n] <= 0)
                        return FAIL(g, say(g->c, "“%.*s” không có trong danh sách. Hãy chọn lại."), FMT(part));
                n++;
        }
        if ((int64_t)n < min)
                return FAIL(g, say(g->c, "Cần chọn ít nhất %lld mục."), (long long)min);
        *out = (struct form_ids){ v, n };
        return true;
}

static bool
read_file(struct form_reading *g)
{
        const struct http_file *file = g->file;

        *(const struct http_file **)g->slot = NULL;
        if (file == NULL && g->text.n != 0)
                return FAIL(g, say(g->c, "Mục này cần một tệp, không phải chữ."));
        if (file == NULL)
                return g->f->required ? FAIL(g, say(g->c, "Cần chọn một tệp.")) : true;
        if (file->bytes.n == 0)
                return FAIL(g, say(g->c, "Tệp “%.*s” rỗng. Hãy chọn tệp khác."), FMT(file->name));
        if (g->f->max != 0 && file->bytes.n > (size_t)g->f->max)
                return FAIL(g, say(g->c, "Tệp “%.*s” có %zu KB; tối đa %lld KB."), FMT(file->name),
                            (file->bytes.n + 1023) >> 10, (long long)(g->f->max >> 10));
        *(const struct http_file **)g->slot = file;
        return true;
}

bool
form_value_read(struct form_reading *g)
{
        static bool (*const readers[])(struct form_reading *) = {
                [FORM_TEXT] = read_text,   [FORM_LINES] = read_lines,   [FORM_SECRET] = read_secret,
                [FORM_HIDDEN] = read_text, [FORM_INT] = read_int,       [FORM_DAY] = read_day,
                [FORM_BOOL] = read_bool,   [FORM_CHOICE] = read_choice, [FORM_ID] = read_id,
                [FORM_IDS] = read_ids,     [FORM_FILE] = read_file,
        };

        return readers[g->f->type](g);
}

/* ---- back into text ------------------------------------------------------------------------------------ */

static struct str
ids_text(struct arena *a, const struct form_ids *ids)
{
        AUTO_BUF b = { 0 };

        for (size_t i = 0; i < ids->n; i++)
                buf_fmt(&b, "%s%lld", i == 0 ? "" : ",", (long long)ids->v[i]);
        return str_dup(a, buf_view(&b));
}

static struct str
number_text(struct arena *a, int64_t v, int64_t none)
{
        return v == none ? S("") : str_fmt(a, "%lld", (long long)v);
}

static struct str
choice_text(const struct form_field *f, int32_t code)
{
        for (const struct form_choice *o = f->choices; o != NULL && o->value != NULL; o++)
                if (o->code == code)
                        return str_of(o->value);
        return S("");
}

struct str
form_value_text(struct dd_ctx *c, const struct form_field *f, const void *slot)
{
        const struct str *s = slot;

        switch (f->type) {
        case FORM_TEXT:
        case FORM_LINES:
        case FORM_HIDDEN:
                return s->p == NULL ? S("") : *s;
        case FORM_INT:
                return number_text(c->arena, *(const int64_t *)slot, FORM_NO_INT);
        case FORM_ID:
                return number_text(c->arena, *(const int64_t *)slot, 0);
        case FORM_DAY:
                return *(const int32_t *)slot == DD_NO_DAY ? S("") : day_text(c->arena, *(const int32_t *)slot);
        case FORM_BOOL:
                return *(const bool *)slot ? S("1") : S("");
        case FORM_CHOICE:
                return choice_text(f, *(const int32_t *)slot);
        case FORM_IDS:
                return ids_text(c->arena, slot);
        case FORM_SECRET:
        case FORM_FILE:
                break; /* never shown again */
        }
        return S("");
}

/* tree_layout.c - tables without lines that only set a head or a foot side by side, as offices do, and the same made
 * with tabs: read column by column, in the order a reader of the paper takes them. */
#include "tree_priv.h"

#include "dd_text.h"

#define LAYOUT_COLS 3
#define LAYOUT_ROWS 12
#define TABBED_MAX  16

static bool
has_motto(struct str s)
{
        return str_has(s, S("CỘNG HÒA XÃ HỘI")) || str_has(s, S("CỘNG HOÀ XÃ HỘI")) || str_has(s, S("ĐẢNG CỘNG SẢN"));
}

static bool
has_recipients(struct str s)
{
        return str_has(s, S("Nơi nhận")) || str_has(s, S("NƠI NHẬN"));
}

/* "Số: 12/KH-UBND", "Số      -KH/TU" */
static bool
is_number_line(struct str s)
{
        struct str t = str_trim(s);

        if (!str_starts(t, S("Số")) && !str_starts(t, S("SỐ")))
                return false;
        t = str_sub(t, strlen("Số"), t.n);
        return t.n == 0 || strchr(": .0123456789", t.p[0]) != NULL || (unsigned char)t.p[0] == 0xC2;
}

static bool
is_dateline(struct str s)
{
        return s.n < 160 && str_has(s, S("ngày")) && str_has(s, S("tháng")) && str_has(s, S("năm"));
}

static size_t
columns(const struct ttable *t)
{
        size_t most = 0;

        for (size_t r = 0; r < t->n; r++) {
                if (t->v[r].n > most)
                        most = t->v[r].n;
        }
        return most;
}

/* "TT", "STT" in its first cell: rows that mean something, lines or not. */
static bool
is_numbered(struct arena *a, const struct ttable *t)
{
        struct str first = t->n && t->v[0].n ? text_fold(a, tree_lines(a, &t->v[0].v[0].inside)) : S("");

        return str_eq(first, S("tt")) || str_eq(first, S("stt")) || str_starts(first, S("so tt")) ||
               str_starts(first, S("so thu tu"));
}

static struct str
whole(struct arena *a, const struct ttable *t)
{
        struct nodes all = { 0 };

        VEC_PUSH(a, &all)->table = (struct ttable *)(uintptr_t)t;
        return tree_lines(a, &all);
}

struct side {
        struct nodes v[LAYOUT_COLS];
};

static void
side_add(struct arena *a, struct nodes *to, const struct nodes *from)
{
        for (size_t i = 0; i < from->n; i++)
                *VEC_PUSH(a, to) = from->v[i];
}

/* Up to the first node that stop() knows; gives how many. */
static size_t
take_until(struct arena *a, struct nodes *to, const struct nodes *from, bool (*stop)(struct str))
{
        size_t i = 0;

        while (i < from->n && (from->v[i].table || !stop(from->v[i].text)))
                *VEC_PUSH(a, to) = from->v[i++];
        return i;
}

static void
take_rest(struct arena *a, struct nodes *to, const struct nodes *from, size_t i)
{
        while (i < from->n)
                *VEC_PUSH(a, to) = from->v[i++];
}

/* Issuer, motto, number and subject, dateline: papers that are not set side by side have that order. */
static void
head_order(struct arena *a, const struct side *s, size_t cols, struct nodes *ret)
{
        size_t left = take_until(a, ret, &s->v[0], is_number_line), right[LAYOUT_COLS] = { 0 };

        for (size_t i = 1; i < cols; i++)
                right[i] = take_until(a, ret, &s->v[i], is_dateline);
        take_rest(a, ret, &s->v[0], left);
        for (size_t i = 1; i < cols; i++)
                take_rest(a, ret, &s->v[i], right[i]);
}

static void
gap(struct arena *a, struct nodes *ret)
{
        VEC_PUSH(a, ret)->text = S("");
}

static void
sides_out(struct arena *a, const struct side *s, size_t cols, bool head, struct nodes *ret)
{
        gap(a, ret);
        if (head && cols > 1) {
                head_order(a, s, cols, ret);
        } else {
                for (size_t i = 0; i < cols; i++) {
                        side_add(a, ret, &s->v[i]);
                        gap(a, ret);
                }
        }
        gap(a, ret);
}

bool
tree_flatten(struct tree *t, const struct ttable *table, struct nodes *ret)
{
        struct arena *a = t->c->arena;
        size_t cols = columns(table);
        struct side s = { 0 };
        struct str text;
        bool head, foot;

        if (table->sure || table->n == 0 || cols == 0 || cols > LAYOUT_COLS)
                return false;
        if (cols > 1 && (table->n > LAYOUT_ROWS || is_numbered(a, table)))
                return false;
        text = whole(a, table);
        head = has_motto(text);
        foot = has_recipients(text);
        if (cols == 1 ? table->n > 3 && table->lines : table->lines && !head && !foot)
                return false;
        if (!head && !foot && cols > 1 && table->n > 4)
                return false;
        *ret = (struct nodes){ 0 };
        for (size_t r = 0; r < table->n; r++)
                for (size_t k = 0; k < table->v[r].n; k++)
                        side_add(a, &s.v[k], &table->v[r].v[k].inside);
        sides_out(a, &s, cols, head, ret);
        return true;
}

/* ---- tabs -------------------------------------------------------------------------------------------------- */

/* Cuts a line at its first tab or wide gap: the first part, the rest. */
static bool
cut_tabs(struct str s, struct str *ret_left, struct str *ret_right)
{
        struct str t = s;
        size_t at = 0;

        while (t.n && t.p[0] == ' ')
                t = str_sub(t, 1, t.n);
        while (at < t.n && t.p[at] != '\t' && !str_starts(str_sub(t, at, t.n), S("    ")))
                at++;
        *ret_left = str_trim(str_sub(t, 0, at));
        *ret_right = str_trim(str_sub(t, at, t.n));
        return ret_right->n > 0;
}

size_t
tree_tabbed(struct tree *t, const struct nodes *list, size_t from, struct nodes *ret)
{
        struct arena *a = t->c->arena;
        struct side s = { 0 };
        struct str left, right;
        bool head, foot;
        size_t i = from;

        if (list->v[from].table || !cut_tabs(list->v[from].text, &left, &right))
                return 0;
        head = has_motto(right);
        foot = has_recipients(left);
        if (!head && !foot)
                return 0;
        for (; i < list->n && i < from + TABBED_MAX && !list->v[i].table; i++) {
                struct node n = list->v[i];

                if (!cut_tabs(n.text, &left, &right)) {
                        if (head || !str_starts(str_trim(n.text), S("-")))
                                break;
                        left = str_trim(n.text);
                        right = STR_NONE;
                }
                n.text = left;
                if (left.n)
                        *VEC_PUSH(a, &s.v[0]) = n;
                n.text = right;
                if (right.n)
                        *VEC_PUSH(a, &s.v[1]) = n;
        }
        *ret = (struct nodes){ 0 };
        sides_out(a, &s, 2, head, ret);
        return i - from;
}

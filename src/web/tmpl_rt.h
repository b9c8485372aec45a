/* tmpl_rt.h - what the C written by tools/tmplc calls: escapes, dates, translation. Pages do not call these. */
#ifndef TMPL_RT_H
#define TMPL_RT_H

#include "dd_date.h"
#include "dd_ui.h"

static inline void
tmpl_lit(struct dd_buf *o, struct str s)
{
        buf_put(o, s.p, s.n);
}

void tmpl_text(struct dd_buf *o, struct str s); /* HTML text and quoted attributes */
void tmpl_cstr(struct dd_buf *o, const char *s);
void tmpl_i64(struct dd_buf *o, int64_t v);
void tmpl_day(struct dd_buf *o, int32_t day);    /* 30/9/2023; nothing for DD_NO_DAY */
void tmpl_iso(struct dd_buf *o, int32_t day);    /* 2023-09-30 */
void tmpl_time(struct dd_buf *o, int64_t utc);   /* 14:05 30/9/2023 at UTC+7 */
void tmpl_size(struct dd_buf *o, int64_t bytes); /* 48 KB; 1,5 MB */
void tmpl_url(struct dd_buf *o, struct str s);   /* one value of a query or one part of a path, percent-encoded */
void tmpl_uri(struct dd_buf *o, struct str s);   /* a query already put together */
void tmpl_href(struct dd_buf *o, struct str s);  /* a whole address: relative, https: or mailto:; "#" for any other */

/* ---- translation: the Vietnamese sentence is the key (po/en.po) ---- */

/* Its English, or the sentence itself. */
struct str tr(bool english, struct str key);
const char *tr_message(const char *vietnamese); /* for struct dd_ctx: English of a message */

enum tmpl_arg_kind { ARG_STR, ARG_I64, ARG_DAY, ARG_ISO };
struct tmpl_arg {
        enum tmpl_arg_kind kind;
        struct str s;
        int64_t v;
};

static inline struct tmpl_arg
tmpl_arg_str(struct str s)
{
        return (struct tmpl_arg){ .kind = ARG_STR, .s = s };
}
static inline struct tmpl_arg
tmpl_arg_cstr(const char *s)
{
        return (struct tmpl_arg){ .kind = ARG_STR, .s = str_of(s) };
}
static inline struct tmpl_arg
tmpl_arg_i64(int64_t v)
{
        return (struct tmpl_arg){ .kind = ARG_I64, .v = v };
}
static inline struct tmpl_arg
tmpl_arg_day(int32_t day)
{
        return (struct tmpl_arg){ .kind = ARG_DAY, .v = day };
}
static inline struct tmpl_arg
tmpl_arg_iso(int32_t day)
{
        return (struct tmpl_arg){ .kind = ARG_ISO, .v = day };
}
#define TMPL_ARG(x)                                                                                                    \
        _Generic((x), struct str: tmpl_arg_str, char *: tmpl_arg_cstr, const char *: tmpl_arg_cstr, default: tmpl_arg_i64)(x)

struct str tmpl_tr(const struct ui *u, struct str key);
/* Fills the holes: {} the next value, {2} the second. In English "[task|tasks]" is the word that goes with the value
 * before it, or with the first when none stands before. In u->arena. */
struct str tmpl_trf(const struct ui *u, struct str key, const struct tmpl_arg *v, size_t n);
/* Words made by core: a fixed one is a key itself, a number in them stands as {} in the key ("Quá hạn {} ngày"). */
struct str tmpl_tr_made(const struct ui *u, struct str words);
/* What the reader noted of a paper, parts joined by " · "; what has the paper's own words in it stays as it is. */
struct str tmpl_tr_notes(const struct ui *u, struct str notes);

/* The same for handlers: T(u, "Đã ghi nhận."), TF(u, "Đã giao {} nhiệm vụ", TMPL_ARG(n)). */
#define T(u, key) tmpl_tr((u), S(key))
#define TF(u, key, ...)                                                                                                \
        tmpl_trf((u), S(key), (const struct tmpl_arg[]){ __VA_ARGS__ },                                                \
                 sizeof((const struct tmpl_arg[]){ __VA_ARGS__ }) / sizeof(struct tmpl_arg))

/* Written by tools/poc from po/en.po: sorted by key. */
struct tr_row {
        struct str key, english;
};
extern const struct tr_row tr_rows[];
extern const size_t tr_rows_n;

#endif

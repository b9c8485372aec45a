/* extract_priv.h - inside the extraction: text as scanners see it, patterns, and the passes in the order they run. */
#ifndef EXTRACT_PRIV_H
#define EXTRACT_PRIV_H

#include "dd_draft.h"

/* ---- scan.c: a text and its bare form ------------------------------------------------------------------- */

/* Text beside its bare form of the same length: every letter is its small ASCII base, followed by BARE_FILL for the
 * other bytes it takes, so that one offset serves both. Words are looked up in the bare form (papers lose marks),
 * values are taken from the text. */
#define BARE_FILL  '\1'
#define BARE_OTHER '\2'

struct view {
        const char *t, *bare;
        size_t n;
};

/* Offset of the next letter. */
static inline size_t
view_next(const struct view *v, size_t at)
{
        if (at < v->n)
                at++;
        while (at < v->n && v->bare[at] == BARE_FILL)
                at++;
        return at;
}

/* A letter or digit of a bare text. */
static inline bool
bare_word(char ch)
{
        return ((ch | 32) >= 'a' && (ch | 32) <= 'z') || (ch >= '0' && ch <= '9') || ch == BARE_FILL;
}

/* A word may begin or end here. */
static inline bool
view_boundary(const struct view *v, size_t at)
{
        return at == 0 || at >= v->n || !bare_word(v->bare[at - 1]) || !bare_word(v->bare[at]);
}

struct view view_of(struct arena *a, struct str s);
struct view view_sub(const struct view *v, size_t from, size_t to);
struct str view_str(const struct view *v, size_t from, size_t to);  /* trimmed slice of the text */
size_t view_skip(const struct view *v, size_t at, const char *set); /* over bytes of set */

enum letter_case { CASE_NONE, CASE_SMALL, CASE_CAPITAL };
enum letter_case view_case(const struct view *v, size_t at);
/* Every word of the slice in capitals (codes such as QĐ-TTg allowed), at least one letter. */
bool view_capitals(const struct view *v, size_t from, size_t to);
/* End of the run of capital words from `at`; words in [brackets] are stepped over. */
size_t view_capital_run(const struct view *v, size_t at, size_t to);

/* ---- pattern.c ------------------------------------------------------------------------------------------ */

/* What a pattern caught, in order of appearance. */
struct caught {
        int32_t day[2];
        int year[4], month[4], quarter[4], number[4];
        int a_day, a_month; /* day and month without a year */
        uint8_t n_day, n_year, n_month, n_quarter, n_number;
        size_t rest; /* where {>} stood */
};

/* Patterns are written in bare letters: ' ' white space, '_' optional white space, (a|b) [optional], {D} whole date,
 * {A} day and month, {m} {y} {q} {n} month, year, quarter, number, {*} anything short, {>} remember the place,
 * '$' end of text but for stops. Letters at the end match whole words. Gives the end offset, 0 = no match. */
size_t pat(const struct view *v, size_t at, const char *pattern, struct caught *ret);
size_t pat_find(const struct view *v, size_t from, const char *pattern, size_t *ret_end); /* v->n = absent */
/* The letters a pattern can begin with, for loops that try it at many places. */
uint32_t pat_letters(const char *pattern);
bool letters_allow(uint32_t set, char ch);
bool scan_date(const struct view *v, size_t *at, int32_t *ret_day);

/* scan.c: text for people, line ends and runs of blanks become one blank. */
struct str squeezed(struct arena *a, struct str s);
struct str without_blanks(struct arena *a, struct str s);

/* ---- flow.c: the blocks as one text --------------------------------------------------------------------- */

struct seg {
        size_t from, to;     /* in the flow */
        int32_t block, cell; /* cell -1: a paragraph */
        bool gap;            /* a blank line before it */
};
struct seam {
        uint32_t at; /* offset in the flow */
        int32_t cp;  /* code point of the shown text there */
};
struct flow {
        struct view v;
        const struct blocks *b;
        struct seg *segs;
        size_t n_segs, cap_segs;
        struct seam *seams;
        size_t n_seams, cap_seams;
};

void flow_make(struct arena *a, const struct blocks *b, struct flow *ret);
struct span flow_span(const struct flow *f, size_t from, size_t to);
size_t flow_seg_at(const struct flow *f, size_t at); /* index of the segment that holds or follows `at` */
int32_t flow_line(const struct flow *f, size_t at);

/* ---- the draft in the making ---------------------------------------------------------------------------- */

struct xt {
        struct arena *a;
        struct flow f;
        struct draft *d;
        int year;
};

struct field field_at(struct xt *x, size_t from, size_t to, int confidence, const char *rule);
struct anomaly *anomaly_add(struct xt *x, const char *kind, struct str where, struct str text, struct span span,
                            int32_t task);
void task_note(struct xt *x, struct draft_task *t, struct str note);

/* The range of one paper in the flow. */
struct part {
        size_t from, to;
        size_t body;     /* behind the head */
        size_t foot;     /* "Nơi nhận", or `to` */
        size_t appendix; /* first appendix, or `to` */
        size_t dateline; /* "Tây Ninh, ngày ..." of the head, 0 = none */
};

/* doc.c: where papers begin. */
size_t parts_find(struct xt *x, struct part *ret, size_t max);

/* number.c */
struct code {
        size_t from, to;
        struct str text; /* without blanks; NULL when the number itself is left open */
        struct str type; /* "Kế hoạch" by its symbol, "Công văn", NULL unknown */
        bool spaced;     /* a blank inside */
};
bool scan_code(struct xt *x, const struct view *v, size_t at, struct code *ret);
struct str type_of_symbol(struct str code);
struct str issuer_of_symbol(struct str code);
/* A type word at `at` ("Quyết định", "NGHỊ ĐỊNH"); end offset, 0 = none. */
size_t scan_type(const struct view *v, size_t at, struct str *ret_type);
size_t scan_type_torn(const struct view *v, size_t at, struct str *ret_type); /* alone in its line, marks lost */

void head_read(struct xt *x, struct part *p, struct draft_document *d);                    /* head.c */
void title_read(struct xt *x, struct part *p, struct draft_document *d, size_t at);        /* title.c */
void issuer_read(struct xt *x, const struct part *p, struct draft_document *d, size_t to); /* issuer.c */
size_t authority_cut(const struct view *v, size_t from, size_t to);
void bases_read(struct xt *x, const struct part *p, struct draft_document *d); /* bases.c */
void foot_read(struct xt *x, struct part *p, struct draft_document *d);        /* foot.c */
bool signature_opens(const struct view *v, size_t from, size_t to);
void sections_read(struct xt *x, const struct part *p, struct draft_document *d); /* sections.c */
void consultation_read(struct xt *x, const struct part *p, struct draft_document *d);

/* item.c: numbered and dashed paragraphs. */
enum item_kind { ITEM_NONE, ITEM_ROMAN, ITEM_ARTICLE, ITEM_NUMBER, ITEM_LETTER, ITEM_DASH, ITEM_PLUS, ITEM_APPENDIX };
struct item {
        enum item_kind kind;
        struct str no; /* "II", "4.10", "đ" */
        size_t from, text, to;
};
struct item item_read(const struct flow *f, size_t seg);
int roman_value(struct str s);

/* table.c, tasks.c, ... */
size_t tables_read(struct xt *x, size_t from, size_t to); /* number of task tables */
void tasks_flat(struct xt *x, const struct part *p);
void tasks_labels(struct xt *x, const struct part *p);
void tasks_bracket(struct xt *x, const struct part *p);
void tasks_agencies(struct xt *x, const struct part *p);
void tasks_calendar(struct xt *x, const struct part *p);
void members_read(struct xt *x, const struct part *p);
void duties_read(struct xt *x, const struct part *p);
void anomalies_read(struct xt *x);
void lexicon_check(struct xt *x);

/* deadline.c: a deadline inside a sentence; false when there is none. */
bool deadline_in(struct xt *x, const struct view *v, int year, size_t *ret_from, size_t *ret_to, struct deadline *ret);
enum recur_kind recur_in(struct arena *a, const struct view *v);

/* agency*.c */
struct piece {
        size_t from, to; /* in the view */
        struct str note;
        const char *each; /* the head of the list it stands in: "Sở"; NULL usually */
};
struct pieces {
        struct piece *v;
        size_t n, cap;
        size_t helpers; /* where "phối hợp với ..." began: what follows helps; 0 = nowhere */
};
bool agency_head(const struct view *v, size_t at, size_t *ret_end);
bool agency_opens(const struct view *v, size_t at); /* stricter, for the beginning of a sentence */
void agency_split(struct arena *a, const struct view *v, struct pieces *ret);
struct str agency_expand(struct arena *a, struct str s);
enum agency_kind agency_kind_of(struct arena *a, struct str name);
/* A cell or phrase of the flow; those behind "phối hợp với" go to `helpers` (NULL: with the others). */
void mentions_at(struct xt *x, size_t from, size_t to, struct mentions *ret, struct mentions *helpers);
size_t agency_phrase(const struct view *v, size_t at); /* end of the agency that opens a sentence, 0 = none */
bool agency_verb(const struct view *v, size_t at);     /* what an agency does begins here */

/* ---- grid.c --------------------------------------------------------------------------------------------- */

struct json;
void grid_make(struct arena *a, const struct blocks *b, struct draft *d);
void grid_json(struct json_w *w, const struct draft *d);
bool grid_parse(struct arena *a, const struct json *j, struct draft *d); /* false: not of the form */

#endif

/* report_priv.h - the parts of the report. All are pure: data in, text out. */
#ifndef REPORT_PRIV_H
#define REPORT_PRIV_H

#include "dd_report.h"
#include "dd_task_beside.h"

struct report_data {
        struct q_committee_row committee;
        struct plan_full plan;
        struct board board;
        struct q_plan_event_rows events;
        struct q_plan_helper_rows helpers;
        struct task_beside *beside; /* of each task of the plan */
        int32_t day;
        bool by_standing;
};

/* The whole report from its data. */
void report_compose(struct arena *a, const struct report_data *d, struct report *ret);

/* ---- report_words.c ---- */

struct str words_two(struct arena *a, int64_t n);                 /* "03", "12", "0": numbers in papers */
struct str words_share(struct arena *a, int64_t n, int64_t of);   /* "03/21" */
struct str words_percent(struct arena *a, int64_t n, int64_t of); /* "14,3%"; "" when of is 0 */
struct str words_day(struct arena *a, int32_t day); /* "07/4/2023", "22/8/2023": zeros as in papers; "" for none */
/* A sentence somebody wrote, to stand after a colon: "Đã ..." begins small, a name keeps its letters. */
struct str words_note(struct arena *a, struct str s);
/* First letter small, unless what follows shows an abbreviation or a number. */
struct str words_lower_first(struct arena *a, struct str s);
struct str words_upper_first(struct arena *a, struct str s);
struct str words_bare(struct str s); /* without white space and end marks behind it */
/* "nhiệm vụ 4", "các nhiệm vụ 4, 8 và 12". */
/* "Ủy ban nhân dân xã Tân Hòa" of the same in capitals, as a head has it; anything else as it is. */
struct str words_body(struct arena *a, struct str s);
struct str words_list(struct arena *a, const struct str *v, size_t n);
struct str words_initials(struct arena *a, struct str name); /* "SKHĐT" of Sở Kế hoạch và Đầu tư */

/* ---- report_head.c: who issues, who signs, who receives ---- */

void report_head(struct arena *a, const struct report_data *d, struct report *r);
struct str report_committee(const struct report_data *d); /* full name */
/* Issued by the committee that reports; a plan whose paper names nobody is taken as its own. */
bool report_is_own_plan(struct arena *a, const struct report_data *d);
struct str report_speaker(const struct report_data *d); /* who speaks in the text: "Ban Chỉ đạo" */

/* ---- report_told.c: what was told of one task ---- */

struct told {
        struct str words; /* "đã đăng 6 tin, bài (đạt 40%, cập nhật ngày 12/9/2023)"; "" when nothing was told */
        struct str by_agency; /* the same, a line an agency when there are several */
        bool sample;
};
struct told report_told(struct arena *a, const struct report_data *d, const struct q_task_item_row *t);
enum task_state report_state(const struct report_data *d, const struct q_task_item_row *t);
struct str report_state_words(struct arena *a, const struct report_data *d, const struct q_task_item_row *t);

/* ---- sections ---- */

void report_text(struct arena *a, struct report *r, enum report_kind kind, struct str text);
struct report_table *report_table(struct arena *a, struct report *r, const struct report_col *cols, size_t n);

void report_opening(struct arena *a, const struct report_data *d, struct report *r);
void report_figures(struct arena *a, const struct report_data *d, struct report *r);   /* I */
void report_groups(struct arena *a, const struct report_data *d, struct report *r);    /* II */
void report_due(struct arena *a, const struct report_data *d, struct report *r);       /* III */
void report_trouble(struct arena *a, const struct report_data *d, struct report *r);   /* IV */
void report_proposals(struct arena *a, const struct report_data *d, struct report *r); /* V, closing */
void report_appendix(struct arena *a, const struct report_data *d, struct report *r);

#endif

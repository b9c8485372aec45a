/* dd_report.h - "Báo cáo tình hình thực hiện" of a plan at a day (c->as_of), in the layout of Decree 30/2020 (SPECS
 * part 1): what it says is put together once, and written as DOCX, shown as a page, or given as XLSX and ICS.
 *
 * Tasks are counted once, agencies by assignments; every figure stands with its denominator and its day (DOMAIN 2.6).
 */
#ifndef DD_REPORT_H
#define DD_REPORT_H

#include "dd_plan.h"

struct report_in {
        int64_t plan_id;
        bool by_standing; /* issued by the standing agency; default: by the committee, signed by its Head */
};

#define REPORT_COLS 8

struct report_col {
        struct str title;
        int32_t mm;
        bool center;
};
struct report_row {
        struct str cell[REPORT_COLS];
        bool bold;
};
struct report_table {
        const struct report_col *cols;
        size_t n_cols;
        struct report_row *v;
        size_t n, cap;
};

enum report_kind { REPORT_TEXT, REPORT_H1, REPORT_H2, REPORT_ITEM /* "- ..." */, REPORT_NOTE, REPORT_TABLE };

struct report_block {
        enum report_kind kind;
        struct str text;
        struct report_table *table; /* of REPORT_TABLE */
};
struct report_blocks {
        struct report_block *v;
        size_t n, cap;
};

/* A row of the appendix: title, leads and deadline letter by letter as the tracked plan has them. */
struct report_task {
        struct str group; /* "I. Công tác triển khai chỉ đạo" above the first task of a group, else STR_NONE */
        struct str no, title, leads, helpers, deadline;
        struct str followers; /* members who answer for it */
        struct str state;     /* "Quá hạn 5 ngày", and the day */
        struct str result;    /* what was told last */
};

struct report {
        int32_t day, year;
        struct str parent, issuer, symbol, place; /* of the head; number and date stay blank */
        struct str title;                         /* under BÁO CÁO, lines split by '\n' */
        struct str addressee;                     /* STR_NONE: none */
        struct report_blocks body;
        struct str authority[2]; /* "TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN" */
        size_t n_authority;
        struct str office, name; /* of the signer; STR_NONE: by hand */
        struct str *recipients;
        size_t n_recipients;
        struct str appendix, reference;
        struct report_task *tasks;
        size_t n_tasks;
        struct str plan_name; /* "Kế hoạch số 2653/KH-BCĐ" */
        bool sample;          /* some of it is an example of the demonstration */
        struct plan_full *plan;
        struct board *board;
};

/* Right: CAP_READ. DD_EINVAL when c->as_of is before the plan. Everything lives in c->arena. */
MUST_CHECK enum dd_err report_make(struct dd_ctx *c, const struct report_in *in, struct report *ret);

/* "bao-cao-2653-kh-bcd-2023-09-30.docx" */
struct str report_file_name(const struct dd_ctx *c, const struct q_plan_row *plan, const char *ending);

/* Whole files, appended to out. */
MUST_CHECK enum dd_err report_docx(struct dd_ctx *c, const struct report_in *in, struct dd_buf *out);
MUST_CHECK enum dd_err report_write_docx(struct dd_ctx *c, const struct report *r, struct dd_buf *out);
/* Closes the report of c->as_of: figures and paper are stored as they are now (core/dd_kept_report.h). Not within
 * dd_write: it writes by itself. Right: CAP_PLAN_EDIT. */
MUST_CHECK enum dd_err report_keep(struct dd_ctx *c, const struct report_in *in, struct str note, int64_t *ret_id);
MUST_CHECK enum dd_err report_xlsx(struct dd_ctx *c, const struct report_in *in, struct dd_buf *out);
/* Deadlines of the tasks still open, an all-day event each; UIDs stay the same from one file to the next. */
MUST_CHECK enum dd_err report_ics(struct dd_ctx *c, const struct report_in *in, struct dd_buf *out);

#endif

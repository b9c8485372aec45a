/* dd_ui.h - what the frame and the widgets show: plain texts and numbers, filled by the handler, drawn by
 * layout.tmpl and ui.tmpl. Nothing here reads a database. The look is settled in static/app.css. */
#ifndef DD_UI_H
#define DD_UI_H

#include "dd_base.h"

/* The six states a person sees (colour, shape and word, always the three). */
enum ui_state {
        UI_DONE,    /* hoàn thành */
        UI_WAIT,    /* chờ xác nhận */
        UI_OVERDUE, /* quá hạn */
        UI_SOON,    /* sắp đến hạn, cần xem */
        UI_RUN,     /* đang thực hiện */
        UI_IDLE,    /* chưa bắt đầu, thường xuyên */
        UI_STATES
};

/* Rows of the left list, in their order. */
enum ui_nav {
        NAV_NONE,
        NAV_HOME,
        NAV_BOARD,
        NAV_TASKS,
        NAV_DOCUMENTS,
        NAV_CONFIRM,
        NAV_REPORTS,
        NAV_AGENCIES,
        NAV_MEMBERS,
        NAV_COMMITTEE,
        NAV_ACCOUNTS,
        NAV_AUDIT,
        NAV_SETUP,
        NAV_ROWS
};

struct ui_row {
        bool show;
        bool urgent;   /* the count waits for this person: red */
        int64_t count; /* below 0: none shown */
};

enum ui_theme { THEME_AUTO, THEME_LIGHT, THEME_DARK };
enum ui_frame {
        FRAME_PAGE,  /* top bar, left list, content */
        FRAME_WIDE,  /* top bar only, content over the whole width: verification */
        FRAME_PLAIN, /* neither: sign-in, errors for strangers */
};

struct ui_param {
        struct str name, value;
};
struct ui_params {
        const struct ui_param *v;
        size_t n;
};

struct ui_link {
        struct str label, href;
};
struct ui_links {
        const struct ui_link *v;
        size_t n;
};

/* Second parameter of every template. */
struct ui {
        struct arena *arena; /* sentences with holes are made here */
        bool english;
        enum ui_theme theme;
        enum ui_frame frame;

        struct str title;        /* of the browser's tab; "Đôn Đốc" is added */
        struct str path;         /* of this request, without its query */
        struct ui_params params; /* its query without as-of, kept when the day changes */
        int32_t as_of, today;    /* the day looked at: all addresses of the page keep it */
        bool as_of_fixed;        /* this page does not depend on a day: no control */
        struct str csrf, key;    /* hidden fields of every form: token, fresh idempotency key */
        struct str script;       /* one more script of this page, "verify.js"; STR_NONE = none */
        struct str search;       /* typed into the search box */

        struct str other_language; /* this page in the other language, for who is not signed in */
        bool signed_in;
        struct str user_post; /* "Lãnh đạo cơ quan thường trực" */
        struct str user_agency;
        struct str user_initials;   /* "TT" */
        struct str committee;       /* short: "BCĐ kinh tế tập thể, HTX tỉnh Tây Ninh" */
        struct str committee_full;  /* print heading */
        struct str plan;            /* print heading: "Kế hoạch 2653/KH-BCĐ năm 2023"; STR_NONE = none */
        struct ui_links prefs;      /* in the person's menu: language, theme, password */
        struct ui_links committees; /* to change to; fewer than two: no menu */

        enum ui_nav active;
        struct ui_row nav[NAV_ROWS];

        struct str notice; /* one line after an action: "Đã ghi nhận." */
        enum ui_state notice_state;
};

/* ---- views of the widgets ---- */

struct ui_action {
        struct str label, href;
        bool primary; /* at most one a page */
};
struct ui_actions {
        const struct ui_action *v;
        size_t n;
};

struct ui_head {
        struct ui_links crumbs;
        struct str title;
        struct str facts; /* one line: parts joined by " · " */
        bool has_state;   /* badge at the right */
        enum ui_state state;
        struct str state_word;     /* STR_NONE: the state's own word */
        struct ui_actions actions; /* links; the primary one stands last */
};

struct ui_card {
        struct str id;    /* for links and aria; needed when title is set */
        struct str title; /* STR_NONE: no head */
        struct str note;  /* faint, behind the title: a count, a hint */
        struct ui_link more;
        bool flush; /* content runs to the edge: tables, lists */
};

/* One of the five numbers. */
struct ui_figure {
        int64_t value;
        struct str of;    /* "21", "4 đã đến hạn"; STR_NONE: no denominator */
        struct str label; /* "Đã hoàn thành" */
        struct str note;  /* "đúng hạn 3 · quá hạn 0" */
        enum ui_state state;
        struct str href;
};
struct ui_figures {
        const struct ui_figure *v;
        size_t n;
};

struct ui_th {
        struct str label;
        struct str href; /* sorts by this column; STR_NONE: not sortable */
        int sorted;      /* 1 upward, -1 downward, 0 not by this column */
        bool num;        /* numbers stand right */
        bool heat;       /* column of a heat map */
};
struct ui_ths {
        const struct ui_th *v;
        size_t n;
};

struct ui_pager {
        struct str prev, next; /* addresses; STR_NONE: no such page */
        int64_t shown, total;  /* rows here, rows in all (below 0: not counted) */
        struct str noun;       /* "nhiệm vụ" */
};

struct ui_file {
        struct str name, href;
        int64_t size; /* bytes */
};
struct ui_files {
        const struct ui_file *v;
        size_t n;
};

struct ui_event {
        int32_t day;
        enum ui_state state;
        bool faint;       /* automatic or of small weight: hollow dot */
        struct str title; /* "Cập nhật: 70 %" */
        struct str after; /* behind the title, plain */
        struct str text;  /* second line */
        struct str word;  /* badge behind the title; STR_NONE: none */
        enum ui_state word_state;
        struct str by;       /* who and when it was recorded */
        struct str gone;     /* taken back: by whom, when and why; struck through then */
        struct ui_link undo; /* where it can be taken back; STR_NONE: cannot */
        struct ui_files files;
};
struct ui_events {
        const struct ui_event *v;
        size_t n;
};

struct ui_tab {
        struct str label, href;
        int64_t count; /* below 0: none */
        bool here;
};
struct ui_tabs {
        const struct ui_tab *v;
        size_t n;
};

struct ui_chip {
        struct str name, note, href; /* note: "vốn đầu tư"; href STR_NONE: no link */
};
struct ui_chips {
        const struct ui_chip *v;
        size_t n;
};

/* Choices that come from the database. */
struct ui_option {
        struct str value, label;
};
struct ui_options {
        const struct ui_option *v;
        size_t n;
};

struct ui_empty {
        struct str title; /* what will stand here */
        struct str text;  /* why it is empty, what to do */
        struct ui_link next;
};

/* A sentence of a paper, with what matters marked. */
struct ui_quote {
        struct str before, mark, after;
        struct str where; /* "Phụ lục I, nhóm I, dòng 2" */
        struct str note;  /* "bản gốc ghi «Kiểm toàn», đã sửa khi kiểm tra" */
        struct str href;  /* opens the paper at its place */
};

/* The question before a step that is hard to take back. */
struct ui_confirm {
        struct str title, text;
        struct str action;       /* where the form goes */
        struct ui_params hidden; /* further fields */
        int64_t version;         /* of the row it changes; 0: none */
        struct str verb;         /* "Giao 21 nhiệm vụ" */
        struct str cancel;       /* address */
        bool danger;
        struct str reason; /* label of a required reason (field "reason"); STR_NONE: none asked */
};

/* From the assigning to the deadline, and where the day stands. */
struct ui_span {
        int32_t from, due, extended, now; /* extended DD_NO_DAY: none asked */
        enum ui_state state;
};

/* ---- texts (ui.c) ---- */

const char *ui_state_class(enum ui_state s); /* "done" ... */
const char *ui_state_sign(enum ui_state s);  /* "✓" ... */
struct str ui_state_word(enum ui_state s);   /* Vietnamese; the key for translation */
struct str ui_nav_word(enum ui_nav row);
struct str ui_nav_href(enum ui_nav row);
/* The beginning of a long text, up to a word. */
struct str ui_short(struct arena *a, struct str s, size_t bytes);
/* An address of ours that keeps the day looked at when it is not today. Every address of a page is made by this, or by
 * web_href() and WEB_PATH(), which call it; tools/check-words refuses others. */
struct str ui_to(const struct ui *u, struct str path);
bool ui_nav_any(const struct ui *u, enum ui_nav first, enum ui_nav last);
/* Place of a day on the line from s->from to its end, 0..1000. */
int ui_span_at(const struct ui_span *s, int32_t day);
int ui_span_tick(const struct ui_span *s, int32_t day); /* left edge of its tick, which stays on the line */

const char *ui_input_type(int form_type);        /* of a field that is an <input>; enum form_type */
const char *ui_secret_hint(const char *name);    /* autocomplete of a password field */
bool ui_in_list(struct str list, struct str id); /* "3,5,8" has "5" */
struct form_shown;
struct form_state;
/* Ids of the hint and the fault beside a field; "" when it has neither. */
struct str ui_described(const struct ui *u, const struct form_shown *f);
int64_t ui_form_faults(const struct form_state *s);

#endif

/* dd_draft.h - the draft of a plan as read from a paper: every field with its source span, raw text, confidence and the
 * rule that made it. Pure data; made by extract, carried by worker, verified by a person, turned into a plan by core.
 * The JSON form (draft_json, draft_parse) is the public output of `dondoc extract` plus the fields' provenance. */
#ifndef DD_DRAFT_H
#define DD_DRAFT_H

#include "dd_blocks.h"
#include "dd_date.h"

/* A value as read: raw words, where they stand, how sure. */
struct field {
        struct str text; /* value; NULL = the paper does not say */
        struct span span;
        int32_t confidence; /* percent */
        const char *rule;   /* name of the rule, static text; "" after draft_parse of unknown rules */
        struct str note;    /* oddity for the verifier, NULL usually */
};

enum deadline_kind {
        DL_NONE,
        DL_DONE,
        DL_DATE,
        DL_MONTH,
        DL_QUARTER,
        DL_HALF,
        DL_YEAR,
        DL_RANGE,
        DL_RECURRING,
        DL_ONGOING,
        DL_RELATIVE,
        DL_UNKNOWN,
        DL_KIND_MAX
};
enum recur_kind {
        RECUR_NONE,
        RECUR_WEEKLY,
        RECUR_MONTHLY,
        RECUR_QUARTERLY,
        RECUR_HALF_YEARLY,
        RECUR_YEARLY,
        RECUR_MAX
};

struct deadline {
        enum deadline_kind kind;
        int32_t start, due; /* days; DD_NO_DAY = open or unknown */
        enum recur_kind recur;
        struct str note; /* "before", "through", "anchor=--MM-DD", the rest of a mixed expression */
};

enum agency_kind {
        AK_DEPARTMENT,
        AK_DISTRICT_COMMITTEE,
        AK_COMMUNE_COMMITTEE,
        AK_MASS_ORGANISATION,
        AK_PARTY,
        AK_MINISTRY,
        AK_GROUP,
        AK_OTHER,
        AK_MAX
};

/* One agency named in a cell. */
struct mention {
        struct str text; /* as printed */
        struct str name; /* spelled out */
        enum agency_kind kind;
        struct str note; /* what stands in brackets: "vốn đầu tư"; a post */
        struct span span;
        int32_t confidence;
};
struct mentions {
        struct mention *v;
        size_t n, cap;
};

struct draft_task {
        struct str no, group;
        struct str parent; /* number of the task or item it is a part of ("2" of "2.1"), NULL usually */
        struct field title;
        struct mentions lead, coordinating;
        struct field lead_field, coordinating_field; /* the whole cells */
        struct field deadline_text;
        struct deadline deadline;
        struct field output;
        int32_t block, line;
        struct span span; /* the whole row or sentence */
        int32_t confidence;
        struct str *notes; /* oddities for the verifier, in Vietnamese */
        size_t n_notes;
};

struct draft_basis {
        struct str type, number, name, role; /* NULL where the text does not show it */
        int32_t date;
        struct field source; /* the whole clause as printed */
};

struct draft_item { /* a numbered paragraph of a section: purposes, focus points, organisation */
        struct str no;
        struct str text;
        struct span span;
};

struct draft_section {
        struct str no, title; /* "I", "MỤC ĐÍCH, YÊU CẦU" */
        struct draft_item *items;
        size_t n_items, cap_items;
};

struct draft_document {
        struct field type, number, date_text, place, issuer, parent, addressee, title;
        int32_t date;
        struct draft_basis *bases;
        size_t n_bases, cap_bases;
        struct field *recipients;
        size_t n_recipients, cap_recipients;
        struct field signer_name, signer_title, signer_second_title;
        struct str capacity[4];
        size_t n_capacity;
        struct draft_section *sections;
        size_t n_sections, cap_sections;
        struct span span; /* the part of the text that is this document */
        /* The consultation a memo reports; asked == 0: none. */
        struct {
                struct str letter;
                int32_t date;
                int32_t members_answered, members_asked, districts_answered, districts_asked, agree, comment;
                struct span span;
        } consultation;
};

struct draft_group {
        struct str no, title;
        struct span span;
};

struct draft_member {
        struct str no;
        struct field post, role, agency, sector;
        struct field duty; /* the whole paragraph */
        bool heading;      /* an entry that introduces others, not a seat */
        struct span span;
};

struct draft_duty {
        struct str no;
        struct field agency, text;
        enum recur_kind recur;
        bool request; /* "Đề nghị ...": asked, not ordered */
        struct span span;
};

struct anomaly {
        const char *kind;       /* closed list of the corpus README */
        struct str where, text; /* place in the paper; what is odd, for people */
        struct span span;
        int32_t task; /* index of the task it belongs to, -1 = none */
};

/* A row of a file that is one table, as it stands there. */
#define DRAFT_GRID_ROWS    6000
#define DRAFT_GRID_COLUMNS 64
struct draft_row {
        int32_t line;
        struct str *cells;
        size_t n;
};
/* What the head of a column says it holds. */
enum draft_column {
        DRAFT_COL_NONE,
        DRAFT_COL_NO,
        DRAFT_COL_TITLE,
        DRAFT_COL_LEAD,
        DRAFT_COL_COORDINATING,
        DRAFT_COL_DEADLINE,
        DRAFT_COL_OUTPUT,
        DRAFT_COL_REMARK
};
enum draft_column draft_column_of(struct arena *a, struct str heading);

struct draft {
        struct str file, format;
        struct str text;   /* shown text; spans point into it */
        int32_t pages;     /* of a paper that comes as pages (PDF, scans): worker_page_image shows them; 0: none */
        struct box *boxes; /* words on those pages, in the order of the text */
        size_t n_boxes;
        struct draft_document *documents;
        size_t n_documents, cap_documents;
        struct draft_group *groups;
        size_t n_groups, cap_groups;
        struct draft_task *tasks;
        size_t n_tasks, cap_tasks;
        struct draft_member *members;
        size_t n_members, cap_members;
        struct draft_duty *duties;
        size_t n_duties, cap_duties;
        struct anomaly *anomalies;
        size_t n_anomalies, cap_anomalies;
        struct draft_row *grid; /* of a file that is one table: its cells, whatever they mean */
        size_t n_grid;
};

/* The longest lists of a draft. What is longer is refused where it is made (draft_make, DD_ETOOBIG) and where it is
 * read back (draft_parse): a plan of a province has some hundred tasks. */
#define DRAFT_LIST_MAX  20000  /* tasks, groups, members, duties, anomalies */
#define DRAFT_ITEMS_MAX 100000 /* paragraphs of one section */
#define DRAFT_SMALL_MAX 1000   /* papers, bases, recipients, sections, agencies of a cell, notes */

/* Blocks to draft, a pure function of the blocks and the reference year (0: the document's own). */
MUST_CHECK enum dd_err draft_make(struct dd_ctx *c, const struct blocks *b, int year, struct draft *ret);

/* Second pure function, in the parent: names resolved against a directory valid at the document's date. */
struct directory_entry {
        int64_t id;
        struct str name, abbreviation; /* spelled out; "STC" */
        enum agency_kind kind;
        int32_t valid_from, valid_to;
};
struct directory {
        const struct directory_entry *v;
        size_t n;
};
struct resolved {
        int64_t id;      /* 0: none close enough */
        double distance; /* per syllable */
        bool ask;        /* between the accept and the ask bound of SPECS 4.5 */
};
struct resolved mention_resolve(struct arena *a, const struct directory *d, const struct mention *m, int32_t day);

/* Parsers of single expressions, also `dondoc parse`. */
void deadline_parse(struct arena *a, struct str text, int year, struct deadline *ret);
void agency_parse(struct arena *a, struct str text, struct str province, struct mentions *ret);
const char *deadline_kind_name(enum deadline_kind k); /* "year"; NULL for DL_NONE */
const char *recur_name(enum recur_kind r);            /* "half-yearly"; NULL for RECUR_NONE */
const char *agency_kind_name(enum agency_kind k);     /* "district-committee" */

/* JSON. The reader validates everything: lengths, spans within text, closed lists; its input is untrusted. */
struct json_w;
void draft_json(struct json_w *w,
                const struct draft *d); /* writes the object of ../score README, fields' provenance under "fields" */
void draft_json_members(struct json_w *w, const struct draft *d); /* the same, into an object the caller opened */
MUST_CHECK enum dd_err draft_parse(struct dd_ctx *c, struct str json, struct draft *ret);
void draft_table(struct dd_buf *out, const struct draft *d); /* for people, `dondoc extract --table` */

#endif

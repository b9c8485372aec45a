/* agency_priv.h - the tables of agency_table.c. */
#ifndef AGENCY_PRIV_H
#define AGENCY_PRIV_H

#include "extract_priv.h"

struct field_name {
        const char *name, *words, *abbreviations; /* the last two parted by blanks */
};
struct abbreviation {
        const char *shorter, *whole;
};
struct head_word {
        const char *word;
        enum agency_kind kind;
        bool field, sub, common;
};
struct kind_rule {
        const char *pattern;
        enum agency_kind kind;
};
struct behind_form {
        const char *head, *shorter, *whole; /* the last word of the head, bare, as a pattern */
};
struct whole_name {
        const char *bare, *name;
};
struct joint {
        const char *first, *second;
        bool named; /* a name may follow the first part: "Khu kinh tế Nghi Sơn và các khu công nghiệp" */
};
struct list_head {
        const char *pattern, *each;
        bool whole; /* its items are names of their own */
};
/* Spelled out as agency_expand does, but a wrong letter stays wrong: names that are to be compared. */
struct str agency_expand_exact(struct arena *a, struct str text);
struct lending {
        const char *first, *second_end, *tail;
};

extern const struct field_name FIELDS[];
extern const size_t N_FIELDS;
extern const struct abbreviation ABBREVIATIONS[];
extern const size_t N_ABBREVIATIONS;
extern const struct behind_form BEHIND[];
extern const size_t N_BEHIND;
extern const struct head_word HEADS[];
extern const size_t N_HEADS;
extern const char *const NO_HEADS[];
extern const size_t N_NO_HEADS;
extern const struct kind_rule KINDS[];
extern const size_t N_KINDS;
extern const struct whole_name NAMES[];
extern const size_t N_NAMES;
extern const struct joint JOINTS[];
extern const size_t N_JOINTS;
extern const struct list_head LIST_HEADS[];
extern const size_t N_LIST_HEADS;
extern const struct lending LENDINGS[];
extern const size_t N_LENDINGS;

/* The head word at `at`, NULL none; *ret_end behind it. */
const struct head_word *head_at(const struct view *v, size_t at, size_t *ret_end);
/* A word written with its marks stands at `at`, in either case and tone style. End offset, 0 = no. */
size_t marked_at(const struct view *v, size_t at, const char *word);
/* Splits a cell, joins parts of one body, cuts superiors off: the names that stand in it. */
struct str piece_name(struct arena *a, const struct view *v, const struct piece *p); /* spelled out */
void mentions_split(struct arena *a, const struct view *v, struct pieces *ret);
/* A token in capitals (three letters or more, or a known abbreviation) at `at`. End offset, 0 = no. */
size_t acronym_at(const struct view *v, size_t at);
const char *abbreviation_of(struct str token);
/* The longest field that begins at `at`, whatever its spelling; end offset, 0 = none. */
size_t field_prefix(const struct view *v, size_t at, const char **ret_name);
const char *field_of(const struct view *v, size_t from, size_t to); /* the field whose name stands there, NULL none */
/* The one field that these words would be but for two letters ("Dân tộng"); NULL none, or several. */
const char *field_near(const struct view *v, size_t from, size_t to);
const char *field_by_abbreviation(struct arena *a, struct str s);
/* Đ and D are one letter in acronyms. */
bool same_acronym(struct str token, struct str known, bool loose);

#endif

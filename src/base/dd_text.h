/* dd_text.h - UTF-8 and Vietnamese text: normal form, folding, sort keys, tokens. Tables, no locale.
 * Rules: SPECS part 4 (134 letters, tone placement, i/y, bare and exact keys, collation). */
#ifndef DD_TEXT_H
#define DD_TEXT_H

#include "dd_base.h"

/* Decodes one code point at s.p[*i] and advances *i; U+FFFD for a bad byte (advances 1). */
uint32_t utf8_next(struct str s, size_t *i);
size_t utf8_put(char out[4], uint32_t cp); /* bytes written */
bool utf8_valid(struct str s, size_t *ret_bad_offset);
size_t utf8_len(struct str s); /* code points */

/* NFC; also mends what Vietnamese keyboards and files bring (U+0340/0341, eth for đ, zero-width, soft hyphen, NBSP
 * inside words become what they stand for). Returns s itself when it already is. */
struct str text_nfc(struct arena *a, struct str s);

struct str text_lower(struct arena *a, struct str s); /* Unicode-aware for Latin */
struct str text_upper(struct arena *a, struct str s);
struct str text_fold(struct arena *a, struct str s);  /* bare: lower, no marks, đ -> d, spaces collapsed */
struct str text_slug(struct arena *a, struct str s);  /* for names of files: "2653/KH-BCĐ" gives "2653-kh-bcd" */
struct str text_exact(struct arena *a, struct str s); /* lower, old tone style, i/y folded: the exact search key */
bool text_has_marks(struct str s);
/* Bytes that sort as Vietnamese dictionaries do (a ă â b c d đ ...; tones none huyền hỏi ngã sắc nặng). */
struct str text_sortkey(struct arena *a, struct str s);
struct str text_sortkey_name(struct arena *a, struct str s); /* of a person: given name first */
/* Roughly: can this token be a Vietnamese syllable? For encoding detection and OCR scoring. */
bool text_is_syllable(struct str token);

/* Search tokens of a text: syllables (exact and bare form) and codes such as 2653/KH-BCĐ whole and in parts.
 * One function serves both databases. */
struct text_token {
        struct str exact;  /* text_exact form */
        struct str bare;   /* text_fold of exact; equal to exact where the word has no marks */
        uint32_t from, to; /* byte offsets into the text */
        uint32_t pos;      /* position; parts of one code share the position of the code */
};
struct text_tokens {
        struct text_token *v;
        size_t n, cap;
};
void text_tokenize(struct arena *a, struct str s, struct text_tokens *ret);

/* Weighted syllable distance of SPECS 4.5 (tone 0.2, hat 0.3, đ/d 0.2, missing syllable 1), 0 = same name. */
double text_distance(struct arena *a, struct str x, struct str y);

#endif

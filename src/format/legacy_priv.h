/* legacy_priv.h - Vietnamese encodings from before Unicode (SPECS 4.3): TCVN3 (ABC), VNI-Windows, VPS, VISCII, CP1258.
 */
#ifndef LEGACY_PRIV_H
#define LEGACY_PRIV_H

#include "dd_base.h"

enum legacy {
        LEGACY_UNSET,   /* a style that says nothing of fonts */
        LEGACY_UNICODE, /* nothing to do */
        LEGACY_TCVN3,
        LEGACY_TCVN3_CAPS, /* fonts whose name ends in H show small letters as capitals */
        LEGACY_VNI,
        LEGACY_VPS,
        LEGACY_VISCII,
        LEGACY_1258
};

/* What the name of a font says of the letters set in it; LEGACY_UNICODE for all fonts but a few families. */
enum legacy legacy_of_font(struct str font);
/* Text whose letters are the code points of CP1252 (as office files keep it) to Unicode. Text that holds other letters
 * too was set in Unicode whatever its font says, and comes back as it is. */
struct str legacy_text(struct arena *a, enum legacy kind, struct str s);
/* The same from bytes. */
struct str legacy_bytes(struct arena *a, enum legacy kind, struct str bytes);
/* Which encoding makes Vietnamese syllables of these bytes; LEGACY_UNSET when none does so clearly. */
enum legacy legacy_guess(struct str bytes);
/* UTF-8 back to bytes of CP1252; false where some letter has none. `out` holds s.n bytes. */
bool legacy_to_cp1252(struct str s, char *out, size_t *ret_n);
/* Byte of CP1252 for a code point, -1 = none; symbols of old fonts at U+F000 count as their byte. */
int legacy_cp1252_byte(uint32_t cp);
uint32_t legacy_cp1252_letter(unsigned char b);

/* The tables, made from data/encodings_vn.tsv; 0 = a byte that stands for itself. */
struct legacy_pair {
        uint16_t key, cp; /* letter << 8 | mark */
};
extern const uint16_t legacy_tcvn3[256], legacy_vni[256], legacy_vps[256], legacy_viscii[256];
extern const struct legacy_pair legacy_vni_pairs[];
extern const size_t legacy_n_vni_pairs;

#endif

/* docx_read_priv.h - inside the reader of DOCX: names of WordprocessingML, styles, numbering. */
#ifndef DOCX_READ_PRIV_H
#define DOCX_READ_PRIV_H

#include "legacy_priv.h"
#include "package_priv.h"
#include "rels_priv.h"
#include "tree_priv.h"
#include "xml_priv.h"

/* Elements we look at, sorted as bytes; W_x of each. */
/* clang-format off */
#define W_NAMES(X) \
        X(AlternateContent) X(Choice) X(Fallback) X(abstractNum) X(abstractNumId) X(basedOn) X(bottom) X(br) \
        X(caps) X(cr) X(del) X(delInstrText) X(delText) X(docDefaults) X(endnote) X(ffData) X(fldChar) \
        X(footnote) X(framePr) X(gridAfter) X(gridBefore) X(gridSpan) X(hMerge) X(ilvl) X(insideH) X(insideV) \
        X(instrText) X(isLgl) X(jc) X(lastRenderedPageBreak) X(left) X(lvl) X(lvlOverride) X(lvlRestart) \
        X(lvlText) X(moveFrom) X(name) X(noBreakHyphen) X(num) X(numFmt) X(numId) X(numPr) X(numStyleLink) \
        X(numberingChange) X(outlineLvl) X(p) X(pPr) X(pPrChange) X(pStyle) X(r) X(rFonts) X(rPr) X(rPrChange) \
        X(rPrDefault) X(rStyle) X(right) X(rt) X(sdt) X(sdtContent) X(sdtPr) X(sectPr) X(showingPlcHdr) \
        X(softHyphen) X(start) X(startOverride) X(style) X(sym) X(t) X(tab) X(tabs) X(tbl) X(tblBorders) \
        X(tblGrid) X(tblHeader) X(tblPr) X(tblPrChange) X(tblPrEx) X(tblStyle) X(tblStylePr) X(tc) X(tcBorders) \
        X(tcPr) X(tcPrChange) X(textpath) X(top) X(tr) X(trPr) X(trPrChange) X(txbxContent) X(vMerge) X(vanish)
/* clang-format on */

#define W_ID(name) W_##name,
enum w_id { W_NAMES(W_ID) W_COUNT };

enum { NS_W, NS_MC, NS_M };
extern const struct xml_name w_names[W_COUNT];
extern const struct xml_name w_ns[];
#define W_NS_COUNT 4

/* "1": yes, "0": no, -1: not said. */
typedef int8_t tri;

struct wstyle {
        struct str id, based, name;
        enum legacy font;
        tri caps, hidden, centered, lines;
        int32_t num_id, ilvl; /* -1: not said */
        int32_t outline;      /* from 0; -1: none */
        bool para_default, solved, solving;
};

struct wstyles {
        struct wstyle *v;
        size_t n, cap;
        struct wstyle doc;         /* defaults of the document */
        const struct wstyle *para; /* default style of paragraphs */
};

MUST_CHECK enum dd_err wstyles_read(struct dd_ctx *c, struct package *p, struct str part, struct wstyles *ret);
/* With what it inherits; NULL when there is no such style. */
const struct wstyle *wstyles_find(const struct wstyles *s, struct str id);
/* What <w:rFonts> says. */
enum legacy wfont(const struct xml_el *e);

#define LEVELS 9

struct wlevel {
        int32_t start, restart; /* restart: -1 not said */
        struct str fmt, text, style;
        enum legacy font;
        bool legal;
};

struct wabstract {
        int32_t id;
        struct str num_style; /* defined by a style */
        struct wlevel level[LEVELS];
        int32_t count[LEVELS];
        bool begun[LEVELS];
};

struct wnum {
        int32_t id, abstract;
        int32_t over[LEVELS]; /* -1: none */
        bool used[LEVELS];
};

struct wlists {
        struct {
                struct wabstract *v;
                size_t n, cap;
        } abstract;
        struct {
                struct wnum *v;
                size_t n, cap;
        } num;
};

MUST_CHECK enum dd_err wlists_read(struct dd_ctx *c, struct package *p, struct str part, struct wlists *ret);
/* The next label of a list: "1.", "a)", "-"; "" = none. ilvl -1: the level that belongs to the style. */
struct str wlists_label(struct arena *a, struct wlists *l, const struct wstyles *s, int32_t num_id, int32_t ilvl,
                        struct str style);
/* list_label.c: a number as lists of Word and of LibreOffice write it. */
struct str list_number(struct arena *a, struct str fmt, int32_t n);
/* Signs at the head of a list: dashes and the many dots become "-" and "+". */
struct str list_sign(struct str sign);
/* What a sign of the fonts Symbol and Wingdings looks like: "-", "☑", "☐"; STR_NONE: none of those. */
struct str symbol_sign(uint32_t cp);

#endif

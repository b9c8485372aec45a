/* The parts every official paper has, in the boxes of Decree 30/2020, annex I (SPECS 1.2-1.4, 1.7). */
#include "docx_priv.h"

#include "dd_date.h"

#define HEAD_LEFT  DOCX_MM(66)
#define HEAD_RIGHT DOCX_MM(99)
#define FOOT_LEFT  DOCX_MM(75)
#define FOOT_RIGHT DOCX_MM(90)
#define HEAD_PT    13
#define MOTTO_PT   14
#define SIGN_GAP   DOCX_PT(76) /* room for a signature and the seal */

/* Rules under the agency and the subject: 1/3 to 1/2 of the line. */
static int32_t
short_rule(int32_t text_width)
{
        return text_width * 2 / 5;
}

static int32_t
page_width(const struct docx *d)
{
        return d->page == DOCX_LANDSCAPE ? DOCX_WIDTH_LANDSCAPE : DOCX_WIDTH_PORTRAIT;
}

/* One centred line or block in a cell. */
static void
centred(struct docx *d, struct str text, unsigned flags, int32_t size_pt, int32_t before)
{
        docx_para_begin(d, &(struct docx_para){ .style = DOCX_PLAIN, .align = DOCX_CENTER, .before = before });
        docx_run(d, text, flags, size_pt);
        docx_para_end(d);
}

/* ---- head ---------------------------------------------------------------------------------------------- */

static void
head_issuer(struct docx *d, const struct docx_head *h)
{
        docx_cell_begin(d, &(struct docx_cell){ .span = 1 });
        if (h->parent.p != NULL)
                centred(d, times_break(d->c->arena, h->parent, HEAD_PT, false, HEAD_LEFT), 0, HEAD_PT, 0);
        if (h->agency.p != NULL) {
                struct str name = times_break(d->c->arena, h->agency, HEAD_PT, true, HEAD_LEFT);

                centred(d, name, DOCX_BOLD, HEAD_PT, 0);
                docx_rule(d, HEAD_LEFT, short_rule(times_width(name, HEAD_PT, true)));
        }
        docx_cell_end(d);
}

static void
head_nation(struct docx *d)
{
        struct str motto = S("Độc lập - Tự do - Hạnh phúc");

        docx_cell_begin(d, &(struct docx_cell){ .span = 1 });
        centred(d, S("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), DOCX_BOLD, HEAD_PT, 0);
        centred(d, motto, DOCX_BOLD, MOTTO_PT, 0);
        docx_rule(d, HEAD_RIGHT, times_width(motto, MOTTO_PT, true));
        docx_cell_end(d);
}

/* Red frame of 20, 30 or 40 x 8 mm by the length of the mark (box 10b). */
static void
urgency_mark(struct docx *d, struct str mark)
{
        static const char *const sides[] = { "top", "left", "bottom", "right" };
        int32_t text = times_width(mark, 13, true);
        int32_t width = text < DOCX_MM(18) ? DOCX_MM(20) : text < DOCX_MM(28) ? DOCX_MM(30) : DOCX_MM(40);
        int32_t side = (HEAD_LEFT - width) / 2;
        struct dd_buf *b = &d->body;

        centred(d, STR_NONE, 0, 0, 0);
        buf_fmt(b, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/><w:pBdr>", docx_style_id(DOCX_PLAIN));
        for (size_t i = 0; i < ARRAY_LEN(sides); i++)
                buf_fmt(b, "<w:%s w:val=\"single\" w:sz=\"8\" w:space=\"3\" w:color=\"FF0000\"/>", sides[i]);
        buf_fmt(b, "</w:pBdr><w:ind w:left=\"%d\" w:right=\"%d\"/><w:jc w:val=\"center\"/></w:pPr>", side, side);
        d->in_para = true;
        docx_run(d, mark, DOCX_BOLD | DOCX_RED, 13);
        docx_para_end(d);
}

static void
head_number(struct docx *d, const struct docx_head *h)
{
        docx_cell_begin(d, &(struct docx_cell){ .span = 1 });
        if (h->symbol.p != NULL) {
                struct str number = h->number.p == NULL ? S("        ") : h->number;

                centred(d, str_fmt(d->c->arena, "Số: %.*s/%.*s", FMT(number), FMT(h->symbol)), 0, 13, DOCX_PT(4));
        }
        if (h->subject.p != NULL)
                centred(d, times_break(d->c->arena, h->subject, 12, false, HEAD_LEFT), 0, 12, DOCX_PT(6));
        if (h->urgency.p != NULL)
                urgency_mark(d, h->urgency);
        docx_cell_end(d);
}

static struct str
head_day(struct docx *d, const struct docx_head *h)
{
        if (h->day != DD_NO_DAY) {
                struct str day = day_paper(d->c->arena, h->day);

                return str_fmt(d->c->arena, "%.*s, %.*s", FMT(h->place), FMT(day));
        }
        if (h->year == 0)
                return str_fmt(d->c->arena, "%.*s, ngày      tháng      năm          ", FMT(h->place));
        return str_fmt(d->c->arena, "%.*s, ngày      tháng      năm %d", FMT(h->place), h->year);
}

void
docx_head(struct docx *d, const struct docx_head *h)
{
        int32_t widths[] = { HEAD_LEFT, HEAD_RIGHT };

        if (d->page == DOCX_LANDSCAPE)
                widths[1] = DOCX_WIDTH_LANDSCAPE - HEAD_LEFT;
        docx_table_begin(d, &(struct docx_table){ .widths = widths, .n_cols = 2 });
        docx_row_begin(d);
        head_issuer(d, h);
        head_nation(d);
        docx_row_end(d);
        if (h->symbol.p != NULL || h->place.p != NULL || h->subject.p != NULL || h->urgency.p != NULL) {
                docx_row_begin(d);
                head_number(d, h);
                docx_cell_begin(d, &(struct docx_cell){ .span = 1 });
                if (h->place.p != NULL)
                        centred(d, head_day(d, h), DOCX_ITALIC, 14, DOCX_PT(4));
                docx_cell_end(d);
                docx_row_end(d);
        }
        docx_table_end(d);
}

/* ---- titles -------------------------------------------------------------------------------------------- */

/* A title in lines that end between groups of words. Gives the width of the longest. */
static int32_t
subject(struct docx *d, struct str text)
{
        struct str lines = times_break(d->c->arena, text, d->body_pt, true, page_width(d) - DOCX_MM(10));

        docx_text(d, DOCX_SUBJECT, lines);
        return times_width(lines, d->body_pt, true);
}

static void
rule_and_gap(struct docx *d, int32_t width)
{
        docx_rule(d, page_width(d), short_rule(width));
        docx_keep_last(d);
        docx_para_begin(d, &(struct docx_para){ .style = DOCX_PLAIN, .line = DOCX_PT(10), .keep_next = true });
        docx_para_end(d);
}

void
docx_title(struct docx *d, struct str type, struct str about)
{
        docx_text(d, DOCX_TYPE, type);
        rule_and_gap(d, subject(d, about));
}

void
docx_appendix(struct docx *d, struct str number, struct str title, struct str reference)
{
        int32_t width;

        if (number.p == NULL)
                docx_text(d, DOCX_APPENDIX, S("Phụ lục"));
        else
                docx_text(d, DOCX_APPENDIX, str_fmt(d->c->arena, "Phụ lục %.*s", FMT(number)));
        width = subject(d, title);
        if (reference.n != 0) {
                docx_para_begin(d, &(struct docx_para){ .style = DOCX_PLAIN, .align = DOCX_CENTER, .keep_next = true });
                docx_run(d, reference, DOCX_ITALIC, 13);
                docx_para_end(d);
                width = times_width(reference, 13, false);
                width = width > page_width(d) ? page_width(d) : width;
        }
        rule_and_gap(d, width);
}

void
docx_addressees(struct docx *d, const struct str *names, size_t n)
{
        struct str lead = S("Kính gửi: ");
        int32_t in = DOCX_MM(30), lead_width = times_width(lead, d->body_pt, false);
        int32_t dash = times_width(S("- "), d->body_pt, false);

        if (n == 1) {
                docx_para_begin(d, &(struct docx_para){ .style = DOCX_BODY,
                                                        .align = DOCX_LEFT,
                                                        .before = DOCX_PT(12),
                                                        .after = DOCX_PT(12),
                                                        .left = in + lead_width,
                                                        .first = -lead_width });
                docx_run(d, str_fmt(d->c->arena, "Kính gửi: %.*s.", FMT(names[0])), 0, 0);
                docx_para_end(d);
                return;
        }
        docx_para_begin(
            d, &(struct docx_para){ .style = DOCX_PLAIN, .before = DOCX_PT(12), .left = in, .keep_next = true });
        docx_run(d, S("Kính gửi:"), 0, 0);
        docx_para_end(d);
        for (size_t i = 0; i < n; i++) {
                bool last = i + 1 == n;

                docx_para_begin(d, &(struct docx_para){ .style = DOCX_PLAIN,
                                                        .after = last ? DOCX_PT(12) : 0,
                                                        .left = in + lead_width + dash,
                                                        .first = -dash,
                                                        .keep_next = !last });
                docx_run(d, str_fmt(d->c->arena, "- %.*s%c", FMT(names[i]), last ? '.' : ';'), 0, 0);
                docx_para_end(d);
        }
}

/* ---- foot ---------------------------------------------------------------------------------------------- */

static void
foot_recipients(struct docx *d, const struct docx_foot *f)
{
        int32_t dash = times_width(S("- "), 11, false);

        docx_cell_begin(d, &(struct docx_cell){ .span = 1 });
        if (f->n_recipients != 0) {
                docx_para_begin(d, &(struct docx_para){ .style = DOCX_PLAIN, .before = DOCX_PT(6) });
                docx_run(d, S("Nơi nhận:"), DOCX_BOLD | DOCX_ITALIC, 12);
                docx_para_end(d);
        }
        for (size_t i = 0; i < f->n_recipients; i++) {
                docx_para_begin(d, &(struct docx_para){ .style = DOCX_PLAIN, .left = dash, .first = -dash });
                docx_run(d,
                         str_fmt(d->c->arena, "- %.*s%c", FMT(f->recipients[i]), i + 1 == f->n_recipients ? '.' : ';'),
                         0, 11);
                docx_para_end(d);
        }
        docx_cell_end(d);
}

static void
foot_signature(struct docx *d, const struct docx_foot *f)
{
        docx_cell_begin(d, &(struct docx_cell){ .span = 1 });
        for (size_t i = 0; i < f->n_authority; i++)
                centred(d, f->authority[i], DOCX_BOLD, 14, i == 0 ? DOCX_PT(6) : 0);
        if (f->office.p != NULL)
                centred(d, f->office, DOCX_BOLD, 14, SIGN_GAP);
        centred(d, f->name, DOCX_BOLD, 14, f->office.p == NULL ? SIGN_GAP : 0);
        docx_cell_end(d);
}

void
docx_foot(struct docx *d, const struct docx_foot *f)
{
        int32_t widths[] = { FOOT_LEFT, FOOT_RIGHT };

        if (d->page == DOCX_LANDSCAPE)
                widths[1] = DOCX_WIDTH_LANDSCAPE - FOOT_LEFT;
        docx_keep_last(d);
        docx_table_begin(d, &(struct docx_table){ .widths = widths, .n_cols = 2 });
        docx_row_begin(d);
        foot_recipients(d, f);
        foot_signature(d, f);
        docx_row_end(d);
        docx_table_end(d);
}

/* edxml_read.c - messages of the document axis: an envelope that says what the paper is, and the paper itself as
 * attachments. The paper speaks for itself where it can be read; the envelope's words stand in for a head it lacks. */
#include "dd_date.h"
#include "dd_text.h"
#include "read_priv.h"
#include "tree_priv.h"
#include "xml_priv.h"

#include <ctype.h>

#define ATTACHMENTS_MAX 50
#define UNPACKED_MAX    ((size_t)100 << 20)

enum {
        E_AttachmentName,
        E_Attachment,
        E_CodeNotation,
        E_CodeNumber,
        E_Competence,
        E_Content,
        E_ContentTransferEncoded,
        E_DueDate,
        E_From,
        E_FullName,
        E_OrganName,
        E_OrganizationInCharge,
        E_Place,
        E_Position,
        E_PromulgationDate,
        E_PromulgationInfo,
        E_StatusCode,
        E_Subject,
        E_To,
        E_ToPlaces,
        E_TypeName,
        E_Code,
        E_COUNT
};

static const struct xml_name names[] = {
        { "Attachment", E_Attachment },
        { "AttachmentName", E_AttachmentName },
        { "Code", E_Code },
        { "CodeNotation", E_CodeNotation },
        { "CodeNumber", E_CodeNumber },
        { "Competence", E_Competence },
        { "Content", E_Content },
        { "ContentTransferEncoded", E_ContentTransferEncoded },
        { "DueDate", E_DueDate },
        { "From", E_From },
        { "FullName", E_FullName },
        { "OrganName", E_OrganName },
        { "OrganizationInCharge", E_OrganizationInCharge },
        { "Place", E_Place },
        { "Position", E_Position },
        { "PromulgationDate", E_PromulgationDate },
        { "PromulgationInfo", E_PromulgationInfo },
        { "StatusCode", E_StatusCode },
        { "Subject", E_Subject },
        { "To", E_To },
        { "ToPlaces", E_ToPlaces },
        { "TypeName", E_TypeName },
};

struct attachment {
        struct str name, bytes;
};

struct envelope {
        struct dd_ctx *c;
        struct str field[E_COUNT]; /* the first of each that says something */
        struct nodes places;
        struct {
                struct attachment *v;
                size_t n, cap;
        } files;
        struct str name; /* of the attachment under way */
        struct dd_buf text;
        size_t bytes;
        int in; /* E_From, E_To, E_PromulgationInfo, E_ToPlaces, 0 = elsewhere */
        bool too_big;
};

bool
edxml_is(struct str bytes)
{
        struct str head = str_sub(bytes, 0, 2048);

        if (str_starts(head, S("\xEF\xBB\xBF")))
                head = str_sub(head, 3, head.n);
        head = str_trim(head);
        return str_starts(head, S("<")) &&
               (str_has(head, S("<edXML")) || str_has(head, S("edXMLEnvelope")) || str_has(head, S("QCVN_102_2016")));
}

/* ---- the envelope ------------------------------------------------------------------------------------------ */

static int
value(char ch)
{
        if (ch >= 'A' && ch <= 'Z')
                return ch - 'A';
        if (ch >= 'a' && ch <= 'z')
                return ch - 'a' + 26;
        if (ch >= '0' && ch <= '9')
                return ch - '0' + 52;
        return ch == '+' ? 62 : ch == '/' ? 63 : -1;
}

/* Base64 in place: white space skipped, anything else ends it. */
static struct str
unbase64(char *p, size_t n)
{
        uint32_t bits = 0;
        int have = 0;
        size_t out = 0;

        for (size_t i = 0; i < n; i++) {
                int v = value(p[i]);

                if (isspace((unsigned char)p[i]))
                        continue;
                if (v < 0)
                        break;
                bits = bits << 6 | (uint32_t)v;
                have += 6;
                if (have >= 8) {
                        have -= 8;
                        p[out++] = (char)(bits >> have);
                }
        }
        return (struct str){ p, out };
}

static void
on_start(void *arg, const struct xml_el *e)
{
        struct envelope *v = arg;

        buf_reset(&v->text);
        if (e->id == E_From || e->id == E_To || e->id == E_PromulgationInfo || e->id == E_ToPlaces)
                v->in = e->id;
        if (e->id == E_Attachment)
                v->name = S("");
}

static void
file_end(struct envelope *v)
{
        struct str s;

        if (v->files.n >= ATTACHMENTS_MAX || v->text.n == 0)
                return;
        if (v->text.over || v->text.n > UNPACKED_MAX - v->bytes) {
                v->too_big = true;
                return;
        }
        v->bytes += v->text.n;
        s = str_dup(v->c->arena, buf_view(&v->text));
        *VEC_PUSH(v->c->arena, &v->files) = (struct attachment){ v->name, unbase64((char *)(uintptr_t)s.p, s.n) };
}

static void
field_end(struct envelope *v, int id, struct str s)
{
        bool wanted = true;

        if (id == E_Place && v->in == E_ToPlaces) {
                VEC_PUSH(v->c->arena, &v->places)->text = STR_JOIN(v->c->arena, S("- "), s, S(";"));
                return;
        }
        if (id == E_OrganName || id == E_OrganizationInCharge)
                wanted = v->in == E_From;
        if (id == E_Place || id == E_PromulgationDate)
                wanted = v->in == E_PromulgationInfo;
        if (wanted && v->field[id].n == 0)
                v->field[id] = str_dup(v->c->arena, s);
}

static void
on_end(void *arg, const struct xml_el *e)
{
        struct envelope *v = arg;
        struct str s = str_trim(buf_view(&v->text));

        if (e->id == E_From || e->id == E_To || e->id == E_PromulgationInfo || e->id == E_ToPlaces)
                v->in = 0;
        else if (e->id == E_ContentTransferEncoded)
                file_end(v);
        else if (e->id == E_AttachmentName)
                v->name = str_dup(v->c->arena, s);
        else if (e->id >= 0 && s.n && !str_eq(s, S("N/A")) && !str_eq(s, S("null")))
                field_end(v, e->id, s);
        buf_reset(&v->text);
}

static void
on_text(void *arg, struct str s)
{
        struct envelope *v = arg;

        buf_str(&v->text, s);
}

/* ---- the paper --------------------------------------------------------------------------------------------- */

static void
line(struct envelope *v, struct nodes *to, struct str s)
{
        VEC_PUSH(v->c->arena, to)->text = s;
}

/* "2023/08/22" as papers write it; what is no date is shown as it came. */
static struct str
dateline(struct envelope *v)
{
        struct arena *a = v->c->arena;
        struct str raw = v->field[E_PromulgationDate], place = v->field[E_Place];
        char iso[11];
        int32_t day = DD_NO_DAY;

        if (raw.n == 10) {
                for (size_t i = 0; i < 10; i++)
                        iso[i] = raw.p[i] == '/' ? '-' : raw.p[i];
                day = day_parse((struct str){ iso, 10 });
        }
        if (day != DD_NO_DAY)
                raw = day_paper(a, day);
        if (raw.n == 0)
                return place;
        return place.n ? STR_JOIN(a, place, S(", "), raw) : raw;
}

/* A head as plain papers have it, from the fields of the envelope. */
static void
head_lines(struct envelope *v, struct nodes *to)
{
        struct arena *a = v->c->arena;
        struct str number = v->field[E_CodeNumber], notation = v->field[E_CodeNotation];
        struct str type = v->field[E_TypeName], issuer = v->field[E_OrganName];
        bool letter = str_eq(text_fold(a, type), S("cong van"));

        if (v->field[E_OrganizationInCharge].n && issuer.n)
                line(v, to, text_upper(a, v->field[E_OrganizationInCharge]));
        if (issuer.n)
                line(v, to, text_upper(a, issuer));
        if (number.n)
                line(v, to, STR_JOIN(a, S("Số: "), number, notation.n ? S("/") : S(""), notation));
        else if (v->field[E_Code].n)
                line(v, to, STR_JOIN(a, S("Số: "), v->field[E_Code]));
        line(v, to, S(""));
        line(v, to, dateline(v));
        line(v, to, S(""));
        if (type.n && !letter)
                line(v, to, text_upper(a, type));
        line(v, to, S(""));
        if (v->field[E_Subject].n)
                line(v, to, letter ? STR_JOIN(a, S("V/v "), v->field[E_Subject]) : v->field[E_Subject]);
        line(v, to, S(""));
}

static void
foot_lines(struct envelope *v, struct nodes *to)
{
        if (v->places.n) {
                line(v, to, S("Nơi nhận:"));
                for (size_t i = 0; i < v->places.n; i++)
                        *VEC_PUSH(v->c->arena, to) = v->places.v[i];
                line(v, to, S(""));
        }
        line(v, to, v->field[E_Competence]);
        line(v, to, S(""));
        line(v, to, v->field[E_FullName]);
        line(v, to, v->field[E_Position]);
}

/* Does the attachment say itself what paper it is? */
static bool
has_head(struct envelope *v, const struct blocks *b)
{
        struct str head = str_sub(b->text, 0, 4000), number = v->field[E_CodeNumber];

        if (str_has(head, S("CỘNG HÒA XÃ HỘI")) || str_has(head, S("CỘNG HOÀ XÃ HỘI")))
                return true;
        return number.n && str_has(head, S("Số")) && str_has(head, number);
}

static void
blocks_append(struct dd_ctx *c, struct blocks *to, const struct blocks *from, struct dd_buf *text)
{
        int32_t cp = (int32_t)utf8_len(buf_view(text)), lines = 0, tables = 0;

        for (size_t i = 0; i < text->n; i++)
                lines += text->p[i] == '\n';
        for (size_t i = 0; i < to->n; i++)
                tables = to->v[i].table > tables ? to->v[i].table : tables;
        for (size_t i = 0; i < from->n; i++) {
                struct block *b = VEC_PUSH(c->arena, to);

                *b = from->v[i];
                b->line += lines;
                b->table += b->table ? tables : 0;
                b->span.from += cp;
                b->span.to += cp;
                for (size_t k = 0; k < b->n_cells; k++) {
                        b->cells[k].span.from += cp;
                        b->cells[k].span.to += cp;
                }
        }
        buf_str(text, from->text);
        to->pages += from->pages;
}

static enum dd_err
own_lines(struct envelope *v, void (*fill)(struct envelope *, struct nodes *), struct blocks *to, struct dd_buf *text)
{
        struct tree t = { .c = v->c, .format = S("edxml") };
        struct blocks b;
        enum dd_err e;

        fill(v, &t.body);
        e = tree_blocks(&t, &b);
        if (e == DD_EFORMAT) { /* an envelope that says nothing */
                dd_ctx_clear_error(v->c);
                return DD_OK;
        }
        TRY(e);
        buf_str(text, text->n ? S("\n") : S(""));
        blocks_append(v->c, to, &b, text);
        return DD_OK;
}

/* A note that stands in the shown text, not in the paper. */
static void
unread(struct envelope *v, const struct attachment *f, struct blocks *to, struct dd_buf *text)
{
        struct tree t = { .c = v->c, .format = S("edxml") };
        struct blocks b;
        struct str why = v->c->err_text;

        dd_ctx_clear_error(v->c);
        VEC_PUSH(v->c->arena, &t.heads)->text =
            str_fmt(v->c->arena, dd_say(v->c, "[Tệp đính kèm %.*s chưa đọc được: %.*s]"), FMT(f->name), FMT(why));
        if (tree_blocks(&t, &b) == DD_OK) {
                b.v[0].style = S("unread");
                blocks_append(v->c, to, &b, text);
        }
}

static enum dd_err
paper(struct envelope *v, struct blocks *ret, struct dd_buf *text)
{
        struct blocks *files = arena_array(v->c->arena, v->files.n + 1, sizeof *files);
        bool head = false;

        for (size_t i = 0; i < v->files.n; i++) {
                enum dd_err e = paper_inside(v->c, v->files.v[i].bytes, &files[i]);

                if (e != DD_OK) {
                        files[i] = (struct blocks){ .format = STR_NONE };
                        unread(v, &v->files.v[i], ret, text);
                }
                head = head || (e == DD_OK && has_head(v, &files[i]));
        }
        if (!head)
                TRY(own_lines(v, head_lines, ret, text));
        for (size_t i = 0; i < v->files.n; i++) {
                if (files[i].n == 0)
                        continue;
                buf_str(text, text->n ? S("\n") : S(""));
                blocks_append(v->c, ret, &files[i], text);
        }
        return head ? DD_OK : own_lines(v, foot_lines, ret, text);
}

enum dd_err
edxml_read(struct dd_ctx *c, struct str bytes, struct blocks *ret)
{
        static const struct xml_on on = {
                .start = on_start, .end = on_end, .text = on_text, .names = names, .n_names = ARRAY_LEN(names)
        };
        struct envelope v = { .c = c, .text = { .max = UNPACKED_MAX } };
        AUTO_BUF text = { .max = (size_t)128 << 20 };
        enum dd_err e = xml_read(c, bytes, &on, &v);

        buf_free(&v.text);
        TRY(e);
        if (v.too_big)
                return dd_fail(
                    c, DD_ETOOBIG,
                    "Tệp đính kèm trong gói edXML quá lớn nên không được nhận. Hãy tách tệp đính kèm rồi gửi "
                    "riêng phần kế hoạch và phụ lục.");
        if (v.field[E_StatusCode].n)
                return dd_fail(c, DD_EFORMAT,
                               "Đây là thông báo trạng thái gửi nhận trên trục liên thông, không phải văn bản. Hãy gửi "
                               "gói edXML của chính văn bản.");
        *ret = (struct blocks){ .format = S("edxml") };
        TRY(paper(&v, ret, &text));
        ret->text = text.n ? str_dup(c->arena, buf_view(&text)) : S("");
        if (ret->n == 0)
                return dd_fail(c, DD_EFORMAT, "Gói edXML không có chữ nào đọc được. Hãy kiểm tra lại gói rồi gửi lại.");
        return DD_OK;
}

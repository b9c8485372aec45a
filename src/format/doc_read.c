/* doc_read.c - papers of Word 97-2003: which of the old Office files they are, and where their letters stand. */
#include "doc_read_priv.h"
#include "read_priv.h"

#define MAGIC      0xA5EC
#define MAGIC_95   0xA5DC
#define VERSION_97 0xC1
#define FIB_LW     64 /* lengths of the parts of the text, in letters */

/* ---- where letters stand ------------------------------------------------------------------------------------ */

uint32_t
doc_part_length(const struct doc *d, enum part part)
{
        return le32(d->w, FIB_LW + 12 + 4 * (size_t)part);
}

uint32_t
doc_part_from(const struct doc *d, int part)
{
        uint64_t cp = 0;

        for (int i = 0; i < part; i++)
                cp += doc_part_length(d, (enum part)i);
        return cp < UINT32_MAX ? (uint32_t)cp : UINT32_MAX;
}

/* Pieces never cover more letters than the stream has bytes. */
static void
pieces_put(struct doc *d, struct str plc, const struct str *more, size_t n_more)
{
        size_t n = plc.n >= 4 ? (plc.n - 4) / 12 : 0, left = d->w.n;

        d->piece = arena_array(d->c->arena, n + 1, sizeof *d->piece);
        for (size_t i = 0; i < n; i++) {
                struct piece *k = &d->piece[d->n_pieces];
                size_t at = 4 * (n + 1) + 8 * i;
                uint32_t raw = le32(plc, at + 2), prm = le16(plc, at + 6), letters;

                *k = (struct piece){ .from = le32(plc, 4 * i), .to = le32(plc, 4 * i + 4), .fc = raw & 0x3FFFFFFF };
                k->wide = (raw & 0x40000000) == 0;
                if (!k->wide)
                        k->fc /= 2;
                if ((prm & 1) && prm >> 1 < n_more)
                        k->more = more[prm >> 1];
                if (k->to <= k->from || k->fc >= d->w.n || (d->n_pieces > 0 && k->from < k[-1].to))
                        continue;
                letters = (uint32_t)(d->w.n - k->fc) >> k->wide;
                if (k->to - k->from > letters)
                        k->to = k->from + letters;
                if (k->to - k->from > left)
                        return;
                left -= k->to - k->from;
                d->n_pieces += k->to > k->from;
        }
}

static void
pieces_read(struct doc *d)
{
        struct str clx = doc_part(d, FIB_CLX);
        struct {
                struct str *v;
                size_t n, cap;
        } more = { 0 };
        size_t at = 0;

        while (byte_at(clx, at) == 1 && at < clx.n) {
                size_t n = le16(clx, at + 1);

                *VEC_PUSH(d->c->arena, &more) = str_sub(clx, at + 3, at + 3 + n);
                at += 3 + n;
        }
        if (byte_at(clx, at) == 2)
                pieces_put(d, str_sub(clx, at + 5, at + 5 + (size_t)le32(clx, at + 1)), more.v, more.n);
}

const struct piece *
doc_piece(struct doc *d, uint32_t cp)
{
        size_t lo = 0, hi = d->n_pieces;

        if (d->last_piece < hi && d->piece[d->last_piece].from <= cp && cp < d->piece[d->last_piece].to)
                return &d->piece[d->last_piece];
        while (lo < hi) {
                size_t mid = (lo + hi) / 2;

                if (d->piece[mid].to <= cp)
                        lo = mid + 1;
                else
                        hi = mid;
        }
        if (lo == d->n_pieces || d->piece[lo].from > cp)
                return NULL;
        d->last_piece = lo;
        return &d->piece[lo];
}

uint32_t
doc_fc(const struct piece *k, uint32_t cp)
{
        return k->fc + ((cp - k->from) << k->wide);
}

uint32_t
doc_letter(const struct doc *d, const struct piece *k, uint32_t cp)
{
        uint32_t fc = doc_fc(k, cp);

        return k->wide ? le16(d->w, fc) : legacy_cp1252_letter((unsigned char)byte_at(d->w, fc));
}

/* ---- the way in --------------------------------------------------------------------------------------------- */

static enum dd_err
locked(struct dd_ctx *c)
{
        return dd_fail(c, DD_EFORMAT,
                       "Tệp được đặt mật khẩu nên không đọc được. Hãy gỡ mật khẩu, lưu lại rồi gửi lại.");
}

static enum dd_err
broken(struct dd_ctx *c)
{
        return dd_fail(c, DD_EFORMAT,
                       "Tệp Word đời cũ (.doc) này bị hỏng nên không đọc được. Hãy mở tệp bằng Word hoặc LibreOffice, "
                       "chọn Lưu thành .docx rồi gửi lại.");
}

static enum dd_err
word_read(struct dd_ctx *c, struct ole *o, struct str w, struct blocks *ret)
{
        struct tree tree = { .c = c, .format = S("doc") };
        struct doc *d = arena_alloc(c->arena, sizeof *d);
        uint32_t flags = le16(w, 10);

        if (le16(w, 0) == MAGIC_95 || (le16(w, 0) == MAGIC && le16(w, 2) < VERSION_97))
                return dd_fail(c, DD_EFORMAT,
                               "Đây là tệp của Word 95 trở về trước; hệ thống đọc được từ Word 97. Hãy mở tệp bằng "
                               "Word hoặc LibreOffice, chọn Lưu thành .docx rồi gửi lại.");
        if (le16(w, 0) != MAGIC)
                return broken(c);
        if (flags & 0x0100)
                return locked(c);
        d->c = c;
        d->tree = &tree;
        d->w = w;
        d->t = ole_stream(o, flags & 0x0200 ? "1Table" : "0Table");
        d->data = ole_stream(o, "Data");
        pieces_read(d);
        if (o->cut || d->n_pieces == 0 || d->piece[d->n_pieces - 1].to < doc_part_from(d, PART_COUNT))
                return broken(c); /* half a paper is none */
        doc_styles_read(d);
        doc_fonts_read(d);
        doc_lists_read(d);
        doc_text(d);
        return d->unsound ? broken(c) : tree_blocks(&tree, ret);
}

enum dd_err
doc_read(struct dd_ctx *c, struct str bytes, struct blocks *ret)
{
        static const char enciphered[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
        struct ole o;
        bool sound = ole_open(c->arena, bytes, &o);
        struct str w = sound ? ole_stream(&o, "WordDocument") : STR_NONE;

        if (w.p != NULL)
                return word_read(c, &o, w, ret);
        if (str_has(bytes, (struct str){ enciphered, sizeof enciphered - 1 }))
                return locked(c);
        if (!sound)
                return broken(c);
        if (ole_stream(&o, "Workbook").p != NULL || ole_stream(&o, "Book").p != NULL)
                return dd_fail(c, DD_EFORMAT,
                               "Đây là bảng Excel đời cũ (.xls). Hãy mở bảng bằng Excel hoặc LibreOffice, chọn Lưu "
                               "thành .xlsx rồi gửi lại.");
        if (ole_stream(&o, "PowerPoint Document").p != NULL)
                return dd_fail(
                    c, DD_EFORMAT,
                    "Đây là tệp trình chiếu đời cũ (.ppt); hệ thống chỉ đọc văn bản và bảng. Hãy gửi kế hoạch dạng "
                    "Word, Excel hoặc PDF.");
        return dd_fail(c, DD_EFORMAT,
                       "Tệp có vỏ của Office đời cũ nhưng bên trong không có văn bản Word; tệp có thể hỏng. Hãy mở tệp "
                       "bằng phần mềm đã tạo ra nó, lưu thành .docx hoặc .xlsx rồi gửi lại.");
}

/* The records a child answers with. The parser trusts nothing: every length is checked before it is used. */
#include <errno.h>
#include <unistd.h>

#include "dd_text.h"
#include "worker_priv.h"

static uint32_t
u32_get(const char *p)
{
        const unsigned char *b = (const unsigned char *)p;

        return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static void
u32_put(char *p, uint32_t v)
{
        for (int i = 0; i < 4; i++)
                p[i] = (char)(v >> (8 * i) & 0xff);
}

/* People will read it in a page: UTF-8, no control characters but the line end. */
static bool
text_is_clean(struct str s)
{
        size_t bad;

        if (s.n == 0 || s.n > REPLY_TEXT_MAX || !utf8_valid(s, &bad))
                return false;
        for (size_t i = 0; i < s.n; i++) {
                unsigned char ch = (unsigned char)s.p[i];

                if ((ch < 0x20 && ch != '\n') || ch == 0x7f)
                        return false;
        }
        return true;
}

/* The levels of Luật 117/2025/QH15, and the words that stand on papers without one. Closed, so that neither the paper
 * nor a child that was taken over puts words of its own into the message. Longest first: they contain each other. */
static const struct {
        const char *bare; /* folded, letters only */
        struct str mark;
} marks[] = {
        { "tuyetmat", { "TUYỆT MẬT", sizeof "TUYỆT MẬT" - 1 } },
        { "toimat", { "TỐI MẬT", sizeof "TỐI MẬT" - 1 } },
        { "bimatnhanuoc", { "BÍ MẬT NHÀ NƯỚC", sizeof "BÍ MẬT NHÀ NƯỚC" - 1 } },
        { "mat", { "MẬT", sizeof "MẬT" - 1 } },
};

static bool
mark_is_known(struct str s)
{
        for (size_t i = 0; i < ARRAY_LEN(marks); i++)
                if (str_eq(s, marks[i].mark))
                        return true;
        return false;
}

/* "T Ố I  M Ậ T", "[TỐI MẬT]" and "Độ mật: Tối mật" are one level. */
static struct str
mark_level(struct arena *a, struct str s)
{
        struct str folded = text_fold(a, s);
        char *letters = arena_alloc(a, folded.n + 1);
        size_t n = 0;

        for (size_t i = 0; i < folded.n; i++)
                if (folded.p[i] >= 'a' && folded.p[i] <= 'z')
                        letters[n++] = folded.p[i];
        for (size_t i = 0; i < ARRAY_LEN(marks); i++)
                if (str_has((struct str){ letters, n }, str_of(marks[i].bare)))
                        return marks[i].mark;
        return S("MẬT"); /* the detector saw a mark; the lowest level is what is sure */
}

static const char *
refused_parse(struct str body, struct reply *ret)
{
        if (body.n < 4)
                return "refusal without a code";
        switch (u32_get(body.p)) {
        case DD_EINVAL:
                ret->code = DD_EINVAL;
                break;
        case DD_ETOOBIG:
                ret->code = DD_ETOOBIG;
                break;
        case DD_EFORMAT:
                ret->code = DD_EFORMAT;
                break;
        default:
                return "refusal with a code it may not use";
        }
        ret->body = str_sub(body, 4, body.n);
        return text_is_clean(ret->body) ? NULL : "refusal whose text is not clean";
}

static const char *
closing_parse(uint32_t type, struct str body, struct reply *ret)
{
        ret->type = (enum reply_type)type;
        ret->body = body;
        switch (type) {
        case REPLY_DRAFT:
                return body.n > 0 ? NULL : "empty draft";
        case REPLY_REFUSED:
                return refused_parse(body, ret);
        case REPLY_SECRET:
                return mark_is_known(body) ? NULL : "unknown secrecy mark";
        case REPLY_BYTES:
                return NULL;
        default:
                return "unknown type of record";
        }
}

static const char *
records_parse(struct str bytes, struct reply *ret)
{
        struct str rest = bytes;
        int told = 0;

        if (bytes.n > REPLY_BYTES_MAX)
                return "too long";
        while (rest.n > 0) {
                if (ret->type != REPLY_NONE)
                        return "bytes behind the closing record";
                if (rest.n < REPLY_HEAD)
                        return "short head";
                if (u32_get(rest.p) != REPLY_MAGIC)
                        return "bad magic";
                uint32_t type = u32_get(rest.p + 4), length = u32_get(rest.p + 8);

                if (length > rest.n - REPLY_HEAD)
                        return "length beyond the stream";
                struct str body = str_sub(rest, REPLY_HEAD, REPLY_HEAD + length);
                const char *wrong = NULL;

                rest = str_sub(rest, REPLY_HEAD + length, rest.n);
                if (type == REPLY_BOXES && ret->boxes.p == NULL)
                        ret->boxes = body;
                else if (type != REPLY_PROGRESS)
                        wrong = closing_parse(type, body, ret);
                else if (body.n != 4 || u32_get(body.p) >= STAGE_MAX || ++told > REPLY_PROGRESS_MAX)
                        wrong = "bad progress";
                else
                        ret->stage = (enum reply_stage)u32_get(body.p);
                if (wrong != NULL)
                        return wrong;
        }
        if (ret->type != REPLY_BYTES && bytes.n > REPLY_MAX)
                return "too long";
        if (ret->type == REPLY_NONE)
                return "no closing record";
        return ret->type != REPLY_DRAFT && ret->boxes.p != NULL ? "boxes without a draft" : NULL;
}

const char *
reply_parse(struct str bytes, struct reply *ret)
{
        *ret = (struct reply){ .body = STR_NONE };
        const char *wrong = records_parse(bytes, ret);

        if (wrong != NULL) {
                ret->type = REPLY_NONE;
                ret->code = DD_OK;
                ret->body = ret->boxes = STR_NONE;
        }
        return wrong;
}

/* ---- boxes --------------------------------------------------------------------------------------------- */

/* As it travels: the number of pages, then the boxes as they lie in memory; both ends are one program. */
static bool
box_is_sound(const struct box *b, int32_t pages, int32_t text_cp)
{
        return b->span.from >= 0 && b->span.from <= b->span.to && b->span.to <= text_cp && b->page >= 1 &&
               b->page <= pages && b->x >= 0 && b->x <= BOX_SCALE && b->y >= 0 && b->y <= BOX_SCALE && b->w >= 0 &&
               b->w <= BOX_SCALE - b->x && b->h >= 0 && b->h <= BOX_SCALE - b->y && b->confidence >= 0 &&
               b->confidence <= 100;
}

bool
reply_boxes(struct arena *a, const struct reply *r, struct draft *d)
{
        struct str s = r->boxes;
        int32_t text_cp = (int32_t)utf8_len(d->text), pages;

        if (s.p == NULL)
                return true;
        if (s.n < sizeof pages || (s.n - sizeof pages) % sizeof *d->boxes != 0 ||
            (s.n - sizeof pages) / sizeof *d->boxes > DRAFT_BOXES_MAX)
                return false;
        memcpy(&pages, s.p, sizeof pages);
        s = str_sub(s, sizeof pages, s.n);
        if (pages < 1 || pages > REPLY_PAGES_MAX)
                return false;
        d->pages = pages;
        d->n_boxes = s.n / sizeof *d->boxes;
        d->boxes = arena_array(a, d->n_boxes + 1, sizeof *d->boxes);
        if (s.n > 0)
                memcpy(d->boxes, s.p, s.n);
        for (size_t i = 0; i < d->n_boxes; i++)
                if (!box_is_sound(&d->boxes[i], pages, text_cp))
                        return false;
        return true;
}

const char *
reply_stage_name(enum reply_stage s)
{
        static const char *const names[STAGE_MAX] = {
                [STAGE_START] = "start", [STAGE_READ] = "read",   [STAGE_SECRET] = "secret",
                [STAGE_DRAFT] = "draft", [STAGE_WRITE] = "write",
        };

        return (unsigned)s < STAGE_MAX ? names[s] : "?";
}

static void
put_all(int fd, const char *p, size_t n)
{
        while (n > 0) {
                ssize_t done = write(fd, p, n);

                if (done < 0 && errno == EINTR)
                        continue;
                if (done <= 0)
                        _exit(CHILD_NO_INPUT);
                p += done;
                n -= (size_t)done;
        }
}

static void
put_record(int fd, enum reply_type type, struct str first, struct str second)
{
        char head[REPLY_HEAD];

        u32_put(head, REPLY_MAGIC);
        u32_put(head + 4, type);
        u32_put(head + 8, (uint32_t)(first.n + second.n));
        put_all(fd, head, sizeof head);
        put_all(fd, first.p, first.n);
        put_all(fd, second.p, second.n);
}

void
reply_progress(int fd, enum reply_stage stage)
{
        char v[4];

        u32_put(v, stage);
        put_record(fd, REPLY_PROGRESS, (struct str){ v, sizeof v }, S(""));
}

void
reply_draft(int fd, struct str json)
{
        put_record(fd, REPLY_DRAFT, json, S(""));
}

void
reply_draft_boxes(int fd, const struct draft *d)
{
        put_record(fd, REPLY_BOXES, (struct str){ (const char *)&d->pages, sizeof d->pages },
                   (struct str){ (const char *)d->boxes, d->n_boxes * sizeof *d->boxes });
}

void
reply_bytes(int fd, struct str bytes)
{
        put_record(fd, REPLY_BYTES, bytes, S(""));
}

void
reply_refused(int fd, enum dd_err code, struct str text)
{
        char v[4];

        u32_put(v, code);
        put_record(fd, REPLY_REFUSED, (struct str){ v, sizeof v }, text);
}

void
reply_secret(int fd, struct arena *a, struct str mark)
{
        put_record(fd, REPLY_SECRET, mark_level(a, mark), S(""));
}

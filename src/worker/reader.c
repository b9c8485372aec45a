/* What a child does: bytes to draft, a pure function. Runs inside the sandbox and ends with the process. */
#include <unistd.h>

#include "dd_json.h"
#include "dd_page.h"
#include "worker_priv.h"

struct known {
        struct str magic;
        const char *name; /* for the person */
};

/* Forms people will try, so that they are told what to do instead of "this is no text". */
static const char *
known_other(struct str b)
{
        static const struct known table[] = {
                { { "PK\x05\x06", 4 }, "tệp nén (.zip)" }, { { "{\\rtf", 5 }, "RTF (.rtf)" },
                { { "\xFF\xD8\xFF", 3 }, "ảnh (.jpg)" },   { { "\x89PNG", 4 }, "ảnh (.png)" },
                { { "II*\0", 4 }, "ảnh quét (.tif)" },     { { "MM\0*", 4 }, "ảnh quét (.tif)" },
                { { "GIF8", 4 }, "ảnh (.gif)" },           { { "Rar!", 4 }, "tệp nén (.rar)" },
                { { "7z\xBC\xAF", 4 }, "tệp nén (.7z)" },
        };

        for (size_t i = 0; i < ARRAY_LEN(table); i++)
                if (str_starts(b, table[i].magic))
                        return table[i].name;
        return NULL;
}

static void
refuse(const struct child_io *io, const struct dd_ctx *c, enum dd_err e)
{
        struct str text = c->err_text;

        if (e != DD_EINVAL && e != DD_ETOOBIG)
                e = DD_EFORMAT;
        if (text.n == 0 || text.n > REPLY_TEXT_MAX)
                text = S("Không đọc được văn bản này. Hãy lưu thành văn bản thuần (.txt, UTF-8) rồi tải lên lại.");
        reply_refused(io->out, e, text);
}

static enum dd_err
known_refuse(struct dd_ctx *c, struct str bytes)
{
        const char *name = known_other(bytes);

        if (name == NULL)
                return DD_OK;
        return dd_fail(c, DD_EFORMAT,
                       "Hệ thống chưa đọc được dạng %s. Hãy mở tệp bằng phần mềm đã tạo ra nó, lưu thành văn bản thuần "
                       "(.txt, UTF-8) rồi tải lên lại; văn bản quét thì nhập kế hoạch bằng tay.",
                       name);
}

/* What comes with an update: bytes that are no text have no mark that could be seen here. */
static enum dd_err
look_paper(struct dd_ctx *c, const struct child_io *io, struct dd_buf *json, bool *ret_secret)
{
        const struct draft nothing = { .format = S("unread") };
        struct blocks b = { 0 };
        struct json_w w;
        struct str mark;

        reply_progress(io->out, STAGE_READ);
        if (known_other(io->bytes) == NULL) {
                enum dd_err e = paper_read(c, io->bytes, STR_NONE, &b);

                if (e == DD_EINVAL) /* nothing in it; what is too much to read may still be evidence */
                        return e;
                reply_progress(io->out, STAGE_SECRET);
                *ret_secret = e == DD_OK && blocks_secret(c, &b, &mark);
        }
        if (*ret_secret)
                reply_secret(io->out, c->arena, mark);
        json_start(&w, json);
        draft_json(&w, &nothing);
        return DD_OK;
}

static enum dd_err
draft_paper(struct dd_ctx *c, const struct child_io *io, const struct blocks *b, struct dd_buf *json, bool *ret_secret)
{
        struct draft d = { 0 };
        struct json_w w;
        struct str mark;

        reply_progress(io->out, STAGE_SECRET);
        *ret_secret = blocks_secret(c, b, &mark);
        if (*ret_secret) {
                reply_secret(io->out, c->arena, mark);
                return DD_OK;
        }
        reply_progress(io->out, STAGE_DRAFT);
        TRY(draft_make(c, b, io->year, &d));
        reply_progress(io->out, STAGE_WRITE);
        if (d.pages > 0)
                reply_draft_boxes(io->out, &d);
        d.pages = 0;
        d.n_boxes = 0;
        json_start(&w, json);
        draft_json(&w, &d);
        if (json->over)
                return dd_fail(
                    c, DD_ETOOBIG,
                    "Văn bản này quá dài: kết quả đọc lớn hơn 8 MB. Hãy tách thành nhiều tệp nhỏ hơn rồi tải "
                    "lên lại.");
        return DD_OK;
}

static enum dd_err
read_paper(struct dd_ctx *c, const struct child_io *io, struct dd_buf *json, bool *ret_secret)
{
        struct blocks b = { 0 };

        TRY(known_refuse(c, io->bytes));
        reply_progress(io->out, STAGE_READ);
        TRY(paper_read(c, io->bytes, STR_NONE, &b));
        return draft_paper(c, io, &b, json, ret_secret);
}

/* What was found out about the pages of a PDF or a scan; of one that is only looked at, nothing but its mark counts. */
static enum dd_err
read_pages(struct dd_ctx *c, const struct child_io *io, struct dd_buf *json, bool *ret_secret)
{
        const struct draft nothing = { .format = S("unread") };
        bool look = io->args.first != 0;
        struct blocks b = { 0 };
        struct json_w w;
        struct str mark;
        enum dd_err e;

        reply_progress(io->out, STAGE_READ);
        e = pages_read(c, io->bytes, &b);
        if (!look) {
                TRY(e);
                return draft_paper(c, io, &b, json, ret_secret);
        }
        *ret_secret = e == DD_OK && blocks_secret(c, &b, &mark);
        if (*ret_secret)
                reply_secret(io->out, c->arena, mark);
        json_start(&w, json);
        draft_json(&w, &nothing);
        return DD_OK;
}

/* A PDF whose words are all it needs is read in one go. What its pages need otherwise: into `need`. */
static enum dd_err
read_first(struct dd_ctx *c, const struct child_io *io, struct dd_buf *json, struct dd_buf *need, bool *ret_secret)
{
        struct blocks b = { 0 };
        bool done;

        reply_progress(io->out, STAGE_READ);
        TRY(pages_first(c, io->bytes, need, &b, &done));
        if (!done)
                return DD_OK;
        need->n = 0;
        return draft_paper(c, io, &b, json, ret_secret);
}

/* Work whose answer is for the next child, not for a person. */
static enum dd_err
prepare(struct dd_ctx *c, const struct child_io *io, struct dd_buf *out)
{
        switch (io->work) {
        case WORK_TRIAGE:
                return page_triage(c, io->bytes, out);
        case WORK_WRAP:
                return image_wrap(c, io->bytes, out);
        case WORK_SCAN:
                return page_scan(c, io->bytes, out);
        default:
                return page_rules(c, io->bytes, io->args.first, out);
        }
}

static void
preparing_child(const struct child_io *io, struct dd_ctx *c)
{
        AUTO_BUF out = { .max = REPLY_BYTES_MAX - (size_t)4096 };
        enum dd_err e = prepare(c, io, &out);

        if (e == DD_OK && out.over)
                e = dd_fail(c, DD_ETOOBIG,
                            "Trang này quá lớn để đọc. Hãy quét lại ở độ phân giải thấp hơn rồi tải lên.");
        if (e != DD_OK)
                refuse(io, c, e);
        else
                reply_bytes(io->out, buf_view(&out));
}

void
reader_child(const struct child_io *io)
{
        struct arena *a = arena_new(0); /* RLIMIT_AS is the ceiling */
        struct dd_ctx c = { .arena = a, .today = DD_NO_DAY, .as_of = DD_NO_DAY };
        AUTO_BUF json = { .max = REPLY_MAX - REPLY_BOXES_MAX - (size_t)4096 }; /* room for heads and progress */
        AUTO_BUF need = { 0 };
        bool secret = false;
        enum dd_err e = DD_OK;

        setenv("TZ", ":", 1); /* libzip turns times of members: no file of time zones may be opened here */
        if (io->work != WORK_READ && io->work != WORK_LOOK && io->work != WORK_PAGES && io->work != WORK_FIRST) {
                preparing_child(io, &c);
                arena_free(a);
                return;
        }
        if (io->work == WORK_READ)
                e = read_paper(&c, io, &json, &secret);
        else if (io->work == WORK_FIRST)
                e = read_first(&c, io, &json, &need, &secret);
        else
                e = (io->work == WORK_PAGES ? read_pages : look_paper)(&c, io, &json, &secret);
        if (e != DD_OK)
                refuse(io, &c, e);
        else if (need.n > 0)
                reply_bytes(io->out, buf_view(&need));
        else if (!secret)
                reply_draft(io->out, buf_view(&json));
        arena_free(a);
}

void
reader_warm(void)
{
        reader_child(&(struct child_io){ .bytes = S("1. A line\n"), .work = WORK_LOOK, .out = STDOUT_FILENO });
}

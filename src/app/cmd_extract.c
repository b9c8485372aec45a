/* cmd_extract.c - `dondoc extract` and `dondoc parse`: the extraction by hand, and in batches for measuring. */
#include "app_priv.h"

#include "dd_draft.h"
#include "dd_json.h"
#include "dd_worker.h"
#include "extract_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MAX      (25u << 20)
#define LINE_JSON_MAX (64u << 20)

/* Reads a whole file, at most FILE_MAX and one byte more, so that the reader can say that it is too big. */
enum dd_err
extract_file_read(struct dd_ctx *c, const char *path, struct str *ret)
{
        AUTO_FD fd = open(path, O_RDONLY | O_CLOEXEC);
        struct stat st;
        char *p;
        size_t n = 0, room;

        if (fd < 0 || fstat(fd, &st) < 0)
                return dd_fail(c, DD_ENOTFOUND, "Không mở được tệp %s: %s.", path,
                               errno == ENOENT ? "không có tệp này" : "không được phép đọc");
        if (S_ISDIR(st.st_mode))
                return dd_fail(c, DD_EINVAL, "%s là thư mục. Hãy chỉ ra một tệp.", path);
        if (st.st_size > FILE_MAX)
                return dd_fail(
                    c, DD_ETOOBIG,
                    "Tệp lớn hơn 25 MB nên không được nhận. Hãy tách tệp, chỉ gửi phần kế hoạch và phụ lục.");
        room = S_ISREG(st.st_mode) ? (size_t)st.st_size + 1 : FILE_MAX + 1;
        p = arena_alloc(c->arena, room);
        while (n < room) {
                ssize_t got = read(fd, p + n, room - n);

                if (got < 0)
                        return dd_fail(c, DD_EIO, "Không đọc được tệp %s.", path);
                if (got == 0)
                        break;
                n += (size_t)got;
        }
        *ret = (struct str){ p, n };
        return DD_OK;
}

static struct str
base_name(const char *path)
{
        const char *slash = strrchr(path, '/');

        return str_of(slash ? slash + 1 : path);
}

/* Text to draft; a paper with a mark of state secrecy is refused. */
static enum dd_err
draft_of(struct dd_ctx *c, struct str bytes, int year, struct draft *ret)
{
        struct blocks *b = arena_alloc(c->arena, sizeof *b);

        TRY(paper_read(c, bytes, STR_NONE, b));
        if (blocks_secret(c, b, NULL))
                return dd_fail(
                    c, DD_EDENIED,
                    "Văn bản mang dấu chỉ độ mật nên không được nhận: tài liệu bí mật nhà nước không được xử lý trên "
                    "hệ thống này. Không có nội dung nào được giữ lại.");
        return draft_make(c, b, year, ret);
}

static int
complain(const struct dd_ctx *c)
{
        fprintf(stderr, "dondoc: %.*s\n", FMT(c->err_text));
        return 1;
}

/* Pages of a scan take their time: says how far it is, to people only. */
static void
progress_show(void *arg, int done, int pages)
{
        (void)arg;
        fprintf(stderr, "\rtrang %d/%d%s", done, pages, done == pages ? "\n" : "");
}

/* In a child, as the server does: a file may come from anywhere. */
static enum dd_err
file_draft(struct dd_ctx *c, const char *path, struct draft *ret)
{
        struct worker *w = NULL;
        struct worker_job job = { .fd = -1, .file = base_name(path) };
        struct str bytes;
        enum dd_err e;

        TRY(extract_file_read(c, path, &bytes));
        TRY(worker_start(c, &w));
        job.size = bytes.n;
        job.progress = isatty(STDERR_FILENO) == 1 ? progress_show : NULL;
        e = worker_memfd(c, bytes, &job.fd);
        if (e == DD_OK)
                e = worker_read(c, w, &job, ret);
        dd_fd_close(&job.fd);
        worker_stop(w);
        return e;
}

static int
extract_file(const char *path, bool table)
{
        struct dd_ctx c = { .arena = arena_new(0) };
        struct draft d;
        AUTO_BUF out = { .max = LINE_JSON_MAX };

        if (file_draft(&c, path, &d) != DD_OK) {
                int rc = complain(&c);

                arena_free(c.arena);
                return rc;
        }
        if (table) {
                draft_table(&out, &d);
        } else {
                struct json_w w;

                json_start(&w, &out);
                draft_json(&w, &d);
                buf_c(&out, '\n');
        }
        fwrite(out.p, 1, out.n, stdout);
        arena_free(c.arena);
        return fflush(stdout) == 0 && !out.over ? 0 : 1;
}

/* ---- batches: one JSON object a line in, one out --------------------------------------------------------- */

typedef enum dd_err batch_fn(struct dd_ctx *c, const struct json *in, struct json_w *w);

static enum dd_err
batch_extract(struct dd_ctx *c, const struct json *in, struct json_w *w)
{
        struct draft d;

        TRY(draft_of(c, json_get_str(in, "text"), (int)json_get_i64(in, "year", 0), &d));
        d.text = STR_NONE; /* the caller has it */
        draft_json_members(w, &d);
        return DD_OK;
}

static enum dd_err
batch_deadline(struct dd_ctx *c, const struct json *in, struct json_w *w)
{
        struct deadline d;
        struct str text = json_get_str(in, "text");

        if (!text.p)
                return dd_fail(c, DD_EINVAL, "thiếu \"text\"");
        deadline_parse(c->arena, text, (int)json_get_i64(in, "year", 0), &d);
        json_kstr(w, "kind", str_of(deadline_kind_name(d.kind)));
        json_kday(w, "start", d.start);
        json_kday(w, "due", d.due);
        json_kstr(w, "recur", str_of(recur_name(d.recur)));
        json_kstr(w, "note", d.note);
        return DD_OK;
}

static enum dd_err
batch_agency(struct dd_ctx *c, const struct json *in, struct json_w *w)
{
        struct mentions m;
        struct str text = json_get_str(in, "text");

        if (!text.p)
                return dd_fail(c, DD_EINVAL, "thiếu \"text\"");
        agency_parse(c->arena, text, json_get_str(in, "province"), &m);
        json_key(w, "agencies");
        json_arr(w);
        for (size_t i = 0; i < m.n; i++) {
                json_obj(w);
                json_kstr(w, "name", m.v[i].name);
                json_kstr(w, "kind", str_of(agency_kind_name(m.v[i].kind)));
                json_kstr(w, "note", m.v[i].note);
                json_end(w);
        }
        json_end(w);
        return DD_OK;
}

static void
put_id(struct json_w *w, const struct json *in)
{
        const struct json *id = in ? json_get(in, "id") : NULL;

        json_key(w, "id");
        if (id && id->type == JSON_STR)
                json_str(w, id->s);
        else if (id && id->type == JSON_INT)
                json_i64(w, id->i);
        else
                json_null(w);
}

static void
batch_line(struct str line, batch_fn *fn, struct dd_buf *out)
{
        struct dd_ctx c = { .arena = arena_new(0) };
        struct json_w w;
        struct json in;
        AUTO_BUF body = { .max = LINE_JSON_MAX };
        enum dd_err err = json_parse(c.arena, line, LINE_JSON_MAX, &in);

        json_start(&w, &body);
        json_obj(&w);
        put_id(&w, err == DD_OK ? &in : NULL);
        if (err != DD_OK)
                (void)dd_fail(&c, DD_EINVAL, "dòng này không phải JSON đọc được");
        else
                err = in.type == JSON_OBJ ? fn(&c, &in, &w)
                                          : dd_fail(&c, DD_EINVAL, "dòng này không phải một đối tượng JSON");
        if (err != DD_OK) {
                buf_reset(&body);
                json_start(&w, &body);
                json_obj(&w);
                put_id(&w, in.type == JSON_OBJ && err != DD_OK ? &in : NULL);
                json_kstr(&w, "error", c.err_text.p ? c.err_text : S("không đọc được"));
        }
        json_end(&w);
        buf_c(&body, '\n');
        buf_str(out, buf_view(&body));
        arena_free(c.arena);
}

static int
batch(batch_fn *fn)
{
        char *line = NULL;
        size_t cap = 0;
        ssize_t n;

        while ((n = getline(&line, &cap, stdin)) > 0) {
                AUTO_BUF out = { .max = LINE_JSON_MAX };
                struct str s = str_trim((struct str){ line, (size_t)n });

                if (s.n == 0)
                        continue;
                batch_line(s, fn, &out);
                if (fwrite(out.p, 1, out.n, stdout) != out.n)
                        break;
        }
        free(line);
        return fflush(stdout) == 0 ? 0 : 1;
}

/* Several papers or a folder; false: the words ask for one. */
static bool
extract_several(int argc, char **argv, int *ret_code)
{
        struct arena *a = arena_new(0);
        struct extract_words w;
        struct paths files;
        bool many = extract_words(argc, argv, a, &w);

        if (many) {
                bool walked = extract_walk(a, &w, &files);

                *ret_code = extract_many(&w, &files, a);
                if (!walked)
                        *ret_code = 1;
        }
        arena_free(a);
        return many;
}

int
cmd_extract(int argc, char **argv)
{
        bool table = false;
        const char *path = NULL;
        int code;

        if (extract_several(argc, argv, &code))
                return code;

        for (int i = 1; i < argc; i++) {
                if (strcmp(argv[i], "--batch") == 0)
                        return batch(batch_extract);
                if (strcmp(argv[i], "--table") == 0)
                        table = true;
                else if (strcmp(argv[i], "--json") == 0)
                        table = false;
                else if (argv[i][0] == '-' && argv[i][1])
                        path = NULL, i = argc;
                else
                        path = argv[i];
        }
        if (!path) {
                fputs("Cách dùng: dondoc extract [--json|--table] TỆP\n"
                      "           dondoc extract [--out THƯ-MỤC] [--failures TỆP.csv] THƯ-MỤC|TỆP...\n"
                      "           dondoc extract --batch < dòng JSON\n",
                      stderr);
                return 2;
        }
        return extract_file(path, table);
}

int
cmd_parse(int argc, char **argv)
{
        if (argc >= 2 && strcmp(argv[1], "deadline") == 0)
                return batch(batch_deadline);
        if (argc >= 2 && strcmp(argv[1], "agency") == 0)
                return batch(batch_agency);
        fputs("Cách dùng: dondoc parse deadline --batch | dondoc parse agency --batch\n", stderr);
        return 2;
}

/* What came of a child, told to the person and to the log. The log never holds a word of the paper. */
#include <signal.h>
#include <sys/wait.h>

#include "worker_priv.h"

/* What a person can always do. */
#define OTHER_WAYS "Hãy mở tệp, lưu thành văn bản thuần (.txt, UTF-8) rồi tải lên lại, hoặc nhập kế hoạch bằng tay."

static enum dd_err
verdict_signal(struct dd_ctx *c, const struct worker_limits *limits, int sig, enum reply_stage stage)
{
        dd_log(sig == SIGSYS ? DD_LOG_ERROR : DD_LOG_WARN, "worker: child ended by signal %d in stage %s%s", sig,
               reply_stage_name(stage), sig == SIGSYS ? ": a forbidden system call, the file may be an attack" : "");
        switch (sig) {
        case SIGSYS:
                return dd_fail(
                    c, DD_EFORMAT,
                    "Máy đọc văn bản đã dừng vì tệp này làm chương trình đọc gọi một việc không được phép; tệp "
                    "có thể hỏng hoặc có nội dung gây hại. Chưa có gì được lưu. Hãy báo người quản trị. " OTHER_WAYS);
        case SIGXCPU:
        case SIGKILL:
                return dd_fail(c, DD_ETOOBIG,
                               "Máy đọc văn bản đã dừng vì văn bản này cần quá %u giây tính toán. Chưa có gì được lưu. "
                               "Hãy tách văn bản thành nhiều tệp nhỏ hơn rồi tải lên lại, hoặc nhập kế hoạch bằng tay.",
                               limits->cpu_s);
        case SIGABRT:
                return dd_fail(c, DD_ETOOBIG,
                               "Máy đọc văn bản đã dừng vì văn bản này cần quá %zu MB bộ nhớ. Chưa có gì được lưu. Hãy "
                               "tách văn bản thành nhiều tệp nhỏ hơn rồi tải lên lại, hoặc nhập kế hoạch bằng tay.",
                               limits->memory >> 20);
        default:
                return dd_fail(c, DD_EFORMAT,
                               "Máy đọc văn bản đã dừng giữa chừng khi đọc tệp này; tệp có thể hỏng. Chưa có gì được "
                               "lưu. " OTHER_WAYS);
        }
}

static enum dd_err
verdict_junk(struct dd_ctx *c, const char *why, enum reply_stage stage)
{
        dd_log(DD_LOG_ERROR, "worker: reply refused in stage %s: %s", reply_stage_name(stage), why);
        return dd_fail(c, DD_EFORMAT,
                       "Máy đọc văn bản đã dừng vì kết quả đọc tệp này không hợp lệ. Chưa có gì được lưu. " OTHER_WAYS);
}

static enum dd_err
verdict_exit(struct dd_ctx *c, int code, enum reply_stage stage)
{
        dd_log(DD_LOG_ERROR, "worker: child ended with status %d in stage %s%s", code, reply_stage_name(stage),
               code == CHILD_NO_SANDBOX ? ": no sandbox on this machine (seccomp or Landlock is needed)" : "");
        if (code == CHILD_NO_SANDBOX)
                return dd_fail(
                    c, DD_EBUSY,
                    "Máy chủ này chưa có lớp cách ly an toàn (seccomp hoặc Landlock) nên không đọc tệp tải lên. "
                    "Chưa có gì được lưu. Hãy báo người quản trị bật một trong hai lớp đó; trong lúc chờ có "
                    "thể nhập kế hoạch bằng tay.");
        return dd_fail(
            c, DD_EBUSY,
            "Máy đọc văn bản đã dừng trước khi đọc xong. Chưa có gì được lưu. Hãy thử lại sau ít phút; nếu vẫn "
            "vậy, báo người quản trị.");
}

/* draft_parse speaks of JSON, which says nothing to the person: its words go to the log, ours to the page. */
static enum dd_err
verdict_draft(struct dd_ctx *c, const struct reply *r, struct draft *ret)
{
        struct dd_ctx scratch = *c;
        enum dd_err e;

        dd_ctx_clear_error(&scratch);
        e = draft_parse(&scratch, r->body, ret);
        if (e == DD_OK && reply_boxes(c->arena, r, ret))
                return DD_OK;
        *ret = (struct draft){ 0 };
        if (e == DD_OK)
                return verdict_junk(c, "boxes beyond the text or its pages", r->stage);
        return verdict_junk(c, str_c(c->arena, str_fmt(c->arena, "draft: %.*s", FMT(scratch.err_text))), r->stage);
}

enum dd_err
verdict_secret(struct dd_ctx *c, struct str mark)
{
        dd_log(DD_LOG_WARN, "worker: a paper with a mark of state secrecy was refused");
        return dd_fail(c, DD_EDENIED,
                       "Văn bản mang dấu chỉ độ mật \"%.*s\" nên đã bị từ chối; hệ thống không giữ lại nội dung nào "
                       "của văn bản. Điều 5 Luật Bảo vệ bí mật nhà nước số 117/2025/QH15 cấm soạn thảo, lưu giữ "
                       "bí mật nhà nước trên máy tính có kết nối mạng. Hãy xử lý văn bản theo chế độ mật và báo "
                       "người phụ trách bảo vệ bí mật nhà nước của cơ quan.",
                       FMT(mark));
}

static enum dd_err
verdict_reply(struct dd_ctx *c, const struct outcome *o, struct draft *ret)
{
        struct reply r;
        const char *wrong = reply_parse(buf_view(&o->bytes), &r);

        if (wrong != NULL)
                return verdict_junk(c, wrong, r.stage);
        switch (r.type) {
        case REPLY_DRAFT:
                return verdict_draft(c, &r, ret);
        case REPLY_REFUSED:
                return dd_fail(c, r.code, "%.*s", FMT(r.body));
        case REPLY_SECRET:
                return verdict_secret(c, r.body);
        default:
                return verdict_junk(c, "no closing record", r.stage);
        }
}

static enum dd_err
verdict_unfinished(struct dd_ctx *c, const struct worker_limits *limits, const struct outcome *o,
                   enum reply_stage stage)
{
        dd_log(DD_LOG_WARN, "worker: no answer (%d) in stage %s", (int)o->end, reply_stage_name(stage));
        switch (o->end) {
        case RUN_TIMEOUT:
                return dd_fail(
                    c, DD_EBUSY,
                    "Máy đọc văn bản đã dừng vì chưa đọc xong sau %d giây; máy chủ có thể đang bận. Chưa có gì "
                    "được lưu. Hãy thử lại sau ít phút, hoặc tách văn bản thành nhiều tệp nhỏ hơn.",
                    limits->wall_ms / 1000);
        case RUN_FLOOD:
                return dd_fail(
                    c, DD_ETOOBIG,
                    "Máy đọc văn bản đã dừng vì kết quả đọc tệp này lớn hơn 8 MB. Chưa có gì được lưu. Hãy tách "
                    "văn bản thành nhiều tệp nhỏ hơn rồi tải lên lại.");
        case RUN_NO_FORK:
                return dd_fail(
                    c, DD_EBUSY,
                    "Máy chủ đang thiếu tài nguyên nên chưa đọc được tệp. Chưa có gì được lưu. Hãy thử lại sau "
                    "ít phút.");
        case RUN_CANCELLED:
                return dd_fail(c, DD_ECONFLICT, "Đã dừng đọc văn bản theo yêu cầu. Chưa có gì được lưu.");
        default:
                return dd_fail(
                    c, DD_EBUSY,
                    "Máy đọc văn bản không hoạt động. Chưa có gì được lưu. Hãy thử lại sau ít phút; nếu vẫn vậy, "
                    "báo người quản trị khởi động lại dịch vụ.");
        }
}

enum dd_err
worker_verdict(struct dd_ctx *c, const struct worker_limits *limits, const struct outcome *o, struct draft *ret)
{
        struct reply r;

        *ret = (struct draft){ 0 };
        if (o->end == RUN_ENDED && WIFEXITED(o->status) && WEXITSTATUS(o->status) == CHILD_DONE)
                return verdict_reply(c, o, ret);
        reply_parse(buf_view(&o->bytes), &r); /* for the stage alone; an unfinished answer counts for nothing */
        if (o->end != RUN_ENDED)
                return verdict_unfinished(c, limits, o, r.stage);
        if (WIFSIGNALED(o->status))
                return verdict_signal(c, limits, WTERMSIG(o->status), r.stage);
        return verdict_exit(c, WIFEXITED(o->status) ? WEXITSTATUS(o->status) : -1, r.stage);
}

/* A child that ended as it should, with a whole reply of this type. */
static bool
replied(const struct outcome *o, enum reply_type type, struct reply *r)
{
        return o->end == RUN_ENDED && WIFEXITED(o->status) && WEXITSTATUS(o->status) == CHILD_DONE &&
               reply_parse(buf_view(&o->bytes), r) == NULL && r->type == type;
}

enum dd_err
worker_verdict_first(struct dd_ctx *c, const struct worker_limits *limits, const struct outcome *o,
                     struct str *ret_need, struct draft *ret)
{
        struct reply r;

        *ret_need = STR_NONE;
        if (!replied(o, REPLY_BYTES, &r))
                return worker_verdict(c, limits, o, ret);
        *ret_need = r.body;
        return DD_OK;
}

enum dd_err
worker_verdict_bytes(struct dd_ctx *c, const struct worker_limits *limits, const struct outcome *o, struct str *ret)
{
        struct draft none;
        struct reply r;

        *ret = STR_NONE;
        if (replied(o, REPLY_BYTES, &r)) {
                *ret = r.body;
                return DD_OK;
        }
        enum dd_err e = worker_verdict(c, limits, o, &none);

        return e != DD_OK ? e : verdict_junk(c, "a draft where bytes were asked for", STAGE_START);
}

/* Of a program's words nothing is shown: they speak English, of files that are not there. */
enum dd_err
worker_verdict_program(struct dd_ctx *c, const struct outcome *o, enum child_work work, bool *ret_failed)
{
        const struct helper *h = helper_of(work);

        *ret_failed = false;
        if (o->end != RUN_ENDED)
                return verdict_unfinished(c, &h->limits, o, STAGE_READ);
        if (WIFSIGNALED(o->status)) {
                int sig = WTERMSIG(o->status);

                dd_log(DD_LOG_WARN, "worker: %s was ended by signal %d", h->program, sig);
                return verdict_signal(c, &h->limits, sig == SIGXFSZ ? SIGABRT : sig, STAGE_READ);
        }
        if (WEXITSTATUS(o->status) == CHILD_NO_SANDBOX) {
                dd_log(DD_LOG_ERROR, "worker: %s was not started: Landlock and seccomp are both needed", h->program);
                return dd_fail(
                    c, DD_EBUSY,
                    "Máy chủ này chưa đủ lớp cách ly an toàn (cần cả seccomp và Landlock) nên không đọc PDF, ảnh hay "
                    "bản "
                    "quét. Chưa có gì được lưu. Hãy báo người quản trị; trong lúc chờ, hãy lưu văn bản thành .docx hay "
                    ".txt rồi tải lên lại.");
        }
        *ret_failed = WEXITSTATUS(o->status) != 0;
        if (*ret_failed)
                dd_log(DD_LOG_WARN, "worker: %s ended with status %d", h->program, WEXITSTATUS(o->status));
        return DD_OK;
}

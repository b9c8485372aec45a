/* dondoc report NUMBER[@YEAR] --as-of DAY --out FILE.docx|.xlsx|.ics [--by standing] */
#include "dd_date.h"
#include "dd_plan.h"
#include "dd_report.h"
#include "env_priv.h"

#define USAGE                                                                                                                    \
        "Cách dùng: dondoc report SỐ[@NĂM] --as-of NGÀY --out TỆP.docx|.xlsx|.ics [--by standing] [--data THƯ-MỤC]\n" \
        "Ví dụ:     dondoc report 2653@2023 --as-of 30/9/2023 --out bao-cao.docx\n"

typedef enum dd_err report_writer(struct dd_ctx *, const struct report_in *, struct dd_buf *);

struct asked {
        struct str number, out;
        int64_t year;
        int32_t day;
        bool by_standing;
        report_writer *write;
};

static report_writer *
writer_of(struct str path)
{
        static const struct {
                const char *ending;
                report_writer *write;
        } kinds[] = { { ".docx", report_docx }, { ".xlsx", report_xlsx }, { ".ics", report_ics } };

        for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
                if (str_ends(path, str_of(kinds[i].ending)))
                        return kinds[i].write;
        return NULL;
}

static bool
wrong(struct cmd *k, const char *what, struct str value)
{
        fprintf(k->err, "dondoc: %s: «%.*s».\n" USAGE, what, FMT(value));
        return false;
}

/* The words of the command line; tells what is wrong with them. */
static bool
ask(struct cmd *k, struct asked *q)
{
        struct args *a = &k->a;
        struct str day = arg_value(a, "--as-of"), by = arg_value(a, "--by"), word, year;

        q->out = arg_value(a, "--out");
        word = arg_word(a);
        if (!arg_end(a, k->err))
                return false;
        if (!str_cut(&word, '@', &q->number) || q->number.n == 0)
                return wrong(k, "thiếu số của kế hoạch", STR_NONE);
        year = word;
        if (year.p != NULL && (!str_to_i64(year, &q->year) || q->year < 1900 || q->year > 9999))
                return wrong(k, "năm không đúng, ghi như 2653@2023", year);
        q->day = day_parse(day);
        if (q->day == DD_NO_DAY)
                return wrong(k, "--as-of cần một ngày như 30/9/2023 hoặc 2023-09-30", day);
        q->write = writer_of(q->out);
        if (q->write == NULL)
                return wrong(k, "--out cần tên tệp kết thúc bằng .docx, .xlsx hoặc .ics", q->out);
        q->by_standing = str_eq(by, S("standing"));
        if (by.n > 0 && !q->by_standing && !str_eq(by, S("committee")))
                return wrong(k, "--by nhận standing (cơ quan thường trực) hoặc committee (Ban Chỉ đạo)", by);
        return true;
}

/* The one plan that was meant; several are listed. */
static enum dd_err
find_plan(struct cmd *k, const struct asked *q, int64_t *ret_id)
{
        struct dd_ctx *c = k->c;
        struct q_plan_found_rows rows;

        TRY(plan_find(c, q->number, q->year, &rows));
        if (rows.n == 0)
                return dd_fail(c, DD_ENOTFOUND, "Không có kế hoạch số %.*s trong dữ liệu này.", FMT(q->number));
        if (rows.n > 1) {
                for (size_t i = 0; i < rows.n; i++)
                        fprintf(k->err, "  %.*s@%lld  %.*s\n", FMT(rows.v[i].number), (long long)rows.v[i].year,
                                FMT(rows.v[i].title));
                return dd_fail(c, DD_EINVAL,
                               "Có %zu kế hoạch khớp với «%.*s». Mời ghi đủ số và năm như trên; chưa ghi tệp nào.",
                               rows.n, FMT(q->number));
        }
        c->committee_id = rows.v[0].committee_id;
        *ret_id = rows.v[0].id;
        return DD_OK;
}

static enum dd_err
run(struct cmd *k, const struct asked *q)
{
        struct dd_ctx *c = k->c;
        struct report_in in = { .by_standing = q->by_standing };
        AUTO_BUF out = { 0 };

        c->as_of = q->day;
        TRY(find_plan(k, q, &in.plan_id));
        TRY(q->write(c, &in, &out));
        return cmd_write(k, buf_view(&out));
}

int
cmd_report(struct cmd *k)
{
        struct str where = cmd_where(k);
        struct asked q = { 0 };
        enum dd_err err;

        if (!ask(k, &q))
                return 2;
        if (!cmd_out(k, q.out, 0644))
                return 1;
        if (!cmd_data(k, where, false))
                return k->code;
        err = run(k, &q);
        if (err != DD_OK)
                (void)cmd_fail(k, err);
        else
                fprintf(k->out, "Đã ghi %.*s.\n", FMT(q.out));
        return err != DD_OK;
}

/* dondoc import --sheet FILE: a table of tasks, checked without importing anything, or imported in one action. */
#include "dd_committee.h"
#include "dd_csv.h"
#include "dd_jobs.h"
#include "dd_plan.h"
#include "dd_sheet_import.h"
#include "import_priv.h"

#define TOLD_MAX 200

struct sheet_words {
        struct str file, map, plan, fresh, committee;
        bool check, only_good;
};

static enum dd_err
first_committee(struct dd_ctx *c, void *arg)
{
        bool is_new;

        return committee_open(c, arg, &is_new);
}

/* "2653/KH-BCĐ@2023" among the plans of all committees. */
static enum dd_err
plan_named(struct dd_ctx *c, struct str words, int64_t *ret_plan)
{
        struct q_plan_found_rows found;
        struct str number, rest = words;
        int64_t year = 0;

        (void)str_cut(&rest, '@', &number);
        if (rest.n > 0 && !str_to_i64(rest, &year))
                return dd_fail(c, DD_EINVAL, "Năm «%.*s» không phải là số.", FMT(rest));
        TRY(plan_find(c, number, year, &found));
        if (found.n != 1)
                return dd_fail(c, DD_ENOTFOUND,
                               found.n == 0 ? "Không có kế hoạch số «%.*s»."
                                            : "Có nhiều kế hoạch số «%.*s»; ghi thêm @NĂM.",
                               FMT(words));
        *ret_plan = found.v[0].id;
        c->committee_id = found.v[0].committee_id;
        return DD_OK;
}

/* "12/KH-UBND; 5/1/2024; Kế hoạch chuyển đổi số năm 2024" */
static enum dd_err
plan_fresh(struct dd_ctx *c, struct str words, struct sheet_import_in *in)
{
        struct str rest = words, number, day;

        if (!str_cut(&rest, ';', &number) || !str_cut(&rest, ';', &day) || str_trim(rest).n == 0)
                return dd_fail(c, DD_EINVAL, "--new cần «SỐ KÝ HIỆU; NGÀY; TRÍCH YẾU».");
        in->number = str_trim(number);
        in->day = day_parse(str_trim(day));
        in->title = str_trim(rest);
        if (in->day == DD_NO_DAY)
                return dd_fail(c, DD_EINVAL, "Không đọc được ngày «%.*s».", FMT(str_trim(day)));
        return DD_OK;
}

static void
tell(struct cmd *k, const struct sheet_check *ck)
{
        size_t told = 0;

        for (size_t i = 0; i < ck->n_columns; i++)
                if (ck->heading[i].n > 0)
                        fprintf(k->out, "cột %zu «%.*s»: %s\n", i + 1, FMT(ck->heading[i]),
                                sheet_field_name(ck->field[i]));
        for (size_t i = 0; i < ck->n_faults && told < TOLD_MAX; i++, told++) {
                const struct sheet_fault *f = &ck->faults[i];

                fprintf(k->out, "%s dòng %d, cột «%.*s»: «%.*s»: %.*s%s%.*s\n", f->note ? "cần xem" : "LỖI", f->line,
                        FMT(f->heading), FMT(f->value), FMT(f->text), f->accepted.n > 0 ? " " : "", FMT(f->accepted));
        }
        if (ck->n_faults > told)
                fprintf(k->out, "... và %zu chỗ nữa; thêm «--failed TỆP.csv» để có đủ các dòng lỗi\n",
                        ck->n_faults - told);
        fprintf(k->out, "%zu dòng nhập được, %zu dòng có lỗi, %zu nhóm, %zu tên cơ quan cần xem\n", ck->n_tasks,
                ck->n_bad, ck->n_groups, ck->n_notes);
}

/* The failed rows with what is wrong behind them, to be mended and sent again. */
static enum dd_err
write_failed(struct cmd *k, const struct sheet_check *ck)
{
        AUTO_BUF csv_bytes = { 0 };
        struct grid_col *cols = arena_array(k->arena, ck->n_columns + 1, sizeof *cols);
        struct grid_cell *cells = arena_array(k->arena, ck->n_columns + 1, sizeof *cells);
        struct csv w;

        for (size_t i = 0; i < ck->n_columns; i++)
                cols[i].title = ck->heading[i];
        cols[ck->n_columns].title = S("Lỗi");
        csv_start(&w, &csv_bytes, cols, ck->n_columns + 1);
        for (size_t i = 0; i < ck->n_lines; i++) {
                const struct sheet_line *l = &ck->lines[i];
                AUTO_BUF why = { 0 };

                if (!l->bad)
                        continue;
                for (size_t x = 0; x < ck->n_columns; x++)
                        cells[x] = grid_text(x < ck->draft.grid[l->row].n ? ck->draft.grid[l->row].cells[x] : S(""));
                for (size_t f = 0; f < ck->n_faults; f++)
                        if (ck->faults[f].line == l->line && !ck->faults[f].note)
                                buf_fmt(&why, "%s%.*s %.*s", why.n > 0 ? " · " : "", FMT(ck->faults[f].text),
                                        FMT(ck->faults[f].accepted));
                cells[ck->n_columns] = grid_text(buf_view(&why));
                csv_row(&w, cells);
        }
        return cmd_write(k, buf_view(&csv_bytes));
}

struct storing {
        struct evidence *file;
        const struct draft *draft;
        const struct sheet_map *map;
        struct sheet_import_in in;
        int64_t plan;
};

static enum dd_err
store(struct dd_ctx *c, void *arg)
{
        struct storing *s = arg;
        struct sheet_full full;

        TRY(sheet_create(c, s->file, s->draft, &s->in.id));
        TRY(sheet_full(c, s->in.id, &full));
        if (s->map->given)
                TRY(sheet_map_set(c, s->in.id, full.import.version, s->map));
        s->in.version = 0;
        return sheet_import(c, &s->in, &s->plan);
}

static enum dd_err
run(struct cmd *k, const struct sheet_words *words, struct evidence *file, bool *ret_clean)
{
        struct dd_ctx *c = k->c;
        struct committee_in committee;
        struct sheet_check ck;
        struct sheet_map map = { 0 };
        struct draft d = { 0 };
        struct storing s = { .file = file, .draft = &d, .map = &map, .in = { .only_good = words->only_good } };

        TRY(cmd_read(k, &file->bytes));
        TRY(import_read(c, k->worker, file, &d));
        import_committee(c, words->committee, &d, &committee);
        if (words->plan.n > 0)
                TRY(plan_named(c, words->plan, &s.in.plan_id));
        else if (words->fresh.n > 0)
                TRY(plan_fresh(c, words->fresh, &s.in));
        if (words->plan.n == 0 && !words->check)
                TRY(dd_write(c, first_committee, &committee));
        TRY(sheet_check(c, &d, &map, &ck));
        if (words->map.n > 0) {
                TRY(sheet_map_words(c, &ck, words->map, &map));
                map.head_line = ck.head < d.n_grid ? d.grid[ck.head].line : 0;
                TRY(sheet_check(c, &d, &map, &ck));
        }
        tell(k, &ck);
        *ret_clean = ck.n_bad == 0;
        if (k->out_fd >= 0)
                TRY(write_failed(k, &ck));
        if (words->check)
                return DD_OK;
        TRY(dd_write(c, store, &s));
        fprintf(k->out, "Đã nhập %zu nhiệm vụ (đợt nhập số %lld); hoàn tác tại trang «Nhập từ bảng tính».\n",
                ck.n_tasks, (long long)s.in.id);
        return DD_OK;
}

int
import_sheet(struct cmd *k)
{
        struct str where = cmd_where(k), failed = arg_value(&k->a, "--failed");
        struct sheet_words words = { .file = arg_value(&k->a, "--sheet"),
                                     .map = arg_value(&k->a, "--map"),
                                     .plan = arg_value(&k->a, "--plan"),
                                     .fresh = arg_value(&k->a, "--new"),
                                     .committee = arg_value(&k->a, "--committee"),
                                     .check = arg_flag(&k->a, "--check"),
                                     .only_good = arg_flag(&k->a, "--only-good") };
        bool clean = true;

        if (!arg_end(&k->a, k->err))
                return 2;
        if (words.file.n == 0 || (!words.check && (words.plan.n > 0) == (words.fresh.n > 0))) {
                fprintf(k->err,
                        "Cách dùng: dondoc import --sheet TỆP --check [--map \"CỘT=TRƯỜNG; ...\"] [--failed TỆP.csv]\n"
                        "           dondoc import --sheet TỆP --plan SỐ[@NĂM] | --new \"SỐ; NGÀY; TRÍCH YẾU\" "
                        "[--map ...] [--only-good] [--failed TỆP.csv]\n");
                return 2;
        }
        if (!cmd_in(k, words.file) || (failed.n > 0 && !cmd_out(k, failed, 0644)))
                return 1;
        if (!cmd_data(k, where, true))
                return k->code;
        const char *slash = memrchr(words.file.p, '/', words.file.n);
        struct evidence file = { slash != NULL ? str_of(slash + 1) : words.file, S("text/csv"), STR_NONE };
        enum dd_err err = run(k, &words, &file, &clean);
        if (err != DD_OK)
                return cmd_fail(k, err);
        return clean ? 0 : CMD_LEFT;
}

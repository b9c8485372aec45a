/* What a person does to the rows of a draft: one address a row, one for rows that are pasted, one for the undo. */
#include "dd_intake.h"

#include "intake_priv.h"
#include "tmpl_rt.h"

struct row_form {
        int32_t act;
        struct str no, title, lead, coordinating, deadline_text, output, words;
        int64_t at, above, below;
};

static const struct form_choice acts[] = {
        { "accept", "Đúng", DRAFT_ACCEPT },
        { "edit", "Lưu dòng này", DRAFT_EDIT },
        { "drop", "Không phải nhiệm vụ", DRAFT_DROP },
        { "reopen", "Xem lại", DRAFT_REOPEN },
        { "merge_up", "Gộp với dòng trên", DRAFT_MERGE_UP },
        { "merge_down", "Gộp với dòng dưới", DRAFT_MERGE_DOWN },
        { "split", "Tách", DRAFT_SPLIT },
        { "move_up", "Chuyển lên", DRAFT_MOVE_UP },
        { "move_down", "Chuyển xuống", DRAFT_MOVE_DOWN },
        { "add", "Thêm dòng trống ở dưới", DRAFT_ADD },
        { NULL, NULL, 0 },
};

/* A cell of a strange paper may be long; every act sends the row's cells along. */
#define LINES(field, words)                                                                                            \
        {                                                                                                              \
                .name = #field, .type = FORM_LINES, .max = 20000, .label = words,                                      \
                .offset = FORM_AT(struct row_form, field, struct str)                                                  \
        }

static const struct form_field row_fields[] = {
        { .name = "act",
          .type = FORM_CHOICE,
          .required = true,
          .label = "Việc",
          .choices = acts,
          .offset = FORM_AT(struct row_form, act, int32_t) },
        { .name = "no",
          .type = FORM_TEXT,
          .max = 20,
          .label = "Số",
          .offset = FORM_AT(struct row_form, no, struct str) },
        LINES(title, "Nội dung"),
        LINES(lead, "Chủ trì"),
        LINES(coordinating, "Phối hợp"),
        LINES(deadline_text, "Thời hạn"),
        LINES(output, "Sản phẩm"),
        LINES(words, "Nội dung cần tách"),
        { .name = "at",
          .type = FORM_INT,
          .max = 20000,
          .label = "Chỗ tách: số chữ trước con trỏ",
          .offset = FORM_AT(struct row_form, at, int64_t) },
        { .name = "above", .type = FORM_ID, .label = "Dòng trên", .offset = FORM_AT(struct row_form, above, int64_t) },
        { .name = "below", .type = FORM_ID, .label = "Dòng dưới", .offset = FORM_AT(struct row_form, below, int64_t) },
};

enum dd_err
page_intake_row(struct dd_ctx *c, struct web_req *r)
{
        static const char *const said[DRAFT_ACT_MAX] = {
                [DRAFT_MERGE_UP] = "merged", [DRAFT_MERGE_DOWN] = "merged", [DRAFT_SPLIT] = "split",
                [DRAFT_MOVE_UP] = "moved",   [DRAFT_MOVE_DOWN] = "moved",   [DRAFT_ADD] = "row-added",
        };
        struct row_form f = { 0 };
        int64_t row = 0;

        TRY(form_read(c, row_fields, ARRAY_LEN(row_fields), r->http, &f));
        TRY(intake_row(c,
                       &(struct draft_act_in){
                           .intake_id = r->id[0],
                           .row_id = r->id[1],
                           .version = form_version(r->http),
                           .act = (enum draft_act)f.act,
                           .no = f.no,
                           .title = f.title,
                           .lead = f.lead,
                           .coordinating = f.coordinating,
                           .deadline_text = f.deadline_text,
                           .output = f.output,
                           .words = f.words,
                           .at = f.at == FORM_NO_INT ? -1 : f.at,
                           .beside = f.act == DRAFT_MERGE_UP || f.act == DRAFT_MOVE_UP ? f.above : f.below,
                       },
                       &row));
        return web_done_id(r, row, said[f.act], "/intake/%lld?row=%lld#t%lld", (long long)r->id[0], (long long)row,
                           (long long)row);
}

struct paste_form {
        struct str text;
        int64_t after;
};

static const struct form_field paste_fields[] = {
        { .name = "text",
          .type = FORM_LINES,
          .required = true,
          .max = 200000,
          .label = "Các dòng chép từ Excel hoặc Word",
          .offset = FORM_AT(struct paste_form, text, struct str) },
        { .name = "after",
          .type = FORM_ID,
          .label = "Đặt sau dòng",
          .offset = FORM_AT(struct paste_form, after, int64_t) },
};

enum dd_err
page_intake_paste(struct dd_ctx *c, struct web_req *r)
{
        struct paste_form f = { 0 };
        int64_t row = 0;

        TRY(form_read(c, paste_fields, ARRAY_LEN(paste_fields), r->http, &f));
        TRY(intake_paste(c, &(struct draft_paste_in){ .intake_id = r->id[0], .after = f.after, .text = f.text }, &row));
        return web_done_id(r, row, "pasted", "/intake/%lld?row=%lld#t%lld", (long long)r->id[0], (long long)row,
                           (long long)row);
}

enum dd_err
page_intake_undo(struct dd_ctx *c, struct web_req *r)
{
        int64_t row = 0, head = -1;

        TRY(intake_undo(c, r->id[0], &row, &head));
        if (head >= 0)
                return web_done_id(r, head + 1, "undone", "/intake/%lld?head=%lld#h%lld", (long long)r->id[0],
                                   (long long)head + 1, (long long)head + 1);
        if (row == 0)
                return web_done(r, "undone", "/intake/%lld", (long long)r->id[0]);
        return web_done_id(r, row, "undone", "/intake/%lld?row=%lld#t%lld", (long long)r->id[0], (long long)row,
                           (long long)row);
}

const struct form_table form_intake_row = FORM_TABLE(row_fields);
const struct form_table form_intake_paste = FORM_TABLE(paste_fields);

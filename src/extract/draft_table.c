/* draft_table.c - a draft for people at a terminal: `dondoc extract --table`. */
#include "dd_draft.h"
#include "dd_text.h"

static void
put_line(struct dd_buf *o, const char *name, struct str value)
{
        if (value.n)
                buf_fmt(o, "  %s: %.*s\n", name, FMT(value));
}

static void
put_padded(struct dd_buf *o, struct str s, size_t width)
{
        size_t n = 0, i = 0, end = 0;

        while (i < s.n && n < width) {
                (void)utf8_next(s, &i);
                n++;
                if (n < width || i >= s.n)
                        end = i;
        }
        buf_str(o, str_sub(s, 0, i >= s.n ? s.n : end));
        if (i < s.n)
                buf_str(o, S("…"));
        for (; n < width; n++)
                buf_c(o, ' ');
        buf_c(o, ' ');
}

static struct str
mention_list(struct dd_buf *tmp, const struct mentions *m)
{
        buf_reset(tmp);
        for (size_t i = 0; i < m->n; i++) {
                if (i)
                        buf_str(tmp, S("; "));
                buf_str(tmp, m->v[i].name);
                if (m->v[i].note.n)
                        buf_fmt(tmp, " (%.*s)", FMT(m->v[i].note));
        }
        return buf_view(tmp);
}

static void
put_document(struct dd_buf *o, const struct draft_document *d)
{
        buf_fmt(o, "%.*s %.*s\n", FMT(d->type.text), FMT(d->number.text));
        put_line(o, "Trích yếu", d->title.text);
        put_line(o, "Cơ quan", d->issuer.text);
        put_line(o, "Ngày", d->date_text.text);
        put_line(o, "Nơi ban hành", d->place.text);
        put_line(o, "Kính gửi", d->addressee.text);
        for (size_t i = 0; i < d->n_bases; i++)
                buf_fmt(o, "  %.*s: %.*s %.*s%.*s\n", FMT(d->bases[i].role), FMT(d->bases[i].type),
                        FMT(d->bases[i].number), FMT(d->bases[i].name));
        put_line(o, "Người ký", d->signer_name.text);
        put_line(o, "Chức vụ", d->signer_title.text);
        if (d->consultation.members_asked)
                buf_fmt(o, "  Lấy ý kiến: %d/%d thành viên, %d/%d UBND cấp huyện trả lời; %d thống nhất, %d góp ý\n",
                        d->consultation.members_answered, d->consultation.members_asked,
                        d->consultation.districts_answered, d->consultation.districts_asked, d->consultation.agree,
                        d->consultation.comment);
        buf_c(o, '\n');
}

static void
put_tasks(struct dd_buf *o, const struct draft *d)
{
        AUTO_BUF tmp = { 0 };
        struct str group = STR_NONE;

        if (d->n_tasks == 0) {
                buf_str(o, S("Không tìm thấy nhiệm vụ nào trong văn bản.\n"));
                return;
        }
        buf_fmt(o, "%zu nhiệm vụ\n", d->n_tasks);
        for (size_t i = 0; i < d->n_tasks; i++) {
                const struct draft_task *t = &d->tasks[i];

                for (size_t g = 0; g < d->n_groups && !str_eq(t->group, group); g++) {
                        if (str_eq(d->groups[g].no, t->group)) {
                                buf_fmt(o, "%.*s. %.*s\n", FMT(d->groups[g].no), FMT(d->groups[g].title));
                                break;
                        }
                }
                group = t->group;
                put_padded(o, t->no.p ? t->no : S("-"), 8);
                put_padded(o, t->title.text, 60);
                put_padded(o, mention_list(&tmp, &t->lead), 36);
                buf_str(o, t->deadline_text.text);
                buf_c(o, '\n');
                if (t->parent.n)
                        buf_fmt(o, "         (thuộc %.*s)\n", FMT(t->parent));
                for (size_t k = 0; k < t->n_notes; k++)
                        buf_fmt(o, "         ! %.*s\n", FMT(t->notes[k]));
        }
}

void
draft_table(struct dd_buf *out, const struct draft *d)
{
        for (size_t i = 0; i < d->n_documents; i++)
                put_document(out, &d->documents[i]);
        put_tasks(out, d);
        if (d->n_members) {
                buf_fmt(out, "\n%zu mục thành viên\n", d->n_members);
                for (size_t i = 0; i < d->n_members; i++)
                        buf_fmt(out, "%-6.*s %.*s%s%.*s\n", FMT(d->members[i].no), FMT(d->members[i].post.text),
                                d->members[i].role.text.n ? " - " : "", FMT(d->members[i].role.text));
        }
        if (d->n_anomalies) {
                buf_fmt(out, "\n%zu điều cần kiểm tra\n", d->n_anomalies);
                for (size_t i = 0; i < d->n_anomalies; i++)
                        buf_fmt(out, "- %s (%.*s): %.*s\n", d->anomalies[i].kind, FMT(d->anomalies[i].where),
                                FMT(d->anomalies[i].text));
        }
}

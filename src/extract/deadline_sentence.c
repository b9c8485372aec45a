/* deadline_sentence.c - a deadline inside a sentence, how often a duty returns, and the names of kinds. */
#include "deadline_priv.h"

/* What introduces a deadline of the sentence itself, not the date of a document it cites. */
static const char *const SENTENCE[] = {
        "bat dau tu [ngay] {D}_[;|,] [va] ket thuc [truoc|vao|den] [ngay] {D}",
        "trong [sang|chieu|buoi (sang|chieu)] ngay {D}",
        "tu [ngay] ({D}|{A}) den [het] [ngay] {D}",
        "tu thang {m}[_(/|nam)_{y}] den [het] thang {m}_(/|nam)_{y}",
        "(truoc|xong truoc|cham nhat la|cham nhat vao|cham nhat|khong muon hon|den het|het) [{n}_(gio|h)[_{n}][_phut]] "
        "[ngay] {D}",
        "(truoc|den het|cham nhat la|cham nhat|trong|vao) thang {m}_(/|nam)_{y}",
        "(truoc|den het|trong|vao|xong trong) quy {q}_(/|nam)_{y}",
        "(trong|truoc|xong trong|den het|vao cuoi|cuoi|vao) nam {y}",
        "(truoc|cham nhat la|cham nhat) [ngay] {A} " EACH " nam",
        EACH " nam_[,]_[{*} ](truoc|cham nhat la|cham nhat|vao) [ngay] {A}",
        "(truoc|cham nhat la|cham nhat|vao) ngay {n} (" EACH " thang|[cua] thang cuoi (quy|moi quy|hang quy))",
        EACH " (thang|quy)_[,]_(truoc|cham nhat la|cham nhat) ngay {n}",
        "(truoc|cham nhat la|cham nhat) ngay {A}",
        "(hoan thanh|xong|ban hanh|phe duyet) [vao] ngay {D}",
        "(hoan thanh|xong|ban hanh|phe duyet) [vao] (thang {m}|quy {q})_(/|nam)_{y}",
        "truoc {n}_(gio|h) (" EACH " ngay|{*}" EACH " tuan)",
        "dinh ky [" EACH "] ({n} thang|{n} nam|tuan|thang|quy|nam)",
        EACH " (tuan|thang|quy)$",
};

/* Counted from an event: the expression goes on to the end of its clause. */
static const char FROM_EVENT[] = "(trong|trong vong|trong thoi han|trong thoi gian|cham nhat|cham nhat la|khong qua)"
                                 "[ khong qua| toi da] {n} (gio|ngay|tuan|thang)[ lam viec]_[,]_"
                                 "(ke tu|tinh tu|sau khi|tu khi|tu ngay)";

static size_t
clause_end(const struct view *v, size_t at)
{
        while (at < v->n && !strchr(",;:.\n", v->bare[at]))
                at = view_next(v, at);
        return at;
}

bool
deadline_in(struct xt *x, const struct view *v, int year, size_t *ret_from, size_t *ret_to, struct deadline *ret)
{
        for (size_t i = 0; i < v->n; i = view_next(v, i)) {
                if (!strchr("btxckdvhmp", v->bare[i]) || (i > 0 && bare_word(v->bare[i - 1])))
                        continue;
                for (size_t r = 0; r <= ARRAY_LEN(SENTENCE); r++) {
                        size_t end = pat(v, i, r < ARRAY_LEN(SENTENCE) ? SENTENCE[r] : FROM_EVENT, NULL);
                        struct view part;

                        if (!end)
                                continue;
                        if (r == ARRAY_LEN(SENTENCE))
                                end = clause_end(v, end);
                        part = view_sub(v, i, end);
                        deadline_of_view(x->a, &part, year, ret);
                        *ret_from = i;
                        *ret_to = end;
                        return true;
                }
        }
        return false;
}

/* How often a duty returns: "định kỳ 6 tháng và cuối năm". */
enum recur_kind
recur_in(struct arena *a, const struct view *v)
{
        size_t end, at = pat_find(v, 0, "(dinh ky|" EACH " (tuan|thang|quy|nam))", &end);
        struct deadline d;
        struct view part;

        if (at == v->n)
                return RECUR_NONE;
        part = view_sub(v, at, at + 60);
        deadline_of_view(a, &part, 0, &d);
        return d.kind == DL_RECURRING ? d.recur : RECUR_NONE;
}

/* ---- names ---------------------------------------------------------------------------------------------- */

const char *
deadline_kind_name(enum deadline_kind k)
{
        static const char *const names[DL_KIND_MAX] = {
                NULL,   "done",  "date",      "month",   "quarter",  "half",
                "year", "range", "recurring", "ongoing", "relative", "unknown"
        };

        return k > DL_NONE && k < DL_KIND_MAX ? names[k] : NULL;
}

const char *
recur_name(enum recur_kind r)
{
        static const char *const names[RECUR_MAX] = { NULL, "weekly", "monthly", "quarterly", "half-yearly", "yearly" };

        return r > RECUR_NONE && r < RECUR_MAX ? names[r] : NULL;
}

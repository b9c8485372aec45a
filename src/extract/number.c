/* number.c - numbers and symbols of papers (SPECS 1.5, 1.6): "2653/KH-BCĐ", "12/2018/NĐ-CP", "128-KH/TU", and what a
 * symbol tells of the kind of paper and its issuer. */
#include "extract_priv.h"

#include "agency_priv.h"

#include <ctype.h>

static const struct {
        const char *symbol, *type;
} SYMBOLS[] = {
        { "NQ", "Nghị quyết" },
        { "NQLT", "Nghị quyết liên tịch" },
        { "QĐ", "Quyết định" },
        { "CT", "Chỉ thị" },
        { "QC", "Quy chế" },
        { "QyĐ", "Quy định" },
        { "TC", "Thông cáo" },
        { "TB", "Thông báo" },
        { "HD", "Hướng dẫn" },
        { "CTr", "Chương trình" },
        { "CTrHĐ", "Chương trình" },
        { "KH", "Kế hoạch" },
        { "PA", "Phương án" },
        { "ĐA", "Đề án" },
        { "DA", "Dự án" },
        { "BC", "Báo cáo" },
        { "BB", "Biên bản" },
        { "TTr", "Tờ trình" },
        { "HĐ", "Hợp đồng" },
        { "CĐ", "Công điện" },
        { "GUQ", "Giấy ủy quyền" },
        { "GM", "Giấy mời" },
        { "GGT", "Giấy giới thiệu" },
        { "GNP", "Giấy nghỉ phép" },
        { "PG", "Phiếu gửi" },
        { "BGN", "Bản ghi nhớ" },
        { "BTT", "Bản thỏa thuận" },
        { "CL", "Chiến lược" },
        { "TBKL", "Thông báo" },
        { "PC", "Phiếu chuyển" },
        { "PB", "Phiếu báo" },
        { "NĐ", "Nghị định" },
        { "TT", "Thông tư" },
        { "TTLT", "Thông tư liên tịch" },
        { "PL", "Pháp lệnh" },
        { "L", "Luật" },
        { "VBHN", "Văn bản hợp nhất" },
        { "KL", "Kết luận" },
        { "LTC", "Luật" },
};

/* Type words, the longer before the shorter that begins it. */
static const char *const TYPES[] = {
        "Văn bản hợp nhất",
        "Thông tư liên tịch",
        "Thông tư",
        "Nghị quyết liên tịch",
        "Nghị quyết",
        "Nghị định",
        "Quyết định",
        "Chỉ thị",
        "Chương trình hành động",
        "Chương trình",
        "Kế hoạch",
        "Phương án",
        "Đề án",
        "Dự án",
        "Báo cáo",
        "Thông báo",
        "Tờ trình",
        "Hướng dẫn",
        "Quy chế",
        "Quy định",
        "Công điện",
        "Công văn",
        "Giấy mời",
        "Giấy ủy quyền",
        "Giấy giới thiệu",
        "Giấy nghỉ phép",
        "Phiếu chuyển",
        "Phiếu gửi",
        "Phiếu báo",
        "Thông cáo",
        "Bản ghi nhớ",
        "Bản thỏa thuận",
        "Hợp đồng",
        "Thư công",
        "Chiến lược",
        "Biên bản",
        "Kết luận",
        "Bộ luật",
        "Luật",
        "Pháp lệnh",
        "Lệnh",
        "Hiến pháp",
};

static const struct {
        const char *symbol, *issuer;
} ISSUERS[] = {
        { "VPCP", "VĂN PHÒNG CHÍNH PHỦ" },
        { "TTg", "THỦ TƯỚNG CHÍNH PHỦ" },
        { "CP", "CHÍNH PHỦ" },
        { "VPQH", "VĂN PHÒNG QUỐC HỘI" },
        { "BTC", "BỘ TÀI CHÍNH" },
        { "BNV", "BỘ NỘI VỤ" },
        { "BCA", "BỘ CÔNG AN" },
        { "BQP", "BỘ QUỐC PHÒNG" },
        { "BYT", "BỘ Y TẾ" },
        { "BXD", "BỘ XÂY DỰNG" },
        { "BCT", "BỘ CÔNG THƯƠNG" },
        { "BTP", "BỘ TƯ PHÁP" },
        { "BKHĐT", "BỘ KẾ HOẠCH VÀ ĐẦU TƯ" },
        { "BTNMT", "BỘ TÀI NGUYÊN VÀ MÔI TRƯỜNG" },
        { "BGDĐT", "BỘ GIÁO DỤC VÀ ĐÀO TẠO" },
        { "BLĐTBXH", "BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI" },
};

/* "1 12 /KH-SYT": a scan tore the number itself; nothing but digits and blanks up to the slash. */
static bool
torn_number(const struct view *v, size_t at)
{
        size_t i = at, digits = 0;

        for (; i < v->n && i < at + 8 && (isdigit((unsigned char)v->bare[i]) || v->bare[i] == ' '); i++)
                digits += v->bare[i] != ' ';
        return digits > 0 && digits < 5 && i < v->n && v->bare[i] == '/';
}

static bool
in_code(const struct view *v, size_t i)
{
        return bare_word(v->bare[i]) || strchr("/-.&_", v->bare[i]);
}

/* "KH/", "QĐ/": the symbol of a kind behind a dash that has blanks around it. */
static bool
symbol_follows(const struct view *v, size_t at)
{
        size_t i = view_skip(v, at, " "), from = i;

        for (; i < v->n && bare_word(v->bare[i]) && i < from + 10; i = view_next(v, i)) {
                if (i == from && view_case(v, i) != CASE_CAPITAL)
                        return false;
        }
        return i > from && i < v->n && v->bare[i] == '/';
}

bool
scan_code(struct xt *x, const struct view *v, size_t at, struct code *ret)
{
        size_t i = view_skip(v, at, " \n\t"), end = i, capitals = 0, signs = 0;

        *ret = (struct code){ .from = i };
        if (i >= v->n || !(isdigit((unsigned char)v->bare[i]) || v->bare[i] == '/'))
                return false;
        while (i < v->n && i < ret->from + 80) {
                size_t k = view_skip(v, i, " ");

                if (k > i) { /* a blank goes on only before a slash, around "- KH/", and in "QH 15" */
                        bool slash = k < v->n && v->bare[k] == '/' && signs == 0;
                        bool house = i >= 2 && v->bare[i - 1] == 'h' && v->bare[i - 2] == 'q' && k + 2 <= v->n &&
                                     isdigit((unsigned char)v->bare[k]) && view_boundary(v, k + 2);

                        bool dash = (v->bare[k < v->n ? k : i - 1] == '-' && signs == 0 && symbol_follows(v, k + 1)) ||
                                    (signs == 1 && v->bare[i - 1] == '-' && symbol_follows(v, k));

                        if (!slash && !dash && !house && !(signs == 0 && torn_number(v, k)))
                                break;
                        ret->spaced = true;
                        i = k;
                        continue;
                }
                if (!in_code(v, i))
                        break;
                capitals += view_case(v, i) == CASE_CAPITAL;
                signs += v->bare[i] == '/' || v->bare[i] == '-';
                i = view_next(v, i);
                if (bare_word(v->bare[i - 1]))
                        end = i;
        }
        if (capitals == 0 || signs == 0)
                return false;
        ret->to = end;
        ret->text = without_blanks(x->a, view_str(v, ret->from, end));
        ret->type = type_of_symbol(ret->text);
        if (ret->text.p[0] == '/')
                ret->text = STR_NONE;
        return true;
}

static bool
next_group(struct str *rest, struct str *ret)
{
        size_t i = 0;

        if (rest->n == 0)
                return false;
        while (i < rest->n && rest->p[i] != '/' && rest->p[i] != '-')
                i++;
        *ret = str_sub(*rest, 0, i);
        *rest = str_sub(*rest, i + 1, rest->n);
        return true;
}

struct str
type_of_symbol(struct str code)
{
        struct str rest = code, group;
        bool dash = memchr(code.p, '-', code.n) != NULL;

        while (next_group(&rest, &group)) {
                if (group.n == 0 || isdigit((unsigned char)group.p[0]))
                        continue;
                for (size_t k = 0; k < ARRAY_LEN(SYMBOLS); k++) {
                        if (str_eq(group, str_of(SYMBOLS[k].symbol)))
                                return str_of(SYMBOLS[k].type);
                }
                return dash && !str_starts(group, S("QH")) && !str_starts(group, S("UBTVQH")) ? S("Công văn")
                                                                                              : STR_NONE;
        }
        return STR_NONE;
}

struct str
issuer_of_symbol(struct str code)
{
        struct str rest = code, group;

        while (next_group(&rest, &group)) {
                for (size_t k = 0; k < ARRAY_LEN(ISSUERS); k++) {
                        if (str_eq(group, str_of(ISSUERS[k].symbol)))
                                return str_of(ISSUERS[k].issuer);
                }
        }
        return STR_NONE;
}

size_t
scan_type(const struct view *v, size_t at, struct str *ret_type)
{
        for (size_t k = 0; k < ARRAY_LEN(TYPES); k++) {
                size_t end = marked_at(v, at, TYPES[k]);

                if (end) {
                        *ret_type = str_of(TYPES[k]);
                        return end;
                }
        }
        return 0;
}

size_t
scan_type_torn(const struct view *v, size_t at, struct str *ret_type)
{
        static const struct {
                const char *bare, *type;
        } types[] = {
                { "ke hoach", "Kế hoạch" },   { "quyet dinh", "Quyết định" }, { "nghi quyet", "Nghị quyết" },
                { "nghi dinh", "Nghị định" }, { "thong tu", "Thông tư" },     { "thong bao", "Thông báo" },
                { "bao cao", "Báo cáo" },     { "to trinh", "Tờ trình" },     { "chi thi", "Chỉ thị" },
                { "cong dien", "Công điện" }, { "huong dan", "Hướng dẫn" },   { "chuong trinh", "Chương trình" },
                { "ket luan", "Kết luận" },
        };

        for (size_t k = 0; k < ARRAY_LEN(types); k++) {
                size_t end = pat(v, at, types[k].bare, NULL), stop = end ? view_skip(v, end, " ") : 0;

                if (end && (stop >= v->n || v->bare[stop] == '\n')) {
                        *ret_type = str_of(types[k].type);
                        return end;
                }
        }
        return 0;
}

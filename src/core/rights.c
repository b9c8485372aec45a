/* The table of rights. The web's route table and the matrix test are generated from the same capabilities. */
#include "dd_rights.h"

#define BIT(x) (1u << (x))

static const struct {
        const char *name, *label;
        unsigned caps;
} roles[ROLE_MAX] = {
        [ROLE_NONE] = { "", "", BIT(CAP_PUBLIC) },
        [ROLE_STANDING] = { "standing", "Cơ quan thường trực",
                            BIT(CAP_PUBLIC) | BIT(CAP_READ) | BIT(CAP_UPDATE) | BIT(CAP_CONFIRM) | BIT(CAP_PLAN_EDIT) |
                                BIT(CAP_INTAKE) | BIT(CAP_COMMITTEE) },
        [ROLE_OFFICER] = { "officer", "Cán bộ đầu mối", BIT(CAP_PUBLIC) | BIT(CAP_READ) | BIT(CAP_UPDATE) },
        [ROLE_HEAD] = { "head", "Lãnh đạo Ban Chỉ đạo", BIT(CAP_PUBLIC) | BIT(CAP_READ) },
        [ROLE_AUDITOR] = { "auditor", "Thanh tra, kiểm tra", BIT(CAP_PUBLIC) | BIT(CAP_READ) | BIT(CAP_AUDIT_READ) },
        [ROLE_ADMIN] = { "admin", "Quản trị",
                         BIT(CAP_PUBLIC) | BIT(CAP_READ) | BIT(CAP_ACCOUNTS) | BIT(CAP_AUDIT_READ) |
                             BIT(CAP_COMMITTEE) },
};

enum role
role_of(struct str name)
{
        for (int r = ROLE_NONE + 1; r < ROLE_MAX; r++)
                if (str_eq(name, str_of(roles[r].name)))
                        return (enum role)r;
        return ROLE_NONE;
}

const char *
role_name(enum role r)
{
        return roles[r].name;
}

const char *
role_label(enum role r)
{
        return roles[r].label;
}

bool
role_has(enum role r, enum cap cap)
{
        return (roles[r].caps & BIT(cap)) != 0;
}

enum dd_err
can(struct dd_ctx *c, enum cap cap, int64_t agency_id)
{
        if (c->is_system || cap == CAP_PUBLIC)
                return DD_OK;
        if (c->user == NULL)
                return dd_fail(c, DD_EAUTH, "Anh/chị cần đăng nhập để làm việc này.");
        if (!role_has(c->user->role, cap))
                return dd_fail(c, DD_EDENIED, "Tài khoản của anh/chị (%s) không có quyền làm việc này.",
                               dd_say(c, role_label(c->user->role)));
        if (cap == CAP_UPDATE && c->user->role == ROLE_OFFICER && (agency_id == 0 || agency_id != c->user->agency_id))
                return dd_fail(c, DD_EDENIED,
                               "Nhiệm vụ này do cơ quan khác chủ trì; chỉ cán bộ của cơ quan đó cập nhật được.");
        return DD_OK;
}

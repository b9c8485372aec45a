/* Passwords, one-time links, sessions. */
#include <sodium.h>

#include "dd_account.h"
#include "dd_audit.h"
#include "dd_date.h"
#include "dd_text.h"
#include "q_account.h"

#define TOKEN_BYTES  32
#define PASSWORD_MIN 10
#define PASSWORD_MAX 256
#define ARGON_OPS    2
#define ARGON_MEMORY ((size_t)19 << 20)
#define TRIES_FREE   5
#define DELAY_MAX    (15 * 60)

static struct str
new_token(struct arena *a)
{
        uint8_t raw[TOKEN_BYTES];

        dd_random(raw, sizeof raw);
        return dd_hex(a, raw, sizeof raw);
}

static struct str
hash_of(struct arena *a, struct str token)
{
        uint8_t h[32];

        dd_sha256(token.p, token.n, h);
        return str_dup(a, (struct str){ (const char *)h, sizeof h });
}

static enum dd_err
hash_password(struct dd_ctx *c, struct str password, struct str *ret)
{
        char out[crypto_pwhash_STRBYTES];

        if (sodium_init() < 0 || crypto_pwhash_str_alg(out, password.p, password.n, ARGON_OPS, ARGON_MEMORY,
                                                       crypto_pwhash_ALG_ARGON2ID13) != 0)
                return dd_fail(c, DD_EBUSY, "Máy chủ đang bận. Mời thử lại sau ít phút.");
        *ret = str_dup(c->arena, str_of(out));
        return DD_OK;
}

/* Long enough, and not made of words anybody would try first. */
static enum dd_err
check_password(struct dd_ctx *c, struct str password, struct str login)
{
        struct str low = text_fold(c->arena, password);

        if (utf8_len(password) < PASSWORD_MIN)
                return dd_fail_field(c, "new_password",
                                     "Mật khẩu cần ít nhất %d ký tự. Một câu ngắn dễ nhớ là tốt nhất.", PASSWORD_MIN);
        if (password.n > PASSWORD_MAX)
                return dd_fail_field(c, "new_password", "Mật khẩu dài quá %d byte.", PASSWORD_MAX);
        if (str_has(low, login) || str_has(low, S("matkhau")) || str_has(low, S("password")) ||
            str_has(low, S("123456")))
                return dd_fail_field(c, "new_password",
                                     "Mật khẩu dễ đoán: chứa tên đăng nhập hoặc chuỗi thường gặp. Mời chọn câu khác.");
        return DD_OK;
}

struct session_new {
        struct str token;
        int64_t account_id;
        struct str link_hash;     /* a link to use up, or STR_NONE */
        struct str password_hash; /* to set, or STR_NONE */
        struct str throttles[2];  /* to clear */
        const char *action;
};

static enum dd_err
session_open(struct dd_ctx *c, void *arg)
{
        const struct session_new *in = arg;
        AUTO_TX tx = { 0 };
        uint8_t secret[32];
        int64_t account, committee;
        bool found;

        TRY(dd_tx_begin(&tx, c));
        if (in->link_hash.p != NULL) {
                TRY(q_link_use(&tx, in->link_hash, c->now, &account, &found));
                if (!found)
                        return dd_fail(c, DD_ENOTFOUND,
                                       "Liên kết này đã dùng hoặc đã hết hạn. Anh/chị xin quản trị một liên kết mới.");
        }
        if (in->password_hash.p != NULL)
                TRY(q_account_set_password(&tx, in->account_id, in->password_hash, NULL));
        TRY(q_account_home(&tx, in->account_id, day_from_instant(c->now), &committee, &found));
        if (!found)
                return dd_fail(c, DD_EDENIED, "Tài khoản chưa thuộc Ban Chỉ đạo nào. Anh/chị liên hệ quản trị.");
        dd_random(secret, sizeof secret);
        TRY(q_session_insert(&tx,
                             &(struct q_session_insert_args){
                                 .token_hash = hash_of(c->arena, in->token),
                                 .account_id = in->account_id,
                                 .committee_id = committee,
                                 .csrf_secret = { (const char *)secret, sizeof secret },
                                 .now = c->now,
                                 .english = c->english,
                             },
                             NULL));
        TRY(q_account_signed_in(&tx, in->account_id, c->now, NULL));
        for (size_t i = 0; i < ARRAY_LEN(in->throttles); i++)
                if (in->throttles[i].p != NULL)
                        TRY(q_throttle_clear(&tx, in->throttles[i], NULL));
        int64_t before = c->committee_id;
        c->committee_id = committee;
        enum dd_err e = audit_as(&tx, in->account_id, in->action, in->account_id);
        c->committee_id = before;
        TRY(e);
        return dd_tx_commit(&tx);
}

struct link_new {
        int64_t account_id;
        bool signin;
        struct str token;
};

static enum dd_err
link_write(struct dd_ctx *c, void *arg)
{
        const struct link_new *in = arg;
        AUTO_TX tx = { 0 };
        struct q_account_row who;

        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_ACCOUNTS, 0));
        TRY(q_account_get(&tx, c->committee_id, in->account_id, &who));
        if (c->user != NULL && !str_eq(who.state, S("active")))
                return dd_fail(c, DD_ECONFLICT, "Tài khoản này đang khóa. Mời mở lại trước khi cấp liên kết.");
        TRY(q_link_insert(&tx,
                          &(struct q_link_insert_args){
                              .token_hash = hash_of(c->arena, in->token),
                              .account_id = in->account_id,
                              .purpose = in->signin ? S("signin") : S("invite"),
                              .now = c->now,
                              .expires_at = c->now + (in->signin ? LINK_SIGNIN : LINK_INVITE),
                          },
                          NULL));
        TRY(audit(&tx, "account.link", in->account_id));
        return dd_tx_commit(&tx);
}

enum dd_err
link_create(struct dd_ctx *c, int64_t account_id, bool for_signin, struct str *ret_token)
{
        struct link_new in = { account_id, for_signin, new_token(c->arena) };

        TRY(dd_write(c, link_write, &in));
        *ret_token = in.token;
        return DD_OK;
}

enum dd_err
link_look(struct dd_ctx *c, struct str token, struct q_link_row *ret)
{
        AUTO_TX tx = { 0 };
        bool found;

        TRY(dd_tx_read(&tx, c));
        TRY(q_link_get(&tx, hash_of(c->arena, token), c->now, ret, &found));
        return found ? DD_OK
                     : dd_fail(c, DD_ENOTFOUND,
                               "Liên kết này đã dùng hoặc đã hết hạn. Anh/chị xin quản trị một liên kết mới.");
}

enum dd_err
link_redeem(struct dd_ctx *c, struct str token, struct str password, struct str *ret_session)
{
        struct q_link_row link;
        struct session_new in = { .token = new_token(c->arena),
                                  .link_hash = hash_of(c->arena, token),
                                  .action = "signin.link" };

        TRY(link_look(c, token, &link));
        in.account_id = link.account_id;
        if (str_eq(link.purpose, S("invite"))) {
                TRY(check_password(c, password, link.login));
                TRY(hash_password(c, password, &in.password_hash));
        }
        TRY(dd_write(c, session_open, &in));
        *ret_session = in.token;
        return DD_OK;
}

/* ---- throttling: free tries, then a delay that doubles --------------------------------------------------- */

static enum dd_err
throttle_check(struct dd_ctx *c, const struct str names[2])
{
        AUTO_TX tx = { 0 };
        struct q_throttle_row row;
        bool found;

        TRY(dd_tx_read(&tx, c));
        for (int i = 0; i < 2; i++) {
                TRY(q_throttle_get(&tx, names[i], &row, &found));
                if (found && row.until_at > c->now)
                        return dd_fail(c, DD_ELIMIT, "Đăng nhập sai nhiều lần. Mời thử lại sau %lld giây.",
                                       (long long)(row.until_at - c->now));
        }
        return DD_OK;
}

static enum dd_err
throttle_count(struct dd_ctx *c, void *arg)
{
        const struct str *names = arg;
        AUTO_TX tx = { 0 };

        TRY(dd_tx_begin(&tx, c));
        for (int i = 0; i < 2; i++) {
                struct q_throttle_row row = { .first_at = c->now };
                bool found;
                int64_t delay = 0, free_tries = i == 0 ? TRIES_FREE : 4 * TRIES_FREE;

                TRY(q_throttle_get(&tx, names[i], &row, &found));
                row.tries++;
                if (row.tries >= free_tries) {
                        int64_t step = row.tries - free_tries;

                        delay = step > 10 ? DELAY_MAX : (int64_t)5 << step;
                        if (delay > DELAY_MAX)
                                delay = DELAY_MAX;
                }
                TRY(q_throttle_set(
                    &tx,
                    &(struct q_throttle_set_args){
                        .name = names[i], .tries = row.tries, .first_at = row.first_at, .until_at = c->now + delay },
                    NULL));
        }
        TRY(audit(&tx, "signin.fail", 0));
        return dd_tx_commit(&tx);
}

/* Is it the person's password? An unknown login costs the same time. The caller counts a wrong one. */
static enum dd_err
verify(struct dd_ctx *c, struct str login, struct str password, struct q_account_login_row *ret, bool *ret_right)
{
        /* A hash nobody's password gives. */
        static const char nobody[] = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$"
                                     "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        bool found;
        {
                AUTO_TX tx = { 0 };

                TRY(dd_tx_read(&tx, c));
                TRY(q_account_by_login(&tx, login, ret, &found));
        }
        found = found && ret->password_hash.p != NULL;
        const char *stored = found ? str_c(c->arena, ret->password_hash) : nobody;
        if (password.n > PASSWORD_MAX)
                password = str_sub(password, 0, PASSWORD_MAX);
        bool right = sodium_init() >= 0 &&
                     crypto_pwhash_str_verify(stored, password.p != NULL ? password.p : "", password.n) == 0;
        *ret_right = found && right;
        return DD_OK;
}

/* A wrong password counts against the login and against the address. */
static void
throttle_names(struct dd_ctx *c, struct str login, struct str address, struct str ret[2])
{
        ret[0] = str_fmt(c->arena, "login:%.*s", FMT(str_sub(login, 0, 60)));
        ret[1] = str_fmt(c->arena, "address:%.*s", FMT(address));
}

enum dd_err
signin(struct dd_ctx *c, struct str login, struct str password, struct str address, struct str *ret_session)
{
        struct str low = text_lower(c->arena, str_trim(login)), names[2];
        struct session_new in = { .token = new_token(c->arena), .action = "signin.password" };
        struct q_account_login_row row = { 0 };
        bool right;

        throttle_names(c, low, address, names);
        in.throttles[0] = names[0];
        TRY(throttle_check(c, names));
        TRY(verify(c, low, password, &row, &right));
        if (!right) {
                TRY(dd_write(c, throttle_count, names));
                return dd_fail(c, DD_EAUTH, "Tên đăng nhập hoặc mật khẩu không đúng.");
        }
        if (!str_eq(row.state, S("active"))) /* told to who knows the password, nobody else */
                return dd_fail(c, DD_EAUTH, "Tài khoản này đã bị khóa. Anh/chị liên hệ quản trị để mở lại.");
        in.account_id = row.id;
        TRY(dd_write(c, session_open, &in));
        *ret_session = in.token;
        return DD_OK;
}

struct password_new {
        struct str hash, throttle;
};

static enum dd_err
password_write(struct dd_ctx *c, void *arg)
{
        const struct password_new *in = arg;
        AUTO_TX tx = { 0 };

        TRY(dd_tx_begin(&tx, c));
        TRY(q_account_set_password(&tx, c->user->id, in->hash, NULL));
        TRY(q_session_delete_others(&tx, c->user->id, c->user->token_hash, NULL));
        TRY(q_link_end(&tx, c->user->id, c->now, NULL));
        TRY(q_throttle_clear(&tx, in->throttle, NULL));
        TRY(audit(&tx, "account.password", c->user->id));
        return dd_tx_commit(&tx);
}

enum dd_err
password_change(struct dd_ctx *c, struct str old, struct str new, struct str address)
{
        struct q_account_login_row row = { 0 };
        struct password_new in;
        struct str names[2];
        bool right;

        throttle_names(c, c->user->login, address, names);
        in.throttle = names[0];
        TRY(throttle_check(c, names));
        TRY(verify(c, c->user->login, old, &row, &right));
        if (row.password_hash.p == NULL)
                return dd_fail_field(c, "old_password",
                                     "Tài khoản này chưa có mật khẩu: anh/chị vào bằng liên kết. Xin quản trị cấp liên "
                                     "kết để đặt mật khẩu.");
        if (!right) {
                TRY(dd_write(c, throttle_count, names));
                return dd_fail_field(c, "old_password", "Mật khẩu hiện nay không đúng.");
        }
        if (str_eq(old, new))
                return dd_fail_field(c, "new_password", "Mật khẩu mới trùng mật khẩu hiện nay.");
        TRY(check_password(c, new, c->user->login));
        TRY(hash_password(c, new, &in.hash));
        return dd_write(c, password_write, &in);
}

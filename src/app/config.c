#include "config_priv.h"

#include <arpa/inet.h>
#include <stddef.h>

#include "env_priv.h"

enum kind { TEXT, NUMBER, PROXIES, ORIGIN };

static const struct key {
        const char *name, *value; /* default */
        enum kind kind;
        size_t at;
        int64_t least, most;
        const char *words;
} keys[] = {
        { "data", "data", TEXT, offsetof(struct config, data), 0, 0,
          "Thư mục dữ liệu (SQLite), hoặc địa chỉ postgresql://... (mật khẩu để trong ~/.pgpass, không để ở đây)." },
        { "listen", "127.0.0.1:8080", TEXT, offsetof(struct config, listen), 0, 0,
          "Nơi phục vụ: 127.0.0.1:8080, [::1]:8080 hoặc unix:/run/dondoc/http.sock." },
        { "origin", "", ORIGIN, offsetof(struct config, origin), 0, 0,
          "Địa chỉ trình duyệt thấy, như https://dondoc.tinh.gov.vn. Trống: theo tên máy trong yêu cầu, không TLS." },
        { "proxies", "", PROXIES, offsetof(struct config, proxies), 0, 0,
          "Proxy được tin X-Forwarded-For và X-Forwarded-Proto: địa chỉ cách nhau bằng dấu cách; «unix» là ổ cắm cục "
          "bộ." },
        { "metrics-token-file", "", TEXT, offsetof(struct config, metrics_token_file), 0, 0,
          "Tệp chứa mã để đọc /metrics từ xa (Authorization: Bearer ...). Trống: chỉ đọc được từ chính máy này." },
        { "backup-dir", "", TEXT, offsetof(struct config, backup_dir), 0, 0,
          "Thư mục của dondoc backup; trang Kiểm tra cài đặt xem bản sao mới nhất ở đây bao nhiêu giờ." },
        { "backup-warn-hours", "26", NUMBER, offsetof(struct config, backup_warn_hours), 1, 8760,
          "Bản sao lưu cũ hơn chừng này giờ thì nhắc." },
        { "threads", "2", NUMBER, offsetof(struct config, threads), 1, 64, "Luồng phục vụ trang." },
        { "workers", "2", NUMBER, offsetof(struct config, workers), 1, 64,
          "Luồng cho việc nặng: mật khẩu, đọc văn bản, xuất tệp." },
        { "connections", "16384", NUMBER, offsetof(struct config, connections), 16, 60000,
          "Kết nối cùng lúc, nếu hệ thống cho mở nhiều tệp như vậy; gần đầy thì kết nối chậm bị đóng sớm hơn." },
        { "connections-per-address", "256", NUMBER, offsetof(struct config, connections_per_address), 1, 60000,
          "Kết nối cùng lúc từ một địa chỉ; không áp dụng cho proxy." },
        { "header-seconds", "10", NUMBER, offsetof(struct config, header_seconds), 1, 300,
          "Phần đầu của yêu cầu phải đến trong chừng này giây." },
        { "idle-seconds", "60", NUMBER, offsetof(struct config, idle_seconds), 1, 3600,
          "Kết nối không làm gì bị đóng sau chừng này giây." },
        { "body-rate", "8192", NUMBER, offsetof(struct config, body_rate), 128, 1 << 20,
          "Tệp tải lên chậm hơn chừng này byte mỗi giây bị ngắt." },
        { "stop-seconds", "20", NUMBER, offsetof(struct config, stop_seconds), 1, 600,
          "Khi dừng, chờ các yêu cầu đang làm dở chừng này giây." },
        { "uploads-mib", "320", NUMBER, offsetof(struct config, uploads_mib), 32, 65536,
          "Bộ nhớ cho mọi tệp đang tải lên cùng lúc (MiB)." },
};

static void *
place(struct config *conf, const struct key *k)
{
        return (char *)conf + k->at;
}

static bool
next_word(struct str *rest, struct str *ret)
{
        while (str_cut(rest, ' ', ret))
                if (ret->n > 0)
                        return true;
        return false;
}

static bool
proxies_ok(struct str list)
{
        struct str word;
        size_t n = 0;

        for (; next_word(&list, &word); n++) {
                char text[64];
                uint8_t raw[16];

                snprintf(text, sizeof text, "%.*s", FMT(word));
                if (!str_eq(word, S("unix")) && inet_pton(AF_INET, text, raw) != 1 &&
                    inet_pton(AF_INET6, text, raw) != 1)
                        return false;
        }
        return n <= CONFIG_PROXIES;
}

static bool
origin_ok(struct str s)
{
        size_t scheme = str_starts(s, S("https://")) ? 8 : str_starts(s, S("http://")) ? 7 : 0;

        return s.n == 0 ||
               (scheme > 0 && s.n > scheme && !str_has(str_sub(s, scheme, s.n), S("/")) && !str_has(s, S(" ")));
}

static enum dd_err
put(struct dd_ctx *c, const struct key *k, struct str value, struct config *ret)
{
        int64_t n = 0;

        if (k->kind == NUMBER) {
                if (!str_to_i64(value, &n) || n < k->least || n > k->most)
                        return dd_fail(c, DD_EINVAL, "%s cần một số từ %lld đến %lld, không phải «%.*s»", k->name,
                                       (long long)k->least, (long long)k->most, FMT(value));
                memcpy(place(ret, k), &n, sizeof n);
                return DD_OK;
        }
        if (k->kind == PROXIES && !proxies_ok(value))
                return dd_fail(c, DD_EINVAL, "%s nhận tối đa %d địa chỉ IP hoặc «unix», cách nhau bằng dấu cách",
                               k->name, CONFIG_PROXIES);
        if (k->kind == ORIGIN && !origin_ok(value))
                return dd_fail(c, DD_EINVAL, "%s cần dạng https://tên-máy, không có đường dẫn phía sau", k->name);
        memcpy(place(ret, k), &value, sizeof value);
        return DD_OK;
}

enum dd_err
config_set(struct dd_ctx *c, struct str name, struct str value, struct config *ret)
{
        for (size_t i = 0; i < ARRAY_LEN(keys); i++)
                if (str_eq(name, str_of(keys[i].name)))
                        return put(c, &keys[i], value, ret);
        return dd_fail(c, DD_EINVAL, "không có mục «%.*s»; gõ «dondoc config» để xem các mục", FMT(name));
}

void
config_defaults(struct config *ret)
{
        struct dd_ctx c = { 0 };

        *ret = (struct config){ 0 };
        for (size_t i = 0; i < ARRAY_LEN(keys); i++)
                if (put(&c, &keys[i], str_of(keys[i].value), ret) != DD_OK)
                        abort(); /* the table itself is wrong */
}

enum dd_err
config_read(struct dd_ctx *c, struct str file, struct str text, struct config *ret)
{
        bool seen[ARRAY_LEN(keys)] = { false };
        struct str line;

        for (int n = 1; str_cut(&text, '\n', &line); n++) {
                struct str name;
                struct dd_ctx one = { .arena = c->arena };
                size_t i = 0;

                line = str_trim(line);
                if (line.n == 0 || line.p[0] == '#')
                        continue;
                struct str value = line;
                if (!str_cut(&value, '=', &name) || value.p == NULL)
                        return dd_fail(c, DD_EINVAL, "%.*s, dòng %d: cần dạng «mục = giá trị».", FMT(file), n);
                name = str_trim(name);
                while (i < ARRAY_LEN(keys) && !str_eq(name, str_of(keys[i].name)))
                        i++;
                if (i < ARRAY_LEN(keys) && seen[i])
                        return dd_fail(c, DD_EINVAL, "%.*s, dòng %d: mục «%.*s» ghi hai lần.", FMT(file), n, FMT(name));
                if (config_set(&one, name, str_trim(value), ret) != DD_OK)
                        return dd_fail(c, DD_EINVAL, "%.*s, dòng %d: %.*s.", FMT(file), n, FMT(one.err_text));
                seen[i] = true;
        }
        return DD_OK;
}

void
config_print(FILE *out, const struct config *conf, bool in_force)
{
        struct config copy = *conf;

        fprintf(out, "# Cấu hình của Đôn Đốc. Mỗi dòng: mục = giá trị; # là ghi chú. Dòng lệnh thắng tệp này.\n"
                     "# Sửa xong: systemctl restart dondoc. Mục không có trong danh sách này là lỗi.\n");
        for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
                fprintf(out, "\n# %s\n%s%s =", keys[i].words, in_force ? "" : "#", keys[i].name);
                if (keys[i].kind == NUMBER) {
                        int64_t v;

                        memcpy(&v, place(&copy, &keys[i]), sizeof v);
                        fprintf(out, " %lld\n", (long long)v);
                } else {
                        struct str v;

                        memcpy(&v, place(&copy, &keys[i]), sizeof v);
                        fprintf(out, v.n > 0 ? " %.*s\n" : "%.*s\n", FMT(v));
                }
        }
}

size_t
config_proxies(const struct config *conf, struct str ret[CONFIG_PROXIES])
{
        struct str list = conf->proxies;
        size_t n = 0;

        while (n < CONFIG_PROXIES && next_word(&list, &ret[n]))
                n++;
        return n;
}

/* The set-up check: what an administrator would have to look at one by one, with words what to do. */
#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#include "dd_db.h"
#include "dd_job.h"
#include "watch_priv.h"

#define HOUR 3600

struct telling {
        const struct watch *w;
        struct dd_ctx *c;
        struct watch_lines *ret;
};

/* Both languages stand side by side: the same sentence, read together. */
#define SAY(t, vi, en) ((t)->c->english ? S(en) : S(vi))

static void
tell(struct telling *t, enum watch_level level, struct str what, struct str found, struct str todo)
{
        *VEC_PUSH(t->c->arena, t->ret) = (struct watch_line){
                .what = what, .found = found, .todo = level == WATCH_GOOD ? S("") : todo, .level = level
        };
}

static struct str
room(struct telling *t, uint64_t mib)
{
        return mib < 10240 ? str_fmt(t->c->arena, "%llu MiB", (unsigned long long)mib)
                           : str_fmt(t->c->arena, "%llu GiB", (unsigned long long)mib >> 10);
}

static void
database(struct telling *t)
{
        struct dd_db_stats s;

        dd_db_stats(t->w->e->db, &s);
        bool pg = env_is_pg(t->w->e->where);
        struct str file = room(t, s.file_bytes >> 20), wal = room(t, s.wal_bytes >> 20);
        struct str found = pg ? str_fmt(t->c->arena, "PostgreSQL, %zu", s.connections)
                              : str_fmt(t->c->arena, "SQLite, %.*s, WAL %.*s", FMT(file), FMT(wal));
        tell(t, s.failed_groups > 0 ? WATCH_LOOK : WATCH_GOOD, SAY(t, "Cơ sở dữ liệu", "Database"), found,
             SAY(t, "Có lần ghi không thành từ khi khởi động: xem nhật ký máy chủ (journalctl -u dondoc).",
                 "Some writes have failed since the start: see the log (journalctl -u dondoc)."));
}

static void
disk(struct telling *t)
{
        struct statvfs fs;

        if (env_is_pg(t->w->e->where) || statvfs(str_c(t->c->arena, t->w->e->where), &fs) != 0)
                return;
        uint64_t mib = ((uint64_t)fs.f_bavail * fs.f_frsize) >> 20;
        bool ro = (fs.f_flag & ST_RDONLY) != 0;
        enum watch_level level = ro || mib < 512 ? WATCH_BAD : mib < 4096 ? WATCH_LOOK : WATCH_GOOD;

        tell(t, level, SAY(t, "Chỗ trống trên đĩa", "Disk space"),
             ro ? SAY(t, "Ổ đĩa đang chỉ đọc", "The disk is read-only") : room(t, mib),
             SAY(t, "Giải phóng hoặc thêm chỗ; khi hết chỗ, mọi việc ghi bị từ chối còn xem vẫn được.",
                 "Make room: on a full disk writing is refused while reading goes on."));
}

static time_t
newest_backup(const char *folder)
{
        DIR *d = opendir(folder);
        struct dirent *e;
        time_t newest = 0;

        while (d != NULL && (e = readdir(d)) != NULL) {
                struct str name = str_of(e->d_name);
                struct stat st;

                if (str_starts(name, S("dondoc-")) && (str_ends(name, S(".tar")) || str_ends(name, S(".pgdump"))) &&
                    fstatat(dirfd(d), e->d_name, &st, 0) == 0 && st.st_mtime > newest)
                        newest = st.st_mtime;
        }
        if (d != NULL)
                closedir(d);
        return newest;
}

static void
backup(struct telling *t)
{
        const struct config *conf = t->w->e->conf;
        struct str what = SAY(t, "Sao lưu", "Backup");

        if (conf->backup_dir.n == 0) {
                tell(t, WATCH_BAD, what, SAY(t, "Chưa đặt thư mục sao lưu", "No backup folder is set"),
                     SAY(t, "Đặt backup-dir trong dondoc.conf và bật dondoc-backup.timer.",
                         "Set backup-dir in dondoc.conf and enable dondoc-backup.timer."));
                return;
        }
        time_t newest = newest_backup(str_c(t->c->arena, conf->backup_dir));
        int64_t hours = newest == 0 ? -1 : ((int64_t)time(NULL) - (int64_t)newest) / HOUR;
        struct str found = newest == 0     ? SAY(t, "Chưa có bản sao nào", "There is none yet")
                           : t->c->english ? str_fmt(t->c->arena, "The newest is %lld hours old", (long long)hours)
                                           : str_fmt(t->c->arena, "Bản mới nhất cách đây %lld giờ", (long long)hours);
        tell(t, newest == 0 || hours > conf->backup_warn_hours ? WATCH_BAD : WATCH_GOOD, what, found,
             SAY(t, "Chạy dondoc backup và xem vì sao lịch sao lưu không chạy (systemctl status dondoc-backup).",
                 "Run dondoc backup and see why the timer did not (systemctl status dondoc-backup)."));
}

static void
clock_now(struct telling *t)
{
        struct timex tx = { .modes = 0 };
        int rc = adjtimex(&tx);
        bool synced =
            access("/run/systemd/timesync/synchronized", F_OK) == 0 || (rc >= 0 && (tx.status & STA_UNSYNC) == 0);

        tell(t, synced ? WATCH_GOOD : WATCH_LOOK, SAY(t, "Đồng hồ", "Clock"), instant_text(t->c->arena, time(NULL)),
             SAY(t, "Không thấy đồng bộ giờ: bật systemd-timesyncd hoặc chrony; hạn và nhật ký dựa vào giờ này.",
                 "No time synchronisation was seen: enable systemd-timesyncd or chrony; deadlines and the audit rest "
                 "on it."));
}

static void
tls(struct telling *t)
{
        const struct config *conf = t->w->e->conf;
        bool https = str_starts(conf->origin, S("https://"));
        bool local = str_starts(conf->listen, S("127.")) || str_starts(conf->listen, S("[::1]")) ||
                     str_starts(conf->listen, S("unix:"));

        tell(t,
             https   ? WATCH_GOOD
             : local ? WATCH_LOOK
                     : WATCH_BAD,
             SAY(t, "TLS", "TLS"), conf->origin.n > 0 ? conf->origin : SAY(t, "Chưa đặt origin", "origin is not set"),
             SAY(t,
                 "Đặt nginx với TLS phía trước (xem /usr/share/doc/dondoc) và origin = https://... trong dondoc.conf.",
                 "Put nginx with TLS in front (see /usr/share/doc/dondoc) and set origin = https://... in "
                 "dondoc.conf."));
        tell(t, conf->proxies.n > 0 || !https ? WATCH_GOOD : WATCH_LOOK, SAY(t, "Proxy tin cậy", "Trusted proxies"),
             conf->proxies.n > 0 ? conf->proxies : SAY(t, "Không có", "None"),
             SAY(t, "Đặt proxies = 127.0.0.1 (địa chỉ của nginx), nếu không mọi người mang chung một địa chỉ.",
                 "Set proxies = 127.0.0.1 (the address of nginx), else everybody has one address."));
}

static void
mail(struct telling *t)
{
        tell(t, WATCH_LOOK, SAY(t, "Thư điện tử", "Mail"),
             SAY(t, "Chưa cấu hình: Đôn Đốc không gửi thư", "Not configured: no mail is sent"),
             SAY(t, "Liên kết đăng nhập lần đầu do quản trị gửi qua đường tin cậy.",
                 "First sign-in links are passed on by the administrator over a trusted way."));
}

static void
scheduler(struct telling *t)
{
        struct dd_ctx sys = { .arena = t->c->arena, .db = t->c->db, .now = dd_clock_now(), .is_system = true };
        struct q_job_rows jobs;
        size_t late = 0, failed = 0;

        if (job_list(&sys, &jobs) != DD_OK)
                return;
        for (size_t i = 0; i < jobs.n; i++) {
                late += job_late(&jobs.v[i], sys.now);
                failed += job_failed(&jobs.v[i]);
        }
        tell(t,
             late + failed > 0 ? WATCH_BAD
             : jobs.n == 0     ? WATCH_LOOK
                               : WATCH_GOOD,
             SAY(t, "Việc định kỳ", "Scheduler"),
             t->c->english ? str_fmt(t->c->arena, "%zu jobs, %zu late, %zu failed", jobs.n, late, failed)
                           : str_fmt(t->c->arena, "%zu việc, %zu trễ, %zu lỗi", jobs.n, late, failed),
             SAY(t, "Xem nhật ký máy chủ; nếu vừa cài, chờ vài giây rồi tải lại trang.",
                 "See the log; when just installed, wait some seconds and load the page again."));
}

static void
reader(struct telling *t)
{
        struct worker *w = t->w->e->worker;
        bool up = w != NULL && worker_alive(w);
        unsigned restarts = up ? worker_restarts(w) : 0;

        tell(
            t,
            !up            ? WATCH_BAD
            : restarts > 0 ? WATCH_LOOK
                           : WATCH_GOOD,
            SAY(t, "Máy đọc văn bản", "Reader of papers"),
            !up             ? SAY(t, "Không chạy", "Not running")
            : t->c->english ? str_fmt(t->c->arena, "Running, restarted %u times", restarts)
                            : str_fmt(t->c->arena, "Đang chạy, đã tự khởi động lại %u lần", restarts),
            SAY(t,
                "Xem nhật ký: cần seccomp hoặc Landlock của nhân Linux; không chạy nữa thì systemctl restart dondoc.",
                "See the log: it needs seccomp or Landlock of the kernel; when it is down, systemctl restart dondoc."));
        tell(t, http_lib_known() ? WATCH_GOOD : WATCH_LOOK, SAY(t, "Thư viện HTTP", "HTTP library"),
             http_lib_known() ? SAY(t, "Bản đã thử", "A version that was tried")
                              : SAY(t, "Bản chưa thử", "A version not tried"),
             SAY(t, "Để proxy phía trước từ chối yêu cầu sai dạng; báo cho nhóm phát triển.",
                 "Let a proxy in front refuse malformed requests; tell the developers."));
}

void
watch_lines(void *arg, struct dd_ctx *c, struct watch_lines *ret)
{
        struct telling t = { arg, c, ret };

        database(&t);
        disk(&t);
        backup(&t);
        scheduler(&t);
        reader(&t);
        tls(&t);
        clock_now(&t);
        mail(&t);
}

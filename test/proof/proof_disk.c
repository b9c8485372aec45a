/* The disk: files as bytes plus a log of what is not safe yet. */
#include "proof_disk.h"

#include <pthread.h>
#include <sqlite3.h>

#define SECTOR    512
#define FILES_MAX 32
#define SHM_PAGES 256

struct entry { /* one thing not synced yet */
        bool truncate;
        size_t off, n; /* off: the new size of a truncation */
        uint8_t *p;
};

struct bytes {
        uint8_t *p;
        size_t n, cap;
};

struct file {
        char name[256];
        bool used, there, there_safe; /* a name in the folder now; and after a cut for sure */
        struct bytes now, safe;
        struct entry *log;
        size_t n_log, cap_log;
        bool folder_due; /* its first sync syncs the folder too, as SQLite does for a WAL */
        int opens, shared;
        const void *reserved, *exclusive;
        void *shm[SHM_PAGES];
        int shm_shared[SQLITE_SHM_NLOCK];
        const void *shm_owner[SQLITE_SHM_NLOCK];
};

struct handle {
        sqlite3_file base;
        struct file *f;
        int level;
        bool remove;
        unsigned shm_s, shm_x;
};

static struct { /* one disk a process: SQLite finds it by itself */
        pthread_mutex_t lock;
        struct file files[FILES_MAX];
        uint64_t ops, cut_at, seen;
        bool off, lies;
        struct disk_fault fault;
} disk = { .lock = PTHREAD_MUTEX_INITIALIZER };

struct disk_image {
        struct {
                char name[256];
                struct bytes b;
        } files[FILES_MAX];
        size_t n;
};

/* The test's own memory never fails: faults of memory are meant for the program. */
extern void *__libc_realloc(void *p, size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void __libc_free(void *p);
#if defined(__SANITIZE_ADDRESS__)
#define own_realloc realloc
#define own_calloc  calloc
#define own_free    free
#else
#define own_realloc __libc_realloc
#define own_calloc  __libc_calloc
#define own_free    __libc_free
#endif

static void
bytes_size(struct bytes *b, size_t n)
{
        if (n > b->cap) {
                b->cap = n * 2 < 65536 ? 65536 : n * 2;
                b->p = own_realloc(b->p, b->cap);
                if (b->p == NULL)
                        abort();
        }
        if (n > b->n)
                memset(b->p + b->n, 0, n - b->n);
        b->n = n;
}

static void
bytes_write(struct bytes *b, size_t off, const void *p, size_t n)
{
        if (off + n > b->n)
                bytes_size(b, off + n);
        memcpy(b->p + off, p, n);
}

static void
bytes_copy(struct bytes *to, const struct bytes *from)
{
        bytes_size(to, from->n);
        if (from->n > 0)
                memcpy(to->p, from->p, from->n);
}

static void
log_clear(struct file *f)
{
        for (size_t i = 0; i < f->n_log; i++)
                own_free(f->log[i].p);
        f->n_log = 0;
}

static void
log_add(struct file *f, struct entry e, const void *p)
{
        if (f->n_log == f->cap_log) {
                f->cap_log = f->cap_log == 0 ? 64 : f->cap_log * 2;
                f->log = own_realloc(f->log, f->cap_log * sizeof *f->log);
                if (f->log == NULL)
                        abort();
        }
        if (p != NULL) {
                e.p = own_realloc(NULL, e.n);
                if (e.p == NULL)
                        abort();
                memcpy(e.p, p, e.n);
        }
        f->log[f->n_log++] = e;
}

/* Counts one operation; the code it fails with, or SQLITE_OK. The lock is held. */
static int
operate(unsigned kind, int rc)
{
        bool changes = (kind & (DISK_WRITE | DISK_SYNC | DISK_TRUNCATE | DISK_REMOVE)) != 0;

        if (changes && !disk.off) {
                disk.ops++;
                disk.off = disk.cut_at != 0 && disk.ops >= disk.cut_at;
        }
        if (disk.off && (changes || kind == DISK_OPEN))
                return rc;
        if (disk.fault.at == 0 || (disk.fault.kinds & kind) == 0)
                return SQLITE_OK;
        disk.seen++;
        if (disk.seen == disk.fault.at || (disk.fault.for_ever && disk.seen > disk.fault.at))
                return disk.fault.rc != 0 && (kind & (DISK_WRITE | DISK_TRUNCATE | DISK_SHM)) != 0 ? disk.fault.rc : rc;
        return SQLITE_OK;
}

/* ---- one file ------------------------------------------------------------------------------------------------ */

static struct file *
of(sqlite3_file *h)
{
        return ((struct handle *)h)->f;
}

static int
do_read(sqlite3_file *h, void *to, int n, sqlite3_int64 off)
{
        struct file *f = of(h);

        pthread_mutex_lock(&disk.lock);
        int rc = operate(DISK_READ, SQLITE_IOERR_READ);
        size_t have = (size_t)off < f->now.n ? f->now.n - (size_t)off : 0;
        if (have > (size_t)n)
                have = (size_t)n;
        if (rc == SQLITE_OK) {
                if (have > 0)
                        memcpy(to, f->now.p + off, have);
                memset((char *)to + have, 0, (size_t)n - have);
                rc = have == (size_t)n ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
        }
        pthread_mutex_unlock(&disk.lock);
        return rc;
}

static int
do_write(sqlite3_file *h, const void *p, int n, sqlite3_int64 off)
{
        struct file *f = of(h);

        pthread_mutex_lock(&disk.lock);
        bool was_on = !disk.off;
        int rc = operate(DISK_WRITE, SQLITE_IOERR_WRITE);
        /* The write under way when the power goes is among those that may be there, whole or torn. */
        if (rc == SQLITE_OK || (disk.off && was_on))
                log_add(f, (struct entry){ .off = (size_t)off, .n = (size_t)n }, p);
        if (rc == SQLITE_OK)
                bytes_write(&f->now, (size_t)off, p, (size_t)n);
        pthread_mutex_unlock(&disk.lock);
        return rc;
}

static int
do_truncate(sqlite3_file *h, sqlite3_int64 size)
{
        struct file *f = of(h);

        pthread_mutex_lock(&disk.lock);
        int rc = operate(DISK_TRUNCATE, SQLITE_IOERR_TRUNCATE);
        if (rc == SQLITE_OK && (size_t)size < f->now.n) {
                log_add(f, (struct entry){ .truncate = true, .off = (size_t)size }, NULL);
                bytes_size(&f->now, (size_t)size);
        }
        pthread_mutex_unlock(&disk.lock);
        return rc;
}

static void
sync_folder(void)
{
        for (size_t i = 0; i < FILES_MAX; i++)
                disk.files[i].there_safe = disk.files[i].there;
}

static void
keep_log(struct file *f)
{
        for (size_t i = 0; i < f->n_log; i++) {
                const struct entry *e = &f->log[i];

                if (!e->truncate)
                        bytes_write(&f->safe, e->off, e->p, e->n);
                else if (e->off < f->safe.n)
                        bytes_size(&f->safe, e->off);
        }
}

static int
do_sync(sqlite3_file *h, int flags)
{
        struct file *f = of(h);

        (void)flags;
        pthread_mutex_lock(&disk.lock);
        int rc = operate(DISK_SYNC, SQLITE_IOERR_FSYNC);
        if (rc != SQLITE_OK && disk.fault.forgets && !disk.off)
                log_clear(f);
        if (rc == SQLITE_OK && !disk.lies) {
                keep_log(f);
                log_clear(f);
                if (f->folder_due)
                        sync_folder();
                f->folder_due = false;
        }
        pthread_mutex_unlock(&disk.lock);
        return rc;
}

static int
do_size(sqlite3_file *h, sqlite3_int64 *ret)
{
        pthread_mutex_lock(&disk.lock);
        *ret = (sqlite3_int64)of(h)->now.n;
        pthread_mutex_unlock(&disk.lock);
        return SQLITE_OK;
}

/* ---- locks --------------------------------------------------------------------------------------------------- */

static int
do_lock(sqlite3_file *file, int level)
{
        struct handle *h = (struct handle *)file;
        struct file *f = h->f;
        int rc = SQLITE_OK;

        pthread_mutex_lock(&disk.lock);
        if (h->level >= level) {
                /* has it */
        } else if (level == SQLITE_LOCK_SHARED) {
                if (f->exclusive != NULL)
                        rc = SQLITE_BUSY;
                else
                        f->shared++;
        } else if (f->reserved != NULL && f->reserved != h) {
                rc = SQLITE_BUSY;
        } else {
                f->reserved = h;
                if (level == SQLITE_LOCK_EXCLUSIVE) {
                        if (f->shared > 1)
                                rc = SQLITE_BUSY;
                        else
                                f->exclusive = h;
                }
        }
        if (rc == SQLITE_OK && level > h->level)
                h->level = level;
        pthread_mutex_unlock(&disk.lock);
        return rc;
}

static int
do_unlock(sqlite3_file *file, int level)
{
        struct handle *h = (struct handle *)file;
        struct file *f = h->f;

        pthread_mutex_lock(&disk.lock);
        if (level < h->level) {
                if (f->exclusive == h)
                        f->exclusive = NULL;
                if (f->reserved == h)
                        f->reserved = NULL;
                if (level == SQLITE_LOCK_NONE)
                        f->shared--;
                h->level = level;
        }
        pthread_mutex_unlock(&disk.lock);
        return SQLITE_OK;
}

static int
do_reserved(sqlite3_file *file, int *ret)
{
        *ret = of(file)->reserved != NULL;
        return SQLITE_OK;
}

static int
do_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **ret)
{
        struct file *f = of(file);
        int rc = SQLITE_OK;

        *ret = NULL;
        if (page >= SHM_PAGES)
                return SQLITE_IOERR_SHMMAP;
        pthread_mutex_lock(&disk.lock);
        if (f->shm[page] == NULL && extend) {
                rc = operate(DISK_SHM, SQLITE_IOERR_SHMSIZE);
                if (rc == SQLITE_OK)
                        f->shm[page] = own_calloc(1, (size_t)size);
        }
        *ret = f->shm[page];
        pthread_mutex_unlock(&disk.lock);
        return rc;
}

static int
do_shm_lock(sqlite3_file *file, int at, int n, int flags)
{
        struct handle *h = (struct handle *)file;
        struct file *f = h->f;
        bool shared = (flags & SQLITE_SHM_SHARED) != 0;
        int rc = SQLITE_OK;

        pthread_mutex_lock(&disk.lock);
        for (int i = at; i < at + n; i++) {
                unsigned bit = 1u << i;

                if ((flags & SQLITE_SHM_UNLOCK) != 0)
                        continue;
                if (shared ? f->shm_owner[i] != NULL
                           : (f->shm_owner[i] != NULL && f->shm_owner[i] != h) ||
                                 f->shm_shared[i] > ((h->shm_s & bit) != 0))
                        rc = SQLITE_BUSY;
        }
        for (int i = at; i < at + n && rc == SQLITE_OK; i++) {
                unsigned bit = 1u << i;

                if ((flags & SQLITE_SHM_UNLOCK) != 0) {
                        if (shared && (h->shm_s & bit) != 0)
                                f->shm_shared[i]--, h->shm_s &= ~bit;
                        if (!shared && (h->shm_x & bit) != 0)
                                f->shm_owner[i] = NULL, h->shm_x &= ~bit;
                } else if (shared) {
                        if ((h->shm_s & bit) == 0)
                                f->shm_shared[i]++, h->shm_s |= bit;
                } else {
                        f->shm_owner[i] = h, h->shm_x |= bit;
                }
        }
        pthread_mutex_unlock(&disk.lock);
        return rc;
}

static void
do_shm_barrier(sqlite3_file *file)
{
        (void)file;
        pthread_mutex_lock(&disk.lock);
        pthread_mutex_unlock(&disk.lock);
}

static void
shm_free(struct file *f)
{
        for (int i = 0; i < SHM_PAGES; i++) {
                own_free(f->shm[i]);
                f->shm[i] = NULL;
        }
}

static int
do_shm_unmap(sqlite3_file *file, int remove)
{
        struct handle *h = (struct handle *)file;

        do_shm_lock(file, 0, SQLITE_SHM_NLOCK, SQLITE_SHM_UNLOCK | SQLITE_SHM_SHARED);
        do_shm_lock(file, 0, SQLITE_SHM_NLOCK, SQLITE_SHM_UNLOCK | SQLITE_SHM_EXCLUSIVE);
        if (remove)
                shm_free(h->f);
        return SQLITE_OK;
}

/* ---- the folder ---------------------------------------------------------------------------------------------- */

static int
do_control(sqlite3_file *file, int op, void *arg)
{
        (void)file, (void)op, (void)arg;
        return SQLITE_NOTFOUND;
}

static int
do_sector(sqlite3_file *file)
{
        (void)file;
        return 4096;
}

static int
do_traits(sqlite3_file *file)
{
        (void)file;
        return SQLITE_IOCAP_POWERSAFE_OVERWRITE; /* as SQLite takes every disk to be */
}

static int
do_close(sqlite3_file *file)
{
        struct handle *h = (struct handle *)file;

        do_unlock(file, SQLITE_LOCK_NONE);
        pthread_mutex_lock(&disk.lock);
        if (--h->f->opens == 0)
                shm_free(h->f);
        if (h->remove)
                h->f->there = h->f->there_safe = false;
        pthread_mutex_unlock(&disk.lock);
        return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
        .iVersion = 2,
        .xClose = do_close,
        .xRead = do_read,
        .xWrite = do_write,
        .xTruncate = do_truncate,
        .xSync = do_sync,
        .xFileSize = do_size,
        .xLock = do_lock,
        .xUnlock = do_unlock,
        .xCheckReservedLock = do_reserved,
        .xFileControl = do_control,
        .xSectorSize = do_sector,
        .xDeviceCharacteristics = do_traits,
        .xShmMap = do_shm_map,
        .xShmLock = do_shm_lock,
        .xShmBarrier = do_shm_barrier,
        .xShmUnmap = do_shm_unmap,
};

static struct file *
find(const char *name, bool make)
{
        struct file *free_place = NULL;

        for (size_t i = 0; i < FILES_MAX; i++) {
                struct file *f = &disk.files[i];

                if (f->used && strcmp(f->name, name) == 0)
                        return f;
                if (!f->used && free_place == NULL)
                        free_place = f;
        }
        if (!make || free_place == NULL)
                return NULL;
        snprintf(free_place->name, sizeof free_place->name, "%s", name);
        free_place->used = true;
        return free_place;
}

static int
do_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
        struct handle *h = (struct handle *)file;
        char own[64];

        (void)vfs;
        *h = (struct handle){ 0 };
        pthread_mutex_lock(&disk.lock);
        if (name == NULL) {
                snprintf(own, sizeof own, "temporary-%llu", (unsigned long long)disk.ops);
                name = own;
                h->remove = true;
        }
        struct file *f = find(name, true);
        int rc = f == NULL || operate(DISK_OPEN, SQLITE_CANTOPEN) != SQLITE_OK ? SQLITE_CANTOPEN : SQLITE_OK;
        if (rc == SQLITE_OK && !f->there && (flags & SQLITE_OPEN_CREATE) == 0)
                rc = SQLITE_CANTOPEN;
        if (rc == SQLITE_OK) {
                if (!f->there) {
                        f->there = true;
                        bytes_size(&f->now, 0);
                        log_clear(f);
                        f->safe.n = 0;
                        f->folder_due = (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
                }
                f->opens++;
                h->f = f;
                h->base.pMethods = &methods;
                if (ret_flags != NULL)
                        *ret_flags = flags;
        }
        pthread_mutex_unlock(&disk.lock);
        return rc;
}

static int
do_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
        (void)vfs;
        pthread_mutex_lock(&disk.lock);
        struct file *f = find(name, false);
        int rc = operate(DISK_REMOVE, SQLITE_IOERR_DELETE);
        if (rc == SQLITE_OK && (f == NULL || !f->there))
                rc = SQLITE_IOERR_DELETE_NOENT;
        if (rc == SQLITE_OK) {
                f->there = false;
                if (sync)
                        sync_folder();
        }
        pthread_mutex_unlock(&disk.lock);
        return rc;
}

static int
do_access(sqlite3_vfs *vfs, const char *name, int flags, int *ret)
{
        (void)vfs, (void)flags;
        pthread_mutex_lock(&disk.lock);
        struct file *f = find(name, false);
        *ret = f != NULL && f->there && (flags != SQLITE_ACCESS_EXISTS || f->now.n > 0);
        pthread_mutex_unlock(&disk.lock);
        return SQLITE_OK;
}

static int
do_full_name(sqlite3_vfs *vfs, const char *name, int n, char *ret)
{
        (void)vfs;
        snprintf(ret, (size_t)n, "%s", name);
        return SQLITE_OK;
}

static int
do_random(sqlite3_vfs *vfs, int n, char *ret)
{
        (void)vfs;
        dd_random(ret, (size_t)n);
        return n;
}

static int
do_sleep(sqlite3_vfs *vfs, int micros)
{
        (void)vfs;
        return micros; /* nobody waits in a proof */
}

static int
do_time(sqlite3_vfs *vfs, sqlite3_int64 *ret)
{
        (void)vfs;
        *ret = 212562100000000; /* a day in 2023 */
        return SQLITE_OK;
}

static int
do_last_error(sqlite3_vfs *vfs, int n, char *ret)
{
        (void)vfs, (void)n, (void)ret;
        return 0;
}

void
disk_install(void)
{
        static sqlite3_vfs vfs = {
                .iVersion = 2,
                .szOsFile = sizeof(struct handle),
                .mxPathname = 250,
                .zName = "proof-disk",
                .xOpen = do_open,
                .xDelete = do_delete,
                .xAccess = do_access,
                .xFullPathname = do_full_name,
                .xRandomness = do_random,
                .xSleep = do_sleep,
                .xGetLastError = do_last_error,
                .xCurrentTimeInt64 = do_time,
        };

        sqlite3_vfs_register(&vfs, 1);
}

/* ---- power --------------------------------------------------------------------------------------------------- */

static uint64_t
next(uint64_t *s)
{
        uint64_t z = (*s += 0x9E3779B97F4A7C15u);

        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
}

/* How many of the writes to a sector arrived: a number that depends on nothing but seed, file and sector. */
static uint64_t
draw(uint64_t seed, size_t file, size_t sector)
{
        uint64_t s = seed ^ (file << 56) ^ (sector * 0x2545F4914F6CDD1Du);

        return next(&s);
}

/* Which share of sectors keeps what: all lost, all there, or a draw for each; sectors of 512 or 4,096 bytes. */
struct style {
        uint64_t seed;
        size_t sector;
        unsigned keep; /* of 8 */
};

static void
replay(struct bytes *b, const struct file *f, size_t number, const struct style *st)
{
        size_t top = f->now.n / st->sector + 2, *total;

        for (size_t i = 0; i < f->n_log; i++)
                if (!f->log[i].truncate && (f->log[i].off + f->log[i].n) / st->sector + 2 > top)
                        top = (f->log[i].off + f->log[i].n) / st->sector + 2;
        total = own_calloc(top * 2, sizeof *total);
        size_t *seen = total + top;
        for (size_t i = 0; i < f->n_log; i++)
                for (size_t s = f->log[i].off / st->sector;
                     !f->log[i].truncate && s * st->sector < f->log[i].off + f->log[i].n; s++)
                        total[s]++;
        for (size_t i = 0; i < f->n_log; i++) {
                const struct entry *e = &f->log[i];

                if (e->truncate) {
                        if ((draw(st->seed, number, i + ((size_t)1 << 40)) & 7) < st->keep && e->off < b->n)
                                bytes_size(b, e->off);
                        continue;
                }
                for (size_t s = e->off / st->sector; s * st->sector < e->off + e->n; s++) {
                        uint64_t r = draw(st->seed, number, s);
                        size_t arrived = (r & 7) < st->keep ? total[s] : (size_t)(r >> 8) % (total[s] + (st->keep > 0));
                        size_t from = s * st->sector, to = from + st->sector;

                        if (seen[s]++ >= arrived)
                                continue;
                        from = from < e->off ? e->off : from;
                        to = to > e->off + e->n ? e->off + e->n : to;
                        bytes_write(b, from, e->p + (from - e->off), to - from);
                }
        }
        own_free(total);
}

static struct disk_image *
image(const struct style *st)
{
        struct disk_image *im = own_calloc(1, sizeof *im);

        pthread_mutex_lock(&disk.lock);
        for (size_t i = 0; i < FILES_MAX; i++) {
                const struct file *f = &disk.files[i];
                bool there = f->there;

                if (st != NULL && f->used && f->there != f->there_safe)
                        there = (draw(st->seed, i, (size_t)1 << 41) & 7) < st->keep;
                if (!f->used || !there)
                        continue;
                snprintf(im->files[im->n].name, sizeof im->files[im->n].name, "%s", f->name);
                bytes_copy(&im->files[im->n].b, st == NULL ? &f->now : &f->safe);
                if (st != NULL)
                        replay(&im->files[im->n].b, f, i, st);
                im->n++;
        }
        pthread_mutex_unlock(&disk.lock);
        return im;
}

struct disk_image *
disk_after_cut(uint64_t seed)
{
        uint64_t s = seed;
        struct style st = { .seed = seed, .sector = next(&s) % 3 == 0 ? 4096 : SECTOR };
        unsigned how = (unsigned)(next(&s) % 10);

        st.keep = how == 0 ? 0 : how == 1 ? 8 : 1 + (unsigned)(next(&s) % 7);
        return image(&st);
}

struct disk_image *
disk_as_is(void)
{
        return image(NULL);
}

void
disk_image_free(struct disk_image *im)
{
        for (size_t i = 0; i < im->n; i++)
                own_free(im->files[i].b.p);
        own_free(im);
}

void
disk_wipe(void)
{
        pthread_mutex_lock(&disk.lock);
        for (size_t i = 0; i < FILES_MAX; i++) {
                struct file *f = &disk.files[i];

                if (f->opens > 0)
                        abort();
                log_clear(f);
                f->used = f->there = f->there_safe = f->folder_due = false;
                f->now.n = f->safe.n = 0;
                f->shared = 0;
                f->reserved = f->exclusive = NULL;
                shm_free(f);
        }
        disk.off = false;
        disk.cut_at = 0;
        disk.fault = (struct disk_fault){ 0 };
        pthread_mutex_unlock(&disk.lock);
}

void
disk_boot(const struct disk_image *im)
{
        disk_wipe();
        for (size_t i = 0; i < im->n; i++) {
                struct file *f = find(im->files[i].name, true);

                f->there = f->there_safe = true;
                bytes_copy(&f->now, &im->files[i].b);
                bytes_copy(&f->safe, &im->files[i].b);
        }
}

uint64_t
disk_ops(void)
{
        pthread_mutex_lock(&disk.lock);
        uint64_t n = disk.ops;
        pthread_mutex_unlock(&disk.lock);
        return n;
}

void
disk_cut_after(uint64_t n)
{
        pthread_mutex_lock(&disk.lock);
        disk.cut_at = n == 0 ? 0 : disk.ops + n;
        pthread_mutex_unlock(&disk.lock);
}

bool
disk_is_off(void)
{
        pthread_mutex_lock(&disk.lock);
        bool off = disk.off;
        pthread_mutex_unlock(&disk.lock);
        return off;
}

void
disk_lie(bool lies)
{
        disk.lies = lies;
}

void
disk_fault(struct disk_fault f)
{
        pthread_mutex_lock(&disk.lock);
        disk.fault = f;
        disk.seen = 0;
        pthread_mutex_unlock(&disk.lock);
}

uint64_t
disk_faults_met(void)
{
        pthread_mutex_lock(&disk.lock);
        uint64_t n = disk.seen;
        pthread_mutex_unlock(&disk.lock);
        return n;
}

/* Transactions and statements: what is the same on both engines. */
#include <time.h>

#include "db_priv.h"

enum { TX_UNUSED, TX_WRITE, TX_READ, TX_ENDED };

enum dd_err
db_fault(struct dd_ctx *c, enum dd_err code, const char *where, const char *log)
{
        const char *text = "Có lỗi khi đọc hoặc ghi dữ liệu. Sự cố đã được ghi vào nhật ký; hãy thử lại, "
                           "nếu vẫn lỗi thì báo quản trị viên.";

        if (code == DD_ECONFLICT)
                text = "Thông tin này đã có hoặc vừa được người khác thay đổi. Hãy tải lại trang rồi làm lại.";
        else if (code == DD_EINVAL)
                text = "Dữ liệu không hợp lệ hoặc nhắc tới mục không còn tồn tại. Hãy kiểm tra lại rồi gửi lại.";
        else if (code == DD_EBUSY)
                text = "Hệ thống đang bận nên chưa ghi được gì. Hãy thử lại sau ít phút.";
        else if (code == DD_EFULL)
                text = "Máy chủ hết chỗ lưu trữ hoặc ổ đĩa đang chỉ đọc nên chưa ghi được gì; dữ liệu đã có vẫn "
                       "xem được. "
                       "Hãy báo quản trị viên.";
        dd_log(code == DD_ECONFLICT || code == DD_EINVAL ? DD_LOG_INFO : DD_LOG_ERROR, "db: %s: %s: %s", where,
               dd_err_name(code), log);
        return dd_fail(c, code, "%s", text);
}

static enum dd_err
misuse(struct dd_ctx *c, const char *what)
{
        return db_fault(c, DD_EIO, "misuse", what);
}

/* Opens the outermost transaction; a pooled connection whose server went away is dropped and the next one tried. */
static enum dd_err
outermost(struct dd_ctx *c, struct db_slot *slot, enum db_ctl what)
{
        for (;;) {
                struct dd_conn *conn;
                enum dd_err err;

                TRY(db_take(c->db, c, &conn));
                err = conn->db->engine->ctl(conn, c, what);
                if (err == DD_OK) {
                        conn->reads = what == CTL_READ;
                        conn->writes = what == CTL_OUTER;
                        slot->conn = conn;
                        return DD_OK;
                }
                bool stale = conn->broken;
                db_give(conn);
                if (!stale)
                        return err;
                dd_ctx_clear_error(c);
        }
}

enum dd_err
dd_tx_begin(struct dd_tx *tx, struct dd_ctx *c)
{
        struct db_slot *slot = db_slot(c->db);
        struct dd_conn *conn = slot->conn;

        if (tx->state != TX_UNUSED)
                return misuse(c, "dd_tx_begin on a transaction in use");
        if (conn == NULL) {
                if (c->db->engine->queued)
                        return misuse(c, "dd_tx_begin outside dd_write");
                TRY(outermost(c, slot, CTL_OUTER));
                conn = slot->conn;
        } else if (conn->reads || !conn->writes) {
                return misuse(c, "dd_tx_begin inside dd_tx_read");
        } else if (conn->depth >= DEPTH_MAX) {
                return misuse(c, "transactions nested too deep");
        } else if (conn->failed) {
                return misuse(c, "dd_tx_begin in a transaction that has failed");
        } else if (conn->depth == 0 && !conn->pending) {
                TRY(conn->db->engine->ctl(conn, c, CTL_OUTER));
        } else {
                TRY(conn->db->engine->ctl(conn, c, CTL_SAVE));
                conn->saved |= (uint64_t)1 << (conn->depth + 1);
        }
        conn->depth++;
        *tx = (struct dd_tx){ .c = c, .conn = conn, .state = TX_WRITE };
        return DD_OK;
}

enum dd_err
dd_tx_read(struct dd_tx *tx, struct dd_ctx *c)
{
        struct db_slot *slot = db_slot(c->db);

        if (tx->state != TX_UNUSED)
                return misuse(c, "dd_tx_read on a transaction in use");
        if (slot->conn == NULL)
                TRY(outermost(c, slot, CTL_READ));
        else if (slot->conn->depth == 0)
                slot->conn->reads = true; /* first on the writer's connection */
        slot->conn->depth++;
        *tx = (struct dd_tx){ .c = c, .conn = slot->conn, .state = TX_READ };
        return DD_OK;
}

/* Takes the connection out of this thread's hand once nothing is open on it. */
static void
let_go(struct dd_tx *tx)
{
        struct db_slot *slot = db_slot(tx->conn->db);

        if (tx->conn->depth > 0 || (slot->in_write && tx->conn->writes))
                return;
        slot->conn = NULL;
        db_give(tx->conn);
}

static bool
pop_saved(struct dd_conn *conn)
{
        uint64_t bit = (uint64_t)1 << conn->depth;
        bool saved = (conn->saved & bit) != 0;

        conn->saved &= ~bit;
        conn->depth--;
        return saved;
}

enum dd_err
dd_tx_commit(struct dd_tx *tx)
{
        struct dd_conn *conn = tx->conn;
        enum dd_err err = DD_OK;

        if (tx->state == TX_READ) {
                dd_tx_end(tx);
                return DD_OK;
        }
        if (tx->state != TX_WRITE)
                return DD_EIO;
        if (conn->failed) {
                dd_tx_end(tx);
                return misuse(tx->c, "dd_tx_commit of a transaction that has failed");
        }
        if (db_memory(tx->c, "commit") != DD_OK) {
                dd_tx_end(tx);
                return DD_EBUSY;
        }
        tx->state = TX_ENDED;
        if (pop_saved(conn))
                err = conn->db->engine->ctl(conn, tx->c, CTL_SAVE_OK);
        else if (db_slot(conn->db)->in_write)
                conn->pending = true;
        else
                err = conn->db->engine->ctl(conn, tx->c, CTL_OUTER_OK);
        let_go(tx);
        return err;
}

void
dd_tx_end(struct dd_tx *tx)
{
        struct dd_conn *conn = tx->conn;
        enum dd_err err = DD_OK;

        if (tx->state != TX_WRITE && tx->state != TX_READ)
                return;
        if (tx->state == TX_WRITE) {
                err = conn->db->engine->ctl(conn, tx->c, pop_saved(conn) ? CTL_SAVE_UNDO : CTL_OUTER_UNDO);
                conn->failed = err != DD_OK;
        } else if (--conn->depth == 0 && conn->reads) {
                conn->reads = false;
                if (!conn->writes) {
                        conn->failed = false;
                        err = conn->db->engine->ctl(conn, tx->c, CTL_READ_END);
                }
        }
        tx->state = TX_ENDED;
        if (err != DD_OK && !conn->writes)
                conn->broken = true;
        let_go(tx);
}

enum dd_err
db_action_end(struct dd_conn *conn, struct dd_ctx *c, enum dd_err err)
{
        const struct db_engine *engine = conn->db->engine;
        bool pending = conn->pending;

        conn->pending = conn->reads = false;
        conn->saved = 0;
        if (conn->depth != 0) {
                err = misuse(c, "dd_write's function left a transaction open");
                conn->depth = 0;
                pending = true;
        }
        if (err == DD_OK && conn->failed)
                err = misuse(c, "an error inside dd_write was not passed on");
        if (pending && err != DD_OK)
                engine->ctl(conn, c, CTL_OUTER_UNDO);
        else if (pending)
                err = engine->ctl(conn, c, CTL_OUTER_OK);
        conn->failed = false;
        return err;
}

/* ---- dd_write without a queue --------------------------------------------------------------------------- */

static void
wait_a_little(int attempt)
{
        uint8_t r;

        dd_random(&r, 1);
        nanosleep(&(struct timespec){ .tv_nsec = ((2L << attempt) + r % 16) * 1000000L }, NULL);
}

static enum dd_err
write_once(struct dd_ctx *c, struct db_slot *slot, enum dd_err (*fn)(struct dd_ctx *, void *), void *arg)
{
        struct dd_conn *conn;
        enum dd_err err;

        slot->in_write = true;
        slot->retry = false;
        err = fn(c, arg);
        slot->in_write = false;
        conn = slot->conn;
        if (conn == NULL)
                return err;
        err = db_action_end(conn, c, err);
        slot->conn = NULL;
        db_give(conn);
        return err;
}

/* What the server refused is done again in a queue, one at a time, and for a while all others take their place in it
 * before they begin: first tries beside the queue would make those in it fail until their tries are used up. */
static enum dd_err
write_here(struct dd_ctx *c, struct db_slot *slot, enum dd_err (*fn)(struct dd_ctx *, void *), void *arg)
{
        struct dd_db *db = c->db;
        enum dd_err err;

        slot->queue = dd_clock_mono_ms() < atomic_load(&db->crowded_until);
        if (slot->queue)
                pthread_mutex_lock(&db->turn);
        err = write_once(c, slot, fn, arg);
        for (int attempt = 2; attempt <= WRITE_TRIES && err != DD_OK && slot->retry; attempt++) {
                db_count(db, &db->stats.retries);
                dd_ctx_clear_error(c);
                atomic_store(&db->crowded_until, dd_clock_mono_ms() + CROWDED_MS);
                if (!slot->queue)
                        pthread_mutex_lock(&db->turn);
                slot->queue = true;
                if (attempt > 2)
                        wait_a_little(attempt);
                err = write_once(c, slot, fn, arg);
        }
        if (slot->queue)
                pthread_mutex_unlock(&db->turn);
        slot->queue = false;
        return err;
}

struct waiter {
        pthread_mutex_t lock;
        pthread_cond_t cond;
        bool done;
        enum dd_err err;
};

static void
done_wake(void *arg, enum dd_err err)
{
        struct waiter *w = arg;

        pthread_mutex_lock(&w->lock);
        w->done = true;
        w->err = err;
        pthread_cond_signal(&w->cond);
        pthread_mutex_unlock(&w->lock);
}

enum dd_err
dd_write(struct dd_ctx *c, enum dd_err (*fn)(struct dd_ctx *, void *), void *arg)
{
        struct db_slot *slot = db_slot(c->db);
        struct waiter w = { .lock = PTHREAD_MUTEX_INITIALIZER, .cond = PTHREAD_COND_INITIALIZER };

        if (slot->in_write)
                return fn(c, arg); /* part of the action already running */
        if (slot->conn != NULL)
                return misuse(c, "dd_write inside a transaction");
        if (!c->db->engine->queued)
                return write_here(c, slot, fn, arg);
        db_writer_add(c->db, (struct db_job){ .c = c, .fn = fn, .arg = arg, .done = done_wake, .done_arg = &w });
        pthread_mutex_lock(&w.lock);
        while (!w.done)
                pthread_cond_wait(&w.cond, &w.lock);
        pthread_mutex_unlock(&w.lock);
        return w.err;
}

void
dd_write_async(struct dd_db *db, struct dd_ctx *c, enum dd_err (*fn)(struct dd_ctx *, void *), void *arg,
               void (*done)(void *, enum dd_err), void *done_arg)
{
        if (db->engine->queued)
                db_writer_add(db, (struct db_job){ .c = c, .fn = fn, .arg = arg, .done = done, .done_arg = done_arg });
        else
                db_offload(db, (struct db_job){ .c = c, .fn = fn, .arg = arg, .done = done, .done_arg = done_arg });
}

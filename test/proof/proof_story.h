/* proof_story.h - a day at the office drawn from a seed: acts with their keys and evidence, a ledger of what was
 * answered, and the oracle that asks the database, past the program, whether all of it is true. */
#ifndef PROOF_STORY_H
#define PROOF_STORY_H

#include "proof_desk.h"

enum act_kind {
        ACT_UPDATE,
        ACT_RECEIVE,
        ACT_HAND_IN,
        ACT_CONFIRM,
        ACT_BACK,
        ACT_CORRECT,
        ACT_ADD,
        ACT_ACCOUNT,
        ACT_UPLOAD,
        ACT_N
};

struct act {
        enum act_kind kind;
        char key[40]; /* also the words that name it in the database */
        int64_t task, assignment, version;
        uint64_t draw;
        size_t size; /* of its evidence; 0: none */
        int status;  /* 0: not answered */
        int64_t id;
        struct desk_call call;
};

#define STORY_ACTS  512
#define STORY_TASKS 64

struct story {
        struct desk *desk;
        uint64_t rnd, seed;
        struct act acts[STORY_ACTS];
        size_t n;
        struct {
                int64_t id, assignment, version;
        } tasks[STORY_TASKS];
        size_t n_tasks;
        uint64_t faults; /* said so far */
};

/* Says and counts a fault. */
void story_fault(struct story *s, const char *when, const char *fmt, ...) PRINTF_LIKE(3, 4);

uint64_t rnd_next(uint64_t *s);
uint64_t rnd_below(uint64_t *s, uint64_t n);

/* Begins on an open, filled desk. */
void story_begin(struct story *s, struct desk *d, uint64_t seed);
/* Draws n acts, sends them all before waiting for the first: they share groups of the writer. */
void story_batch(struct story *s, size_t n, size_t evidence_max);
/* Sends an act again, with its key. */
void story_again(struct story *s, struct act *a);
bool act_answered(const struct act *a); /* done, as the person was told */

/* What the disk holds, read by SQLite alone: what was answered is stored, nothing twice, audit rows whole, files equal
 * to their hashes. Each fault is printed and counted in s->faults. */
void story_oracle(struct story *s, const char *when);
/* Every projection and counter recomputed by the program and compared; the database is open. */
void story_recount(struct story *s, const char *when);
/* A number that changes with every stored change; -1: not readable. */
int64_t story_state(struct story *s);

#endif

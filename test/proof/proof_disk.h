/* proof_disk.h - a disk in memory whose power can be cut: an SQLite VFS that remembers what was not yet synced. It
 * becomes the default one, so the program under test opens it without knowing.
 *
 * What a cut may leave of each file: all that was synced, and of what was not, for every sector any version it had
 * since (the disk writes sectors in any order, each whole), with every truncation done or not. A file whose folder was
 * not synced since it was made or removed may be there or not. Reading and locking behave as on a disk. */
#ifndef PROOF_DISK_H
#define PROOF_DISK_H

#include "dd_base.h"

void disk_install(void);
void disk_wipe(void); /* an empty disk; nothing may be open */

/* ---- power ---- */
uint64_t disk_ops(void);         /* writes, syncs, truncations, removals so far */
void disk_cut_after(uint64_t n); /* the n-th from now and all later ones fail; 0: never */
bool disk_is_off(void);
void disk_lie(bool lies); /* syncs that do nothing: a proof on such a disk has to fail */

struct disk_image;
/* What one cut, drawn from the seed, leaves. The disk itself stays as it was, so that many can be drawn. */
struct disk_image *disk_after_cut(uint64_t seed);
struct disk_image *disk_as_is(void); /* everything synced: a snapshot to begin from */
void disk_boot(const struct disk_image *im);
void disk_image_free(struct disk_image *im);

/* ---- faults: the k-th operation of a kind fails ---- */
enum disk_kind {
        DISK_WRITE = 1,
        DISK_SYNC = 2,
        DISK_TRUNCATE = 4,
        DISK_READ = 8,
        DISK_OPEN = 16,
        DISK_REMOVE = 32,
        DISK_SHM = 64
};
struct disk_fault {
        unsigned kinds;
        uint64_t at; /* from 1; 0: none */
        bool for_ever;
        bool forgets; /* a sync that fails forgets what it should have kept, as Linux does: the next one says all is
                         well */
        int rc;       /* what SQLite is told; 0: the I/O error of the kind */
};
void disk_fault(struct disk_fault f);
uint64_t disk_faults_met(void); /* operations of the kinds seen since disk_fault */

#endif

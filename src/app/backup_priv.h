/* backup_priv.h - what writing and reading a backup share. */
#ifndef APP_BACKUP_H
#define APP_BACKUP_H

#include "env_priv.h"

#define BACKUP_FORMAT 1

/* SHA-256 of an open file from its beginning. */
bool backup_hash(int fd, uint8_t ret[32], uint64_t *ret_size);

#endif

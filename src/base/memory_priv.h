/* memory_priv.h - the reserve that arenas and buffers share when the system gives no more memory. */
#ifndef MEMORY_PRIV_H
#define MEMORY_PRIV_H

#include "dd_base.h"

void *spare_take(size_t n); /* aligned to 16; NULL: used up */
void spare_free(void *p);   /* of the reserve or of malloc */

#endif

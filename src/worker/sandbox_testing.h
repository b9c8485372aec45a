/* The child of sandbox_test. */
#ifndef SANDBOX_TESTING_H
#define SANDBOX_TESTING_H

#include "worker_testing.h"

#define ESCAPE_ENV "DONDOC_TEST_PASSWORD"

/* Does what io->bytes names ("open", "socket", ...) and answers with a refusal "errno=N" or "ESCAPED"; "well" to any
 * other word. */
void escaping_child(const struct child_io *io);
/* Where ESCAPE_ENV stands in this process's memory; found at the first call, before the nursery is forked. */
const char *const *escape_env(void);

#endif

/* The notices of what we ship: LICENSE, NOTICE and the licences of fonts and scripts, embedded at build. */
#include "env_priv.h"

extern const char licences_text[];

int
cmd_licences(struct cmd *k)
{
        fputs(licences_text, k->out);
        return 0;
}

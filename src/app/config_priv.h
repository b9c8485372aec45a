/* config_priv.h - one file of `key = value` lines; every key with its default stands in the table of config.c, which
 * also writes packaging/dondoc.conf. The command line wins over the environment, that over the file, that over the
 * default. */
#ifndef APP_CONFIG_H
#define APP_CONFIG_H

#include "dd_base.h"

#define CONFIG_FILE    "/etc/dondoc/dondoc.conf"
#define CONFIG_PROXIES 16

struct config {
        struct str data, listen, origin, proxies, metrics_token_file, backup_dir;
        int64_t backup_warn_hours, threads, workers, connections, connections_per_address, header_seconds, idle_seconds,
            body_rate, stop_seconds, uploads_mib;
};

void config_defaults(struct config *ret);
/* Reads text over *ret; strings point into text. DD_EINVAL: the line is named in the message. */
MUST_CHECK enum dd_err config_read(struct dd_ctx *c, struct str file, struct str text, struct config *ret);
/* Reads one value as from the command line. */
MUST_CHECK enum dd_err config_set(struct dd_ctx *c, struct str name, struct str value, struct config *ret);
/* The file with its explanations. in_force: as it is now; else the defaults, commented out. */
void config_print(FILE *out, const struct config *conf, bool in_force);
/* The addresses of conf->proxies; the number of them. */
size_t config_proxies(const struct config *conf, struct str ret[CONFIG_PROXIES]);

#endif

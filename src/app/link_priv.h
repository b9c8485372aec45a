/* link_priv.h - the frames between a command and the server that owns its data, over DATA/dondoc.sock.
 *
 * One packet asks: struct link_ask, then the version and the words, each ended by NUL; with it the descriptors of the
 * person's files. Packets answer: one letter, then bytes. 'o' and 'e' go to the person's terminal, 'x' carries the exit
 * code and is the last. */
#ifndef APP_LINK_H
#define APP_LINK_H

#include "env_priv.h"

#define LINK_MAGIC 0x64644c31u
#define LINK_MAX   60000 /* a packet; words are short */
#define LINK_PART  32000 /* of an answer */

struct link_ask {
        uint32_t magic;
        uint8_t has_in, has_out, pad[2];
};

/* Address of the socket by way of the open folder: its path may be longer than the address can be. */
struct sockaddr_un;
void link_address(int folder_fd, struct sockaddr_un *ret);

#endif

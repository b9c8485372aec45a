/* dd_reply.h - the records a reader child answers with. Nobody outside worker needs them but the fuzzer.
 *
 * A record is three little-endian u32 (magic, type, length) and the payload. Any number of PROGRESS up to a bound, then
 * exactly one of the others (a draft may have its boxes before it), then the end of the stream. */
#ifndef DD_REPLY_H
#define DD_REPLY_H

#include "dd_draft.h"

#define REPLY_MAGIC        0x31524444u /* "DDR1" */
#define REPLY_HEAD         12
#define REPLY_MAX          ((size_t)8 << 20)  /* the whole stream */
#define REPLY_BYTES_MAX    ((size_t)96 << 20) /* the same, of REPLY_BYTES */
#define REPLY_TEXT_MAX     2000               /* bytes of a refusal's text */
#define REPLY_PROGRESS_MAX 64
#define REPLY_PAGES_MAX    500
#define REPLY_BOXES_MAX    (DRAFT_BOXES_MAX * sizeof(struct box))

enum reply_type {
        REPLY_NONE,
        REPLY_PROGRESS, /* u32 stage */
        REPLY_DRAFT,    /* JSON of draft_json */
        REPLY_REFUSED,  /* u32 enum dd_err, text for the person */
        REPLY_SECRET,   /* the mark out of a closed list, and nothing else of the paper */
        REPLY_BYTES,    /* what the next child is to work on; never shown, never looked into */
        REPLY_BOXES     /* places of a draft's words, before it: as JSON they would cost more than all the rest */
};

enum reply_stage { STAGE_START, STAGE_READ, STAGE_SECRET, STAGE_DRAFT, STAGE_WRITE, STAGE_MAX };

struct reply {
        enum reply_type type;   /* of the closing record; REPLY_NONE: none came */
        enum reply_stage stage; /* the last one told, also of a stream that is wrong: for the log */
        enum dd_err code;       /* REPLY_REFUSED: DD_EINVAL, DD_ETOOBIG or DD_EFORMAT */
        struct str body;        /* JSON, text or mark, inside the bytes given */
        struct str boxes;       /* of REPLY_BOXES; not looked into */
};

/* Checks and splits a whole stream. NULL when it is right, else what is wrong with it, static text for the log. The
 * JSON of a draft is not looked into: draft_parse does that. */
const char *reply_parse(struct str bytes, struct reply *ret);
const char *reply_stage_name(enum reply_stage s);
/* The boxes of a draft whose text is known. False: there is one that lies on no page, or beyond the text. */
bool reply_boxes(struct arena *a, const struct reply *r, struct draft *d);

/* The child's side. They end the child when the parent has gone. */
void reply_progress(int fd, enum reply_stage stage);
void reply_draft(int fd, struct str json);
void reply_draft_boxes(int fd, const struct draft *d);
void reply_bytes(int fd, struct str bytes);
void reply_refused(int fd, enum dd_err code, struct str text);
/* `mark` as it was found in the paper; what is sent is the name of its level. */
void reply_secret(int fd, struct arena *a, struct str mark);

#endif

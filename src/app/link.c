/* The command's side of the local socket. */
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "dd_version.h"
#include "link_priv.h"

void
link_address(int folder_fd, struct sockaddr_un *ret)
{
        *ret = (struct sockaddr_un){ .sun_family = AF_UNIX };
        snprintf(ret->sun_path, sizeof ret->sun_path, "/proc/self/fd/%d/dondoc.sock", folder_fd);
}

static int
dial(struct str where)
{
        char path[4096];
        struct sockaddr_un addr;

        snprintf(path, sizeof path, "%.*s", FMT(where));
        AUTO_FD folder = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
        AUTO_FD fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

        if (folder < 0 || fd < 0)
                return -1;
        link_address(folder, &addr);
        if (connect(fd, (const struct sockaddr *)&addr, sizeof addr) != 0)
                return -1; /* nobody there: the folder is ours to open */
        int got = fd;
        fd = -1;
        return got;
}

static bool
ask(const struct cmd *k, int fd)
{
        struct link_ask head = { .magic = LINK_MAGIC, .has_in = k->in_fd >= 0, .has_out = k->out_fd >= 0 };
        int fds[2], n_fds = 0;
        AUTO_BUF b = { .max = LINK_MAX };
        union {
                struct cmsghdr head;
                char space[CMSG_SPACE(sizeof fds)];
        } control = { .space = { 0 } };

        buf_put(&b, &head, sizeof head);
        buf_put(&b, DD_VERSION, sizeof DD_VERSION);
        for (int i = 0; i < k->n_words; i++)
                buf_put(&b, k->words[i], strlen(k->words[i]) + 1);
        if (b.over)
                return false;
        if (head.has_in)
                fds[n_fds++] = k->in_fd;
        if (head.has_out)
                fds[n_fds++] = k->out_fd;
        struct iovec iov = { b.p, b.n };
        struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };
        if (n_fds > 0) {
                msg.msg_control = control.space;
                msg.msg_controllen = CMSG_SPACE((size_t)n_fds * sizeof(int));
                struct cmsghdr *cm = CMSG_FIRSTHDR(&msg);
                cm->cmsg_level = SOL_SOCKET;
                cm->cmsg_type = SCM_RIGHTS;
                cm->cmsg_len = CMSG_LEN((size_t)n_fds * sizeof(int));
                memcpy(CMSG_DATA(cm), fds, (size_t)n_fds * sizeof(int));
        }
        return sendmsg(fd, &msg, MSG_NOSIGNAL) == (ssize_t)b.n;
}

bool
link_call(struct cmd *k, struct str where, int *ret_code)
{
        AUTO_FD fd = dial(where);
        char part[LINK_PART + 1];
        ssize_t n = 0;
        int32_t code = 1;

        if (fd < 0)
                return false;
        *ret_code = 1;
        if (!ask(k, fd)) {
                fprintf(k->err, "dondoc: không gửi được lệnh cho máy chủ đang chạy: %s.\n", strerror(errno));
                return true;
        }
        while ((n = recv(fd, part, sizeof part, 0)) > 0 || (n < 0 && errno == EINTR)) {
                if (n < 1)
                        continue;
                if (part[0] == 'x' && n == 1 + (ssize_t)sizeof code) {
                        memcpy(&code, part + 1, sizeof code);
                        *ret_code = code;
                        return true;
                }
                fwrite(part + 1, 1, (size_t)n - 1, part[0] == 'o' ? k->out : k->err);
        }
        fprintf(k->err,
                "dondoc: máy chủ đã ngắt trước khi lệnh xong; chưa rõ đã làm được đến đâu. Hãy kiểm tra trước khi "
                "chạy lại.\n");
        return true;
}

/* Uploads wait in sealed memory, so that a secret paper never touches a disk (DESIGN section 6). */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "worker_priv.h"

#define NOEXEC_SEAL 0x0008u /* MFD_NOEXEC_SEAL, Linux 6.3 */
#define SEALS       (F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

int
memfd_new(void)
{
        int fd = memfd_create("dondoc-paper", MFD_CLOEXEC | MFD_ALLOW_SEALING | NOEXEC_SEAL);

        return fd < 0 && errno == EINVAL ? memfd_create("dondoc-paper", MFD_CLOEXEC | MFD_ALLOW_SEALING) : fd;
}

bool
memfd_write(int fd, struct str s)
{
        while (s.n > 0) {
                ssize_t done = write(fd, s.p, s.n);

                if (done < 0 && errno == EINTR)
                        continue;
                if (done <= 0)
                        return false;
                s = str_sub(s, (size_t)done, s.n);
        }
        return true;
}

bool
memfd_seal(int fd, size_t *ret_size)
{
        struct stat st;

        *ret_size = 0;
        if (fcntl(fd, F_ADD_SEALS, SEALS) != 0 || fstat(fd, &st) != 0)
                return false;
        *ret_size = (size_t)st.st_size;
        return true;
}

enum dd_err
worker_memfd(struct dd_ctx *c, struct str bytes, int *ret_fd)
{
        *ret_fd = -1;
        if (bytes.n == 0)
                return dd_fail(c, DD_EINVAL, "Tệp tải lên trống, không có nội dung để đọc. Hãy chọn lại tệp.");
        if (bytes.n > WORKER_FILE_MAX)
                return dd_fail(c, DD_ETOOBIG,
                               "Tệp lớn hơn 25 MB nên không được nhận. Hãy tách văn bản thành nhiều tệp nhỏ hơn rồi "
                               "tải lên lại.");
        AUTO_FD fd = memfd_new();
        size_t size = 0;

        if (fd < 0 || !memfd_write(fd, bytes) || !memfd_seal(fd, &size)) {
                dd_log(DD_LOG_ERROR, "worker: no memory for an upload of %zu bytes: errno %d", bytes.n, errno);
                return dd_fail(c, DD_EBUSY,
                               "Máy chủ đang thiếu bộ nhớ nên chưa nhận được tệp. Chưa có gì được lưu. Hãy thử lại sau "
                               "ít phút.");
        }
        *ret_fd = fd;
        fd = -1;
        return DD_OK;
}

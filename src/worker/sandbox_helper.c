/* What a helper program may still do: read the system's libraries, fonts and language data, read the paper, write its
 * answer into memory. Landlock carries the files, seccomp the network and everything else; both are needed, for a
 * program that may open files and is held by one alone could read what the server's user can (SECURITY 3.3). */
#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worker_priv.h"

#define FS_EXECUTE        (1u << 0)
#define FS_READ_FILE      (1u << 2)
#define FS_READ_DIR       (1u << 3)
#define RULE_PATH_BENEATH 1
#define TTY_ASKED         0x5401u /* TCGETS: "is this a terminal?" */

struct ruleset {
        uint64_t fs, net, scoped;
};

struct path_rule {
        uint64_t allowed;
        int32_t fd;
} __attribute__((packed));

/* A path that is not there gives nothing. */
static bool
path_allow(int ruleset, const char *path, uint64_t allowed)
{
        AUTO_FD fd = open(path, O_PATH | O_CLOEXEC);
        struct path_rule rule = { allowed, fd };

        return fd < 0 || syscall(SYS_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &rule, 0) == 0;
}

/* Public parts of the system: nothing under /etc but what a linker and a font need, nothing under /var but the cache of
 * fonts, and no home. */
static bool
paths_allow(int ruleset, const char *program)
{
        static const char *const trees[] = {
                "/usr/lib",           "/lib",
                "/usr/share/fonts",   "/usr/share/fontconfig",
                "/usr/share/poppler", "/usr/share/tesseract-ocr",
                "/etc/fonts",         "/var/cache/fontconfig",
        };
        static const char *const files[] = { "/etc/ld.so.cache", "/dev/null", "/dev/urandom" };
        static const char *const linkers[] = {
                "/lib64/ld-linux-x86-64.so.2",      "/lib/ld-linux-aarch64.so.1", "/lib/ld-linux-armhf.so.3",
                "/lib/ld-linux-riscv64-lp64d.so.1", "/lib64/ld64.so.2",           "/lib/ld64.so.1"
        };
        bool ok = path_allow(ruleset, program, FS_EXECUTE | FS_READ_FILE);

        for (size_t i = 0; i < ARRAY_LEN(trees); i++)
                ok = ok && path_allow(ruleset, trees[i], FS_READ_FILE | FS_READ_DIR);
        for (size_t i = 0; i < ARRAY_LEN(files); i++)
                ok = ok && path_allow(ruleset, files[i], FS_READ_FILE);
        for (size_t i = 0; i < ARRAY_LEN(linkers); i++)
                ok = ok && path_allow(ruleset, linkers[i], FS_EXECUTE | FS_READ_FILE);
        return ok;
}

static bool
landlock_enter(int abi, const char *program)
{
        int fs_bits = abi >= 5 ? 16 : abi >= 3 ? 15 : abi == 2 ? 14 : 13;
        struct ruleset all = {
                .fs = ((uint64_t)1 << fs_bits) - 1,
                .net = abi >= 4 ? 3 : 0,
                .scoped = abi >= 6 ? 3 : 0,
        };
        AUTO_FD fd = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);

        return fd >= 0 && paths_allow(fd, program) && syscall(SYS_landlock_restrict_self, fd, 0) == 0;
}

/* Ordinary work of a C++ program that computes. What is in neither list is refused with EPERM, so that a library that
 * asks for its comfort (a cache, the name service) goes on without; what only an attack would want kills. */
static const int plain[] = {
        SCMP_SYS(read),
        SCMP_SYS(pread64),
        SCMP_SYS(readv),
        SCMP_SYS(write),
        SCMP_SYS(writev),
        SCMP_SYS(close),
        SCMP_SYS(lseek),
        SCMP_SYS(fstat),
        SCMP_SYS(stat),
        SCMP_SYS(lstat),
        SCMP_SYS(newfstatat),
        SCMP_SYS(statx),
        SCMP_SYS(access),
        SCMP_SYS(faccessat),
        SCMP_SYS(faccessat2),
        SCMP_SYS(readlink),
        SCMP_SYS(readlinkat),
        SCMP_SYS(getcwd),
        SCMP_SYS(getdents64),
        SCMP_SYS(munmap),
        SCMP_SYS(mremap),
        SCMP_SYS(brk),
        SCMP_SYS(madvise),
        SCMP_SYS(futex),
        SCMP_SYS(clock_gettime),
        SCMP_SYS(clock_getres),
        SCMP_SYS(gettimeofday),
        SCMP_SYS(times),
        SCMP_SYS(time),
        SCMP_SYS(getrusage),
        SCMP_SYS(getrandom),
        SCMP_SYS(rt_sigreturn),
        SCMP_SYS(rt_sigaction),
        SCMP_SYS(exit),
        SCMP_SYS(rt_sigprocmask),
        SCMP_SYS(sigaltstack),
        SCMP_SYS(exit_group),
        SCMP_SYS(sysinfo),
        SCMP_SYS(uname),
        SCMP_SYS(sched_yield),
        SCMP_SYS(getpid),
        SCMP_SYS(gettid),
        SCMP_SYS(sched_getaffinity),
        SCMP_SYS(getuid),
        SCMP_SYS(geteuid),
        SCMP_SYS(getgid),
        SCMP_SYS(getegid),
        SCMP_SYS(arch_prctl),
        SCMP_SYS(rseq),
        SCMP_SYS(set_tid_address),
        SCMP_SYS(set_robust_list),
        SCMP_SYS(fadvise64),
        SCMP_SYS(restart_syscall),
};
static const int attacks[] = {
        SCMP_SYS(execveat),
        SCMP_SYS(ptrace),
        SCMP_SYS(process_vm_readv),
        SCMP_SYS(process_vm_writev),
        SCMP_SYS(kill),
        SCMP_SYS(mount),
        SCMP_SYS(umount2),
        SCMP_SYS(pivot_root),
        SCMP_SYS(unshare),
        SCMP_SYS(setns),
        SCMP_SYS(bpf),
        SCMP_SYS(userfaultfd),
        SCMP_SYS(fork),
        SCMP_SYS(vfork),
        SCMP_SYS(io_uring_setup),
        SCMP_SYS(perf_event_open),
        SCMP_SYS(connect),
        SCMP_SYS(bind),
        SCMP_SYS(sendto),
        SCMP_SYS(sendmsg),
};

static bool
plain_rules(scmp_filter_ctx f)
{
        for (size_t i = 0; i < ARRAY_LEN(plain); i++)
                if (seccomp_rule_add(f, SCMP_ACT_ALLOW, plain[i], 0) != 0)
                        return false;
        for (size_t i = 0; i < ARRAY_LEN(attacks); i++)
                if (seccomp_rule_add(f, SCMP_ACT_KILL_PROCESS, attacks[i], 0) != 0)
                        return false;
        return true;
}

/* Memory is never writable and executable; files are opened for reading; a descriptor's flags, a terminal's question
 * and the limits are asked, not set. */
static bool
bound_rules(scmp_filter_ctx f)
{
        const scmp_datum_t write_bits = O_ACCMODE | O_CREAT | O_TRUNC;
        struct scmp_arg_cmp reading_at = SCMP_A2(SCMP_CMP_MASKED_EQ, write_bits, O_RDONLY);
        struct scmp_arg_cmp reading = SCMP_A1(SCMP_CMP_MASKED_EQ, write_bits, O_RDONLY);
        struct scmp_arg_cmp no_write = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_WRITE, 0);
        struct scmp_arg_cmp no_exec = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);

        return seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, reading_at) == 0 &&
               seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(open), 1, reading) == 0 &&
               seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, no_write) == 0 &&
               seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, no_exec) == 0 &&
               seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, no_exec) == 0 &&
               seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1, SCMP_A1(SCMP_CMP_EQ, TTY_ASKED)) == 0 &&
               seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1, SCMP_A2(SCMP_CMP_EQ, 0)) == 0 &&
               seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1, SCMP_A1(SCMP_CMP_LE, F_GETFL)) == 0;
}

void *
sandbox_helper_filter(void)
{
        scmp_filter_ctx f = seccomp_init(SCMP_ACT_ERRNO(EPERM));

        if (f == NULL)
                return NULL;
        if (seccomp_attr_set(f, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) != 0 || !plain_rules(f) ||
            !bound_rules(f)) {
                seccomp_release(f);
                return NULL;
        }
        return f;
}

/* exec is tied to the address of one string, which is somewhere else in every process and gone after the exec; Landlock
 * says which file it may be. abort() is how memory that ran out is told. */
static bool
filter_enter(scmp_filter_ctx f, const char *path)
{
        return seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(execve), 1,
                                SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)(uintptr_t)path)) == 0 &&
               seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 2, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid()),
                                SCMP_A2(SCMP_CMP_EQ, SIGABRT)) == 0 &&
               seccomp_load(f) == 0;
}

bool
sandbox_enter_helper(const struct sandbox *sb, const struct helper *h, const char *path)
{
        const struct worker_limits *l = &h->limits;

        if (sb->landlock_abi <= 0 || sb->helper == NULL || !sandbox_begin(sb))
                return false;
        return landlock_enter(sb->landlock_abi, path) && sandbox_limit(RLIMIT_CORE, 0, 0) &&
               sandbox_limit(RLIMIT_FSIZE, h->out_max, h->out_max) && sandbox_limit(RLIMIT_NPROC, 0, 0) &&
               sandbox_limit(RLIMIT_CPU, l->cpu_s, l->cpu_s + 1) && sandbox_limit(RLIMIT_NOFILE, l->files, l->files) &&
               (WORKER_SANITIZED || sandbox_limit(RLIMIT_AS, l->memory, l->memory)) && /* libseccomp allocates */
               filter_enter(sb->helper, path);
}

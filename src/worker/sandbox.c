/* What a child may still do: compute, use the memory it is allowed, write its reply. Three layers that do not depend
 * on each other: rlimits, Landlock, seccomp. On kernels before 6.7 Landlock does not see the network, there seccomp and
 * the ban on new descriptors carry it (SECURITY 3.3). */
#include <errno.h>
#include <grp.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worker_priv.h"

/* Newer than the headers of the oldest system we build on. */
#define MDWE_SET              65 /* PR_SET_MDWE, Linux 6.3 */
#define MDWE_REFUSE_EXEC_GAIN 1
#define LANDLOCK_VERSION      1u

/* Stands in the filter where the child's own number will: no process has it, the kernel ends at 4194304. */
#define PID_PLACE 0x5d0cd0c1u

struct sandbox_filter {
        struct sock_filter *v; /* as the kernel wants it */
        unsigned short n;
        size_t own; /* where PID_PLACE stands */
};

struct landlock_attr {
        uint64_t fs, net, scoped;
};

/* Every right the kernel knows is handled, so that none is left; no rule gives one back. */
static struct landlock_attr
landlock_all(int abi)
{
        int fs_bits = abi >= 5 ? 16 : abi >= 3 ? 15 : abi == 2 ? 14 : 13;

        return (struct landlock_attr){
                .fs = ((uint64_t)1 << fs_bits) - 1,
                .net = abi >= 4 ? 3 : 0,    /* TCP bind, connect */
                .scoped = abi >= 6 ? 3 : 0, /* abstract sockets, signals to others */
        };
}

static bool
landlock_enter(int abi)
{
        struct landlock_attr attr = landlock_all(abi);
        AUTO_FD fd = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0);

        return fd >= 0 && syscall(SYS_landlock_restrict_self, fd, 0) == 0;
}

/* One list, short enough to be read. Opening, sockets, exec, fork, signals to others: not in it, so they kill. */
static bool
filter_rules(scmp_filter_ctx f)
{
        static const int plain[] = {
                SCMP_SYS(read),         SCMP_SYS(write),   SCMP_SYS(close),          SCMP_SYS(lseek),
                SCMP_SYS(fstat),        SCMP_SYS(munmap),  SCMP_SYS(mremap),         SCMP_SYS(brk),
                SCMP_SYS(madvise),      SCMP_SYS(futex),   SCMP_SYS(clock_gettime),  SCMP_SYS(getrandom),
                SCMP_SYS(rt_sigreturn), SCMP_SYS(exit),    SCMP_SYS(rt_sigprocmask), SCMP_SYS(restart_syscall),
                SCMP_SYS(exit_group),   SCMP_SYS(sysinfo), SCMP_SYS(sched_yield),    SCMP_SYS(getpid),
                SCMP_SYS(gettid),
        };

        for (size_t i = 0; i < ARRAY_LEN(plain); i++)
                if (seccomp_rule_add(f, SCMP_ACT_ALLOW, plain[i], 0) != 0)
                        return false;
        return seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
               seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) ==
                   0;
}

/* Translated once, in the nursery: in every child it would cost more than all else of the sandbox. */
static bool
filter_translate(scmp_filter_ctx f, struct sandbox_filter *ret)
{
        AUTO_FD fd = memfd_new();
        off_t size;
        size_t found = 0;

        if (fd < 0 || seccomp_export_bpf(f, fd) != 0)
                return false;
        size = lseek(fd, 0, SEEK_CUR);
        if (size <= 0 || (size_t)size % sizeof *ret->v != 0 || (size_t)size / sizeof *ret->v > BPF_MAXINSNS)
                return false;
        ret->n = (unsigned short)((size_t)size / sizeof *ret->v);
        ret->v = malloc((size_t)size);
        if (ret->v == NULL || pread(fd, ret->v, (size_t)size, 0) != size)
                return false;
        for (size_t i = 0; i < ret->n; i++)
                if (BPF_CLASS(ret->v[i].code) == BPF_JMP && ret->v[i].k == PID_PLACE) {
                        ret->own = i;
                        found++;
                }
        return found == 1;
}

/* abort() is how memory that ran out is told; without the rule for it this would look like an attempt to escape. */
static struct sandbox_filter *
filter_new(void)
{
        scmp_filter_ctx f = seccomp_init(SCMP_ACT_KILL_PROCESS);
        struct sandbox_filter *ret = calloc(1, sizeof *ret);
        bool good = f != NULL && ret != NULL &&
                    seccomp_attr_set(f, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0 && filter_rules(f) &&
                    seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 2, SCMP_A0(SCMP_CMP_EQ, PID_PLACE),
                                     SCMP_A2(SCMP_CMP_EQ, SIGABRT)) == 0 &&
                    filter_translate(f, ret);

        if (f != NULL)
                seccomp_release(f);
        if (good)
                return ret;
        if (ret != NULL)
                free(ret->v);
        free(ret);
        return NULL;
}

static bool
filter_enter(const struct sandbox_filter *f)
{
        const struct sock_fprog program = { f->n, f->v };

        f->v[f->own].k = (uint32_t)getpid();
        return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}

void
sandbox_probe(struct sandbox *ret, const struct worker_limits *limits)
{
        uint32_t action = SECCOMP_RET_KILL_PROCESS;
        int abi = (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_VERSION);

        *ret = (struct sandbox){ .landlock_abi = abi > 0 && !limits->no_landlock ? abi : 0, .parent = getpid() };
        if (limits->landlock_max > 0 && ret->landlock_abi > limits->landlock_max)
                ret->landlock_abi = limits->landlock_max;
        if (!WORKER_SANITIZED && !limits->no_seccomp && syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0)
                ret->filter = filter_new();
        if (!limits->no_seccomp) /* a program that is exec'd has no sanitizer in it */
                ret->helper = sandbox_helper_filter();
}

bool
sandbox_limit(int what, size_t soft, size_t hard)
{
        const struct rlimit r = { .rlim_cur = soft, .rlim_max = hard };

        return setrlimit((__rlimit_resource_t)what, &r) == 0;
}

static bool
limits_enter(const struct worker_limits *l)
{
        return sandbox_limit(RLIMIT_CORE, 0, 0) && sandbox_limit(RLIMIT_FSIZE, 0, 0) &&
               sandbox_limit(RLIMIT_NPROC, 0, 0) && sandbox_limit(RLIMIT_CPU, l->cpu_s, l->cpu_s + 1) &&
               sandbox_limit(RLIMIT_NOFILE, l->files, l->files) &&
               (WORKER_SANITIZED || sandbox_limit(RLIMIT_AS, l->memory, l->memory));
}

/* Rlimits do not bind root. A service is not run as root; where somebody does it anyway, the child at least is not. */
static void
root_leave(void)
{
        const unsigned nobody = 65534;

        if (geteuid() != 0)
                return;
        if (setgroups(0, NULL) != 0 || setresgid(nobody, nobody, nobody) != 0 || setresuid(nobody, nobody, nobody) != 0)
                dd_log(DD_LOG_WARN, "worker: child keeps uid 0");
}

bool
sandbox_begin(const struct sandbox *sb)
{
        root_leave();
        if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
            prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || getppid() != sb->parent)
                return false;
        if (!WORKER_SANITIZED)
                prctl(MDWE_SET, MDWE_REFUSE_EXEC_GAIN, 0, 0, 0); /* where the kernel has it; seccomp says it too */
        return true;
}

int
sandbox_enter(const struct sandbox *sb, const struct worker_limits *limits)
{
        int held = 0;

        if (!sandbox_begin(sb))
                return -1;
        if (sb->landlock_abi > 0 && landlock_enter(sb->landlock_abi))
                held |= SANDBOX_LANDLOCK;
        if (!limits_enter(limits))
                return -1;
        if (sb->filter != NULL && filter_enter(sb->filter))
                held |= SANDBOX_SECCOMP;
        return held;
}

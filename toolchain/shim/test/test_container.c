/* Control groups of both versions in a fake root. */
#define _GNU_SOURCE
#include "fake_root.h"

#include "../container.c"
#include "../container_groups.c"

#include "check.h"

#define MIB INT64_C(1048576)
#define V1_MOUNT(controller, root, options) \
    "30 20 0:30 " root " /sys/fs/cgroup/" controller " " options " - cgroup cgroup rw," controller "\n"
#define V2_MOUNT(root, options) "40 20 0:40 " root " /sys/fs/cgroup " options " - cgroup2 cgroup2 rw,nsdelegate\n"
#define V1_MOUNTS(options) V1_MOUNT("memory", "/", options) V1_MOUNT("cpu,cpuacct", "/", options)

struct file {
    const char *path, *text;
};

struct expected {
    int initialize;
    int64_t limit, with_swap;
    int processors;
};

/* As many processors as the machine has: given as 0. */
static const struct {
    const char *name, *mounts, *groups;
    struct file files[8];
    struct expected expected;
} cases[] = {
    {"no control groups", "1 0 8:1 / / rw - ext4 /dev/root rw\n", "", {{0}},
     {NOT_CONTAINERIZED, UNKNOWN, UNKNOWN, 0}},
    {"v2, no limit", V2_MOUNT("/", "rw"), "0::/user.slice\n",
     {{"/sys/fs/cgroup/user.slice/memory.max", "max\n"}, {"/sys/fs/cgroup/user.slice/cpu.max", "max 100000\n"},
      {"/sys/fs/cgroup/user.slice/memory.swap.max", "max\n"}},
     {NOT_CONTAINERIZED, UNLIMITED, UNLIMITED, 0}},
    {"v2, container with its own namespace", V2_MOUNT("/", "ro,nosuid"), "0::/\n",
     {{"/sys/fs/cgroup/memory.max", "67108864\n"}, {"/sys/fs/cgroup/memory.swap.max", "0\n"},
      {"/sys/fs/cgroup/cpu.max", "50000 100000\n"}},
     {CONTAINERIZED, 64 * MIB, 64 * MIB, 1}},
    {"v2, read-only without limits", V2_MOUNT("/", "ro"), "0::/\n",
     {{"/sys/fs/cgroup/memory.max", "max\n"}, {"/sys/fs/cgroup/cpu.max", "max 100000\n"}},
     {CONTAINERIZED, UNLIMITED, UNLIMITED, 0}},
    {"v2, swap besides memory", V2_MOUNT("/", "rw"), "0::/a\n",
     {{"/sys/fs/cgroup/a/memory.max", "67108864\n"}, {"/sys/fs/cgroup/a/memory.swap.max", "33554432\n"}},
     {CONTAINERIZED, 64 * MIB, 96 * MIB, 0}},
    {"v2, unlimited swap", V2_MOUNT("/", "rw"), "0::/a\n",
     {{"/sys/fs/cgroup/a/memory.max", "67108864\n"}, {"/sys/fs/cgroup/a/memory.swap.max", "max\n"}},
     {CONTAINERIZED, 64 * MIB, UNLIMITED, 0}},
    {"v2, a kernel without swap", V2_MOUNT("/", "rw"), "0::/a\n", {{"/sys/fs/cgroup/a/memory.max", "67108864\n"}},
     {CONTAINERIZED, 64 * MIB, 64 * MIB, 0}},
    {"v2, the limit of a parent is smaller", V2_MOUNT("/", "rw"), "0::/a/b/c\n",
     {{"/sys/fs/cgroup/a/b/c/memory.max", "67108864\n"}, {"/sys/fs/cgroup/a/b/memory.max", "max\n"},
      {"/sys/fs/cgroup/a/memory.max", "33554432\n"}, {"/sys/fs/cgroup/a/b/c/cpu.max", "max 100000\n"},
      {"/sys/fs/cgroup/a/cpu.max", "100000 100000\n"}},
     {CONTAINERIZED, 32 * MIB, 32 * MIB, 1}},
    {"v2, the limit of a parent is larger", V2_MOUNT("/", "rw"), "0::/a/b\n",
     {{"/sys/fs/cgroup/a/b/memory.max", "33554432\n"}, {"/sys/fs/cgroup/a/memory.max", "67108864\n"}},
     {CONTAINERIZED, 32 * MIB, 32 * MIB, 0}},
    {"v2, a group named from another root", V2_MOUNT("/kube/pod", "rw"), "0::/kube/pod/inner\n",
     {{"/sys/fs/cgroup/inner/memory.max", "33554432\n"}, {"/sys/fs/cgroup/memory.max", "67108864\n"}},
     {CONTAINERIZED, 32 * MIB, 32 * MIB, 0}},
    {"v2, a group outside of the namespace", V2_MOUNT("/../other", "rw"), "0::/../elsewhere\n",
     {{"/sys/fs/cgroup/memory.max", "67108864\n"}},
     {CONTAINERIZED, 64 * MIB, 64 * MIB, 0}},
    {"v2, a limit above what the machine has", V2_MOUNT("/", "rw"), "0::/a\n",
     {{"/sys/fs/cgroup/a/memory.max", "9000000000000000000\n"}, {"/sys/fs/cgroup/a/cpu.max", "900000000 100000\n"}},
     {NOT_CONTAINERIZED, UNLIMITED, UNLIMITED, 0}},
    {"v2, a mount point with a blank", "40 20 0:40 / /sys/fs/c\\040group rw - cgroup2 cgroup2 rw\n", "0::/a\n",
     {{"/sys/fs/c group/a/memory.max", "67108864\n"}}, {CONTAINERIZED, 64 * MIB, 64 * MIB, 0}},

    {"v1, no limit", V1_MOUNTS("rw"), "4:memory:/\n1:cpu,cpuacct:/\n",
     {{"/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n"},
      {"/sys/fs/cgroup/memory/memory.memsw.limit_in_bytes", "9223372036854771712\n"},
      {"/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n"},
      {"/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n"}},
     {NOT_CONTAINERIZED, UNLIMITED, UNLIMITED, 0}},
    {"v1, container in the host's namespace",
     V1_MOUNT("memory", "/docker/0123", "ro") V1_MOUNT("cpu,cpuacct", "/docker/0123", "ro"),
     "4:memory:/docker/0123\n1:cpu,cpuacct:/docker/0123\n",
     {{"/sys/fs/cgroup/memory/memory.limit_in_bytes", "67108864\n"},
      {"/sys/fs/cgroup/memory/memory.memsw.limit_in_bytes", "134217728\n"},
      {"/sys/fs/cgroup/memory/memory.swappiness", "60\n"},
      {"/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "20000\n"},
      {"/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n"}},
     {CONTAINERIZED, 64 * MIB, 128 * MIB, 1}},
    {"v1, container with its own namespace", V1_MOUNTS("ro"), "4:memory:/\n1:cpu,cpuacct:/\n",
     {{"/sys/fs/cgroup/memory/memory.limit_in_bytes", "67108864\n"}}, {CONTAINERIZED, 64 * MIB, 64 * MIB, 0}},
    {"v1, without swappiness the sum is the memory", V1_MOUNTS("rw"), "4:memory:/a\n1:cpu,cpuacct:/a\n",
     {{"/sys/fs/cgroup/memory/a/memory.limit_in_bytes", "67108864\n"},
      {"/sys/fs/cgroup/memory/a/memory.memsw.limit_in_bytes", "134217728\n"},
      {"/sys/fs/cgroup/memory/a/memory.swappiness", "0\n"}},
     {CONTAINERIZED, 64 * MIB, 64 * MIB, 0}},
    {"v1, the limit of a group that is not mounted", V1_MOUNT("memory", "/kube/pod/c", "ro"), "4:memory:/kube/pod/c\n",
     {{"/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n"},
      {"/sys/fs/cgroup/memory/memory.stat", "cache 4096\nrss 8192\nhierarchical_memory_limit 33554432\n"}},
     {CONTAINERIZED, 32 * MIB, 32 * MIB, 0}},
    {"v1, quota in a parent", V1_MOUNTS("rw"), "4:memory:/\n1:cpu,cpuacct:/a/b\n",
     {{"/sys/fs/cgroup/cpu,cpuacct/a/b/cpu.cfs_quota_us", "-1\n"},
      {"/sys/fs/cgroup/cpu,cpuacct/a/b/cpu.cfs_period_us", "100000\n"},
      {"/sys/fs/cgroup/cpu,cpuacct/a/cpu.cfs_quota_us", "100000\n"},
      {"/sys/fs/cgroup/cpu,cpuacct/a/cpu.cfs_period_us", "100000\n"}},
     {CONTAINERIZED, UNKNOWN, UNKNOWN, 1}},
    {"v1, group moved below the one mounted", V1_MOUNT("memory", "/docker/0123", "rw"), "4:memory:/other/0123/inner\n",
     {{"/sys/fs/cgroup/memory/inner/memory.limit_in_bytes", "67108864\n"}},
     {CONTAINERIZED, 64 * MIB, 64 * MIB, 0}},
    {"hybrid: memory in v1 although v2 is mounted",
     V1_MOUNT("memory", "/", "rw") "41 20 0:41 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n",
     "4:memory:/a\n0::/b\n",
     {{"/sys/fs/cgroup/memory/a/memory.limit_in_bytes", "67108864\n"},
      {"/sys/fs/cgroup/unified/b/memory.max", "33554432\n"}},
     {CONTAINERIZED, 64 * MIB, 64 * MIB, 0}},
    {"hybrid: the other way round",
     "41 20 0:41 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n" V1_MOUNT("memory", "/", "rw"),
     "0::/b\n4:memory:/a\n",
     {{"/sys/fs/cgroup/memory/a/memory.limit_in_bytes", "67108864\n"},
      {"/sys/fs/cgroup/unified/b/memory.max", "33554432\n"}},
     {CONTAINERIZED, 64 * MIB, 64 * MIB, 0}},
    {"the usual one of two mounts",
     "31 20 0:30 / /host/sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n" V1_MOUNT("memory", "/", "rw")
     "32 20 0:30 / /var/sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n", "4:memory:/a\n",
     {{"/sys/fs/cgroup/memory/a/memory.limit_in_bytes", "67108864\n"},
      {"/host/sys/fs/cgroup/memory/a/memory.limit_in_bytes", "33554432\n"}},
     {CONTAINERIZED, 64 * MIB, 64 * MIB, 0}},
    {"damaged files", "40 20 0:40\n - \n40 20 0:40 / /sys/fs/cgroup rw - cgroup2\n" V2_MOUNT("/", "rw"),
     "nonsense\n0:\n0::/a\n", {{"/sys/fs/cgroup/a/memory.max", "many\n"}, {"/sys/fs/cgroup/a/cpu.max", "1\n"}},
     {NOT_CONTAINERIZED, UNKNOWN, UNKNOWN, 0}},
};

static void limits_follow_from_the_groups(void) {
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *name = cases[i].name;
        const struct expected *expected = &cases[i].expected;
        int processors = available_processors();
        clear_root();
        put("/proc/self/mountinfo", cases[i].mounts);
        put("/proc/self/cgroup", cases[i].groups);
        for (const struct file *file = cases[i].files; file < cases[i].files + 8 && file->path != NULL; file++) {
            put(file->path, file->text);
        }
        check_number(name, expected->initialize, svm_container_initialize(INTERFACE_VERSION));
        check_number(name, expected->limit, svm_container_memory_limit_in_bytes());
        check_number(name, expected->with_swap, svm_container_memory_and_swap_limit_in_bytes());
        check_number(name, expected->processors == 0 ? processors : expected->processors,
                     svm_container_active_processor_count());
        check_number(name, expected->limit > 0 ? expected->limit : host_memory(),
                     (int64_t)svm_container_physical_memory());
    }
}

static const struct {
    const char *quota;
    int processors;
} quotas[] = {
    {"1000 100000", 1}, {"50000 100000", 1}, {"100000 100000", 1}, {"100001 100000", 2}, {"150000 100000", 2},
    {"200000 100000", 2}, {"25000 50000", 1},
};

static void a_part_of_a_processor_is_one(void) {
    for (size_t i = 0; i < sizeof quotas / sizeof *quotas; i++) {
        clear_root();
        put("/proc/self/mountinfo", V2_MOUNT("/", "rw"));
        put("/proc/self/cgroup", "0::/a\n");
        put("/sys/fs/cgroup/a/cpu.max", quotas[i].quota);
        svm_container_initialize(INTERFACE_VERSION);
        int available = available_processors();
        check_number(quotas[i].quota, quotas[i].processors < available ? quotas[i].processors : available,
                     svm_container_active_processor_count());
    }
}

static void use_is_that_of_the_group_with_the_limit(void) {
    clear_root();
    put("/proc/self/mountinfo", V2_MOUNT("/", "rw"));
    put("/proc/self/cgroup", "0::/a/b\n");
    put("/sys/fs/cgroup/a/memory.max", "67108864\n");
    put("/sys/fs/cgroup/a/memory.current", "1000\n");
    put("/sys/fs/cgroup/a/memory.peak", "2000\n");
    put("/sys/fs/cgroup/a/memory.stat", "anon 300\nfile 400\nfile_mapped 5\n");
    put("/sys/fs/cgroup/a/b/memory.max", "max\n");
    put("/sys/fs/cgroup/a/b/memory.current", "1\n");
    put("/sys/fs/cgroup/a/b/memory.low", "4096\n");
    svm_container_initialize(INTERFACE_VERSION);
    check_number("v2 use", 1000, svm_container_memory_usage_in_bytes());
    check_number("v2 peak", 2000, svm_container_memory_max_usage_in_bytes());
    check_number("v2 anonymous", 300, svm_container_rss_usage_in_bytes());
    check_number("v2 cache", 400, svm_container_cache_usage_in_bytes());
    check_number("v2 soft limit", 4096, svm_container_memory_soft_limit_in_bytes());

    clear_root();
    put("/proc/self/mountinfo", V1_MOUNTS("ro"));
    put("/proc/self/cgroup", "4:memory:/\n1:cpu,cpuacct:/\n");
    put("/sys/fs/cgroup/memory/memory.limit_in_bytes", "67108864\n");
    put("/sys/fs/cgroup/memory/memory.usage_in_bytes", "1000\n");
    put("/sys/fs/cgroup/memory/memory.max_usage_in_bytes", "2000\n");
    put("/sys/fs/cgroup/memory/memory.soft_limit_in_bytes", "9223372036854771712\n");
    put("/sys/fs/cgroup/memory/memory.stat", "cache 400\nrss 300\nrss_huge 7\n");
    svm_container_initialize(INTERFACE_VERSION);
    check_number("v1 use", 1000, svm_container_memory_usage_in_bytes());
    check_number("v1 peak", 2000, svm_container_memory_max_usage_in_bytes());
    check_number("v1 anonymous", 300, svm_container_rss_usage_in_bytes());
    check_number("v1 cache", 400, svm_container_cache_usage_in_bytes());
    check_number("v1 soft limit", UNLIMITED, svm_container_memory_soft_limit_in_bytes());
    clear_root();
    check_number("gone", UNKNOWN, svm_container_memory_usage_in_bytes());
}

static void a_limit_may_change_while_the_process_runs(void) {
    clear_root();
    put("/proc/self/mountinfo", V2_MOUNT("/", "ro"));
    put("/proc/self/cgroup", "0::/\n");
    put("/sys/fs/cgroup/memory.max", "67108864\n");
    svm_container_initialize(INTERFACE_VERSION);
    put("/sys/fs/cgroup/memory.max", "33554432\n");
    check_number("changed", 32 * MIB, svm_container_memory_limit_in_bytes());
}

static void the_interface_has_a_version(void) {
    check_number("newer image", LIBRARY_TOO_OLD, svm_container_initialize(INTERFACE_VERSION + 1));
    check_number("older image", LIBRARY_TOO_NEW, svm_container_initialize(INTERFACE_VERSION - 1));
}

static void long_lines_are_no_overflow(void) {
    static char group[20000];
    clear_root();
    put("/proc/self/mountinfo", V2_MOUNT("/", "rw"));
    memset(group, 'x', sizeof group - 1);
    memcpy(group, "0::/", 4);
    put("/proc/self/cgroup", group);
    put("/sys/fs/cgroup/memory.max", "67108864\n");
    svm_container_initialize(INTERFACE_VERSION);
    check_number("long group", 64 * MIB, svm_container_memory_limit_in_bytes());
    memcpy(group, "40 20 0:40 / /", 14);
    put("/proc/self/mountinfo", group);
    check_number("long mount point", NOT_CONTAINERIZED, svm_container_initialize(INTERFACE_VERSION));
}

int main(void) {
    limits_follow_from_the_groups();
    a_part_of_a_processor_is_one();
    use_is_that_of_the_group_with_the_limit();
    a_limit_may_change_while_the_process_runs();
    the_interface_has_a_version();
    long_lines_are_no_overflow();
    clear_root();
    return summary();
}

/* The time zone from TZ and from a fake root's files. */
#define _GNU_SOURCE
#include "fake_root.h"

#include "../chelper_timezone.c"

#include "check.h"

static void check_zone(const char *name, const char *expected) {
    char *zone = SVM_FindJavaTZmd(NULL, 0);
    check_text(name, expected, zone);
    free(zone);
}

static const struct {
    const char *value, *expected;
} variables[] = {
    {"Europe/Berlin", "Europe/Berlin"},
    {":Europe/Berlin", "Europe/Berlin"},
    {"posix/Europe/Berlin", "Europe/Berlin"},
    {":posix/Asia/Tokyo", "Asia/Tokyo"},
    {"UTC", "UTC"},
    {"CET-1CEST,M3.5.0,M10.5.0/3", "CET-1CEST,M3.5.0,M10.5.0/3"},
    {"/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"},
    {":/usr/share/zoneinfo/posix/Asia/Tokyo", "Asia/Tokyo"},
    {"/somewhere/else", "/somewhere/else"},
    {"/etc/localtime", "America/New_York"},
    {"", "America/New_York"},
};

static void the_variable_comes_first(void) {
    clear_root();
    put_link("/etc/localtime", "/usr/share/zoneinfo/America/New_York");
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        setenv("TZ", variables[i].value, 1);
        check_zone(variables[i].value, variables[i].expected);
    }
    unsetenv("TZ");
}

static const struct {
    const char *target, *expected;
} links[] = {
    {"/usr/share/zoneinfo/Europe/Berlin", "Europe/Berlin"},
    {"../usr/share/zoneinfo/Europe/Berlin", "Europe/Berlin"},
    {"/usr/share/zoneinfo//Europe/.//Berlin", "Europe/Berlin"},
    {"/usr/share/zoneinfo/posix/Europe/Berlin", "Europe/Berlin"},
    {"/usr/share/zoneinfo/America/Argentina/Ushuaia", "America/Argentina/Ushuaia"},
    {"/usr/share/zoneinfo/UTC", "UTC"},
    {"/usr/share/zoneinfo/", NULL},
    {"/nowhere", NULL},
};

static void a_link_names_the_zone(void) {
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        clear_root();
        put_link("/etc/localtime", links[i].target);
        check_zone(links[i].target, links[i].expected);
    }
}

/* Two pairs of zones with the same rules, and all the names that are no zones. */
static void put_zones(void) {
    clear_root();
    put("/usr/share/zoneinfo/UTC", "TZif-utc");
    put("/usr/share/zoneinfo/GMT", "TZif-gmt");
    put("/usr/share/zoneinfo/Europe/Berlin", "TZif-mid");
    put("/usr/share/zoneinfo/Arctic/Longyearbyen", "TZif-mid");
    put("/usr/share/zoneinfo/Asia/Tokyo", "TZif-jst");
    put("/usr/share/zoneinfo/ROC", "TZif-cst");
    put("/usr/share/zoneinfo/posixrules", "TZif-cst");
    put("/usr/share/zoneinfo/.hidden", "TZif-cst");
    put("/usr/share/zoneinfo/posix/Asia/Taipei", "TZif-cst");
    put("/usr/share/zoneinfo/right/Asia/Taipei", "TZif-cst");
    put("/usr/share/zoneinfo/zone.tab", "no zone");
}

static const struct {
    const char *name, *localtime, *timezone, *expected;
} copies[] = {
    {"a copy is found", "TZif-jst", NULL, "Asia/Tokyo"},
    {"UTC comes first", "TZif-utc", NULL, "UTC"},
    {"GMT comes second", "TZif-gmt", NULL, "GMT"},
    {"of zones alike the first by name", "TZif-mid", NULL, "Arctic/Longyearbyen"},
    {"of zones alike the one in /etc/timezone", "TZif-mid", "Europe/Berlin\n", "Europe/Berlin"},
    {"a stale /etc/timezone is not believed", "TZif-jst", "Europe/Berlin\n", "Asia/Tokyo"},
    {"an unknown copy", "TZif-???", NULL, NULL},
    {"aliases and hidden files are no zones", "TZif-cst", NULL, NULL},
    {"/etc/timezone alone", NULL, "Europe/Berlin\n", "Europe/Berlin"},
    {"/etc/timezone without line end", NULL, "Europe/Berlin", "Europe/Berlin"},
    {"an empty /etc/timezone", NULL, "\n", NULL},
    {"/etc/timezone that leads elsewhere", NULL, "../../secret\n", NULL},
    {"/etc/timezone that is a path", NULL, "/usr/share/zoneinfo/UTC\n", NULL},
    {"nothing", NULL, NULL, NULL},
    {"an empty copy", "", NULL, NULL},
};

static void a_copy_is_looked_up(void) {
    for (size_t i = 0; i < sizeof copies / sizeof *copies; i++) {
        put_zones();
        if (copies[i].localtime != NULL) {
            put("/etc/localtime", copies[i].localtime);
        }
        if (copies[i].timezone != NULL) {
            put("/etc/timezone", copies[i].timezone);
        }
        check_zone(copies[i].name, copies[i].expected);
    }
}

static void odd_files_are_no_trap(void) {
    static char large[MAX_ZONE_FILE + 1];
    put_zones();
    put_bytes("/etc/localtime", large, sizeof large);
    check_zone("a file too large", NULL);

    put_zones();
    mkfifo(in_root("/etc/localtime"), 0600);
    check_zone("a pipe", NULL);

    put_zones();
    mkdir(in_root("/etc/localtime"), 0700);
    check_zone("a folder", NULL);

    put_zones();
    put_link("/usr/share/zoneinfo/loop", ".");
    put("/etc/localtime", "TZif-???");
    check_zone("a loop of links", NULL);

    put_zones();
    put_bytes("/etc/localtime", large, MAX_ZONE_FILE);
    put_bytes("/usr/share/zoneinfo/Large", large, MAX_ZONE_FILE);
    check_zone("the largest file", "Large");
}

int main(void) {
    unsetenv("TZ");
    the_variable_comes_first();
    a_link_names_the_zone();
    a_copy_is_looked_up();
    odd_files_are_no_trap();
    clear_root();
    return summary();
}

/* The socket of jcmd. */
#define _GNU_SOURCE
#include "../chelper_attach.c"

#include <pthread.h>
#include <stdlib.h>

#include "check.h"

static char folder[] = "/tmp/shim-attach-XXXXXX";
static char path[64];

static int connect_to(const char *name) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", name);
    int client = socket(AF_UNIX, SOCK_STREAM, 0);
    if (connect(client, (struct sockaddr *)&address, sizeof address) != 0) {
        close(client);
        return -1;
    }
    return client;
}

static void *wait_for_shutdown(void *listener) {
    static int result;
    result = svm_attach_wait_for_request(*(int *)listener);
    return &result;
}

static void a_request_is_taken(void) {
    int listener = svm_attach_create_listener(path);
    struct stat status;
    CHECK("listener", listener >= 0);
    CHECK("socket file", stat(path, &status) == 0 && S_ISSOCK(status.st_mode));
    check_number("closed to others", 0600, status.st_mode & 07777);
    CHECK("valid", svm_attach_check_socket_file(path));
    int client = connect_to(path);
    int connection = svm_attach_wait_for_request(listener);
    char received[8] = "";
    CHECK("request", client >= 0 && connection >= 0 && write(client, "jcmd", 4) == 4
            && read(connection, received, sizeof received) == 4 && strcmp(received, "jcmd") == 0);
    svm_attach_shutdown_socket(connection);
    check_number("shut down", 0, read(client, received, sizeof received));
    close(connection);
    close(client);

    pthread_t waiting;
    void *result;
    pthread_create(&waiting, NULL, wait_for_shutdown, &listener);
    svm_attach_listener_cleanup(listener, path);
    pthread_join(waiting, &result);
    check_number("the wait ends with the listener", -1, *(int *)result);
    CHECK("file is gone", access(path, F_OK) != 0 && !svm_attach_check_socket_file(path));
}

static void files_are_judged_by_kind_and_owner(void) {
    fclose(fopen(path, "w"));
    CHECK("trigger of this user", svm_attach_is_init_trigger(path));
    CHECK("a plain file is no socket", !svm_attach_check_socket_file(path));
    if (geteuid() == 0 && chown(path, 65534, 65534) == 0) {
        CHECK("trigger of another user", !svm_attach_is_init_trigger(path));
    }
    svm_attach_startup(path);
    CHECK("left-over file is removed", access(path, F_OK) != 0);
    CHECK("no trigger", !svm_attach_is_init_trigger(path));
    svm_attach_startup(path);
    svm_attach_listener_cleanup(-1, NULL);
}

static void a_path_too_long_is_refused(void) {
    char name[200];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    check_number("long path", -1, svm_attach_create_listener(name));
    check_number("missing folder", -1, svm_attach_create_listener("/nowhere/socket"));
}

int main(void) {
    CHECK("mkdtemp", mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/.java_pid1", folder);
    a_request_is_taken();
    files_are_judged_by_kind_and_owner();
    a_path_too_long_is_refused();
    rmdir(folder);
    return summary();
}

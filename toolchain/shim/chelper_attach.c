/*
 * libchelper: the Unix socket by which jcmd attaches to a process (--enable-monitoring=jcmd). Only root and the
 * process's own user may find or use it.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static int is_trusted(uid_t user) {
    return user == 0 || user == geteuid();
}

/* A socket that a former process of this number left behind would be taken for ours. */
void svm_attach_startup(const char *path) {
    struct stat status;
    if (stat(path, &status) == 0) {
        unlink(path);
    }
}

void svm_attach_listener_cleanup(int listener, const char *path) {
    if (listener != -1) {
        shutdown(listener, SHUT_RDWR);
        close(listener);
    }
    if (path != NULL) {
        unlink(path);
    }
}

int svm_attach_check_socket_file(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISSOCK(status.st_mode) && is_trusted(status.st_uid);
}

/* jcmd asks for the socket by making this file; one made by somebody else is no request. */
int svm_attach_is_init_trigger(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && is_trusted(status.st_uid);
}

/* The socket appears under its name only when it listens and is closed to others. */
int svm_attach_create_listener(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char initial[sizeof address.sun_path];
    if (snprintf(initial, sizeof initial, "%s.tmp", path) >= (int)sizeof initial) {
        return -1;
    }
    memcpy(address.sun_path, initial, sizeof initial);
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener == -1) {
        return -1;
    }
    unlink(initial);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0) {
        close(listener);
        return -1;
    }
    if (chmod(initial, S_IRUSR | S_IWUSR) != 0 || chown(initial, geteuid(), getegid()) != 0
            || listen(listener, 5) != 0 || rename(initial, path) != 0) {
        close(listener);
        unlink(initial);
        return -1;
    }
    return listener;
}

/* The next connection of a trusted user, or -1 when the listener has been shut down. */
int svm_attach_wait_for_request(int listener) {
    for (;;) {
        int connection = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
        if (connection == -1) {
            if (errno == EINTR || errno == ECONNABORTED) {
                continue;
            }
            return -1;
        }
        struct ucred peer;
        socklen_t length = sizeof peer;
        if (getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 && is_trusted(peer.uid)) {
            return connection;
        }
        close(connection);
    }
}

void svm_attach_shutdown_socket(int socket) {
    shutdown(socket, SHUT_RDWR);
}

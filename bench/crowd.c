/*
 * Opens many connections at once, sends one request on each, and holds them idle until its standard input ends. Prints how
 * many got an answer, and how many are still open once no more answers come.
 *
 *   crowd PORT CONNECTIONS FILE     FILE holds the requests, which are sent in turn
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 512, AT_ONCE = 64, READ = 1 << 16, QUIET_MILLIS = 1000, LIMIT_SECONDS = 10 };

struct connection {
    int socket, has_sent, is_answered, is_open;
    const char *request;
    size_t length;
};

static int epoll;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static char *contents(const char *name) {
    FILE *file = fopen(name, "rb");
    if (!file || fseek(file, 0, SEEK_END))
        fail(name);
    size_t length = (size_t)ftell(file);
    char *bytes = calloc(1, length + 1);
    rewind(file);
    if (!bytes || fread(bytes, 1, length, file) != length)
        fail(name);
    fclose(file);
    return bytes;
}

/* It is reset at the end: tens of thousands that the system remembers would slow the next contender down. */
static void open_connection(struct connection *connection, int port) {
    struct linger reset = {.l_onoff = 1};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT, .data.ptr = connection};
    connection->socket = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    connection->is_open = 1;
    if (connection->socket < 0 || setsockopt(connection->socket, SOL_SOCKET, SO_LINGER, &reset, sizeof reset)
        || (connect(connection->socket, (struct sockaddr *)&address, sizeof address) && errno != EINPROGRESS)
        || epoll_ctl(epoll, EPOLL_CTL_ADD, connection->socket, &event))
        fail("connect");
}

static void lose(struct connection *connection) {
    close(connection->socket);
    connection->is_open = 0;
}

static void proceed(struct connection *connection, unsigned events) {
    char bytes[READ];
    ssize_t length = 1;
    if ((events & EPOLLOUT) && !connection->has_sent) {
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
        connection->has_sent = 1;
        if (send(connection->socket, connection->request, connection->length, MSG_NOSIGNAL) != (ssize_t)connection->length
            || epoll_ctl(epoll, EPOLL_CTL_MOD, connection->socket, &event)) {
            lose(connection);
            return;
        }
    }
    while (length > 0 && (events & (EPOLLIN | EPOLLHUP | EPOLLERR)))
        if ((length = recv(connection->socket, bytes, sizeof bytes, 0)) > 0)
            connection->is_answered = 1;
    if (length == 0 || (length < 0 && errno != EAGAIN))
        lose(connection);
}

static int proceed_all(int millis) {
    struct epoll_event events[EVENTS];
    int ready = epoll_wait(epoll, events, EVENTS, millis);
    for (int i = 0; i < ready; i++)
        proceed(events[i].data.ptr, events[i].events);
    return ready;
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: crowd PORT CONNECTIONS FILE\n");
        return 2;
    }
    int count = atoi(argv[2]), answered = 0, open = 0;
    const struct rlimit files = {(rlim_t)count + 64, (rlim_t)count + 64};
    if (setrlimit(RLIMIT_NOFILE, &files))
        fail("crowd: a descriptor is needed for each connection; raise the limit, ulimit -Hn");
    const char *requests = contents(argv[3]), *request = requests, *end;
    struct connection *connections = calloc((size_t)count, sizeof *connections);
    epoll = epoll_create1(0);
    for (int i = 0; i < count; i++) {
        if ((end = strstr(request, "\r\n\r\n")) == NULL)
            end = strstr(request = requests, "\r\n\r\n");
        connections[i].request = request;
        connections[i].length = (size_t)(end + 4 - request);
        request = end + 4;
        open_connection(&connections[i], atoi(argv[1]));
        if (i % AT_ONCE == AT_ONCE - 1)
            proceed_all(0);
    }
    for (time_t limit = time(NULL) + LIMIT_SECONDS; proceed_all(QUIET_MILLIS) > 0 && time(NULL) < limit;) {
    }
    for (int i = 0; i < count; i++) {
        answered += connections[i].is_answered;
        open += connections[i].is_open;
    }
    printf("connections=%d answered=%d open=%d\n", count, answered, open);
    fflush(stdout);
    while (getchar() != EOF) {
    }
}

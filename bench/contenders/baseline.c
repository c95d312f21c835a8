/*
 * The baseline: sends a constant response without parsing. Two threads, each with an epoll and sockets of its own, read to
 * the end of each head, in one read or several, and send the response of the port that it came to.
 *
 *   baseline PORT FILE [PORT FILE]...     FILE holds the response, head and content
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { THREADS = 2, BACKLOG = 4096, EVENTS = 512, READ = 8192, TAIL = 3 };

struct response {
    int port;
    char *bytes;
    size_t length;
    int closes;
};

/*
 * A listening socket, or a connection: how many responses it is owed, how much of the first was sent, and the last bytes
 * that were read, for a head may end in the next read.
 */
struct endpoint {
    const struct response *response;
    int socket;
    int listens;
    int waits;
    unsigned owed;
    size_t sent;
    char tail[TAIL];
};

static struct response *responses;
static int response_count;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void read_response(struct response *response, const char *port, const char *name) {
    FILE *file = fopen(name, "rb");
    if (!file || fseek(file, 0, SEEK_END))
        fail(name);
    response->port = atoi(port);
    response->length = (size_t)ftell(file);
    response->bytes = calloc(1, response->length + 1);
    rewind(file);
    if (!response->bytes || fread(response->bytes, 1, response->length, file) != response->length)
        fail(name);
    fclose(file);
    const char *end_of_head = strstr(response->bytes, "\r\n\r\n");
    const char *close = strcasestr(response->bytes, "\r\nConnection: close");
    response->closes = close != NULL && close < end_of_head + 1;
}

static void watch(int epoll, int operation, struct endpoint *endpoint, unsigned events) {
    struct epoll_event event = {.events = events, .data.ptr = endpoint};
    if (epoll_ctl(epoll, operation, endpoint->socket, &event))
        fail("epoll_ctl");
}

static struct endpoint *new_endpoint(const struct response *response, int socket, int listens) {
    struct endpoint *endpoint = calloc(1, sizeof *endpoint);
    if (!endpoint)
        fail("calloc");
    *endpoint = (struct endpoint){.response = response, .socket = socket, .listens = listens};
    return endpoint;
}

static void listen_on(int epoll, const struct response *response) {
    int on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)response->port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (listener < 0 || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on)
        || setsockopt(listener, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on)
        || bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, BACKLOG))
        fail("listen");
    watch(epoll, EPOLL_CTL_ADD, new_endpoint(response, listener, 1), EPOLLIN);
}

static void accept_all(int epoll, const struct endpoint *listener) {
    int connection, on = 1;
    while ((connection = accept4(listener->socket, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        watch(epoll, EPOLL_CTL_ADD, new_endpoint(listener->response, connection, 0), EPOLLIN);
    }
}

static void end(struct endpoint *connection) {
    close(connection->socket);
    free(connection);
}

/* Without a branch, so that the compiler compares sixteen places at once. */
static unsigned heads_ended(const char *bytes, size_t length) {
    unsigned count = 0;
    for (size_t i = 0; i < length; i++)
        count += (bytes[i] == '\r') & (bytes[i + 1] == '\n') & (bytes[i + 2] == '\r') & (bytes[i + 3] == '\n');
    return count;
}

/* Whether there is a response to send. */
static int receive(struct endpoint *connection) {
    char bytes[TAIL + READ];
    ssize_t length = recv(connection->socket, bytes + TAIL, READ, 0);
    if (length == 0 || (length < 0 && errno != EAGAIN))
        end(connection);
    if (length <= 0)
        return 0;
    memcpy(bytes, connection->tail, TAIL);
    connection->owed += heads_ended(bytes, (size_t)length);
    memcpy(connection->tail, bytes + length, TAIL);
    return connection->owed > 0;
}

/* While a response waits for the client to read, nothing is read from it. */
static void wait_for(int epoll, struct endpoint *connection, int waits) {
    if (connection->waits != waits)
        watch(epoll, EPOLL_CTL_MOD, connection, waits ? EPOLLOUT : EPOLLIN);
    connection->waits = waits;
}

static void respond(int epoll, struct endpoint *connection) {
    const struct response *response = connection->response;
    while (connection->owed > 0) {
        ssize_t written = send(connection->socket, response->bytes + connection->sent, response->length - connection->sent,
                               MSG_NOSIGNAL);
        if (written < 0 && errno != EAGAIN) {
            end(connection);
            return;
        }
        connection->sent += written > 0 ? (size_t)written : 0;
        if (connection->sent < response->length) {
            wait_for(epoll, connection, 1);
            return;
        }
        connection->sent = 0;
        connection->owed--;
        if (response->closes) {
            end(connection);
            return;
        }
    }
    wait_for(epoll, connection, 0);
}

/*
 * All is read, then all is sent, and then the client may run: where both share processors, to wake it once for many
 * responses is the fastest that there is.
 */
static void *loop(void *unused) {
    struct epoll_event events[EVENTS];
    struct endpoint *unanswered[EVENTS];
    int epoll = epoll_create1(0);
    for (int i = 0; i < response_count; i++)
        listen_on(epoll, &responses[i]);
    for (;;) {
        int ready = epoll_wait(epoll, events, EVENTS, -1), count = 0;
        for (int i = 0; i < ready; i++) {
            struct endpoint *endpoint = events[i].data.ptr;
            if (endpoint->listens)
                accept_all(epoll, endpoint);
            else if (endpoint->waits || receive(endpoint))
                unanswered[count++] = endpoint;
        }
        for (int i = 0; i < count; i++)
            respond(epoll, unanswered[i]);
        if (count > 1)
            sched_yield();
    }
    return unused;
}

int main(int argc, char **argv) {
    if (argc < 3 || argc % 2 == 0) {
        fprintf(stderr, "usage: baseline PORT FILE [PORT FILE]...\n");
        return 2;
    }
    response_count = (argc - 1) / 2;
    responses = calloc((size_t)response_count, sizeof *responses);
    for (int i = 0; i < response_count; i++)
        read_response(&responses[i], argv[1 + 2 * i], argv[2 + 2 * i]);
    for (int i = 1; i < THREADS; i++) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, loop, NULL))
            fail("pthread_create");
    }
    loop(NULL);
}

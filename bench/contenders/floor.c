/*
 * What the machine can do at most: two threads, each with an epoll and sockets of its own, that take whatever one read
 * brings for a request and send a constant answer. Nothing is parsed, so each answer has a port of its own.
 *
 *   floor PORT FILE [PORT FILE]...     FILE holds the answer, head and content
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

enum { THREADS = 2, BACKLOG = 4096, EVENTS = 512, MAX_REQUEST = 8192 };

struct answer {
    int port;
    char *bytes;
    size_t length;
    int closes;
};

/* A listening socket, or a connection with what of the answer it was sent. */
struct endpoint {
    const struct answer *answer;
    int socket;
    int listens;
    size_t sent;
};

static struct answer *answers;
static int answer_count;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void read_answer(struct answer *answer, const char *port, const char *name) {
    FILE *file = fopen(name, "rb");
    if (!file || fseek(file, 0, SEEK_END))
        fail(name);
    answer->port = atoi(port);
    answer->length = (size_t)ftell(file);
    answer->bytes = malloc(answer->length);
    rewind(file);
    if (!answer->bytes || fread(answer->bytes, 1, answer->length, file) != answer->length)
        fail(name);
    fclose(file);
    const char *end_of_head = memmem(answer->bytes, answer->length, "\r\n\r\n", 4);
    answer->closes = end_of_head
        && memmem(answer->bytes, (size_t)(end_of_head - answer->bytes), "Connection: close", 17) != NULL;
}

static void watch(int epoll, int operation, struct endpoint *endpoint, unsigned events) {
    struct epoll_event event = {.events = events, .data.ptr = endpoint};
    if (epoll_ctl(epoll, operation, endpoint->socket, &event))
        fail("epoll_ctl");
}

static struct endpoint *new_endpoint(const struct answer *answer, int socket, int listens) {
    struct endpoint *endpoint = calloc(1, sizeof *endpoint);
    if (!endpoint)
        fail("calloc");
    *endpoint = (struct endpoint){.answer = answer, .socket = socket, .listens = listens};
    return endpoint;
}

static void listen_on(int epoll, const struct answer *answer) {
    int on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)answer->port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (listener < 0 || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on)
        || setsockopt(listener, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on)
        || bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, BACKLOG))
        fail("listen");
    watch(epoll, EPOLL_CTL_ADD, new_endpoint(answer, listener, 1), EPOLLIN);
}

static void accept_all(int epoll, const struct endpoint *listener) {
    int connection, on = 1;
    while ((connection = accept4(listener->socket, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        watch(epoll, EPOLL_CTL_ADD, new_endpoint(listener->answer, connection, 0), EPOLLIN);
    }
}

static void end(struct endpoint *connection) {
    close(connection->socket);
    free(connection);
}

/* Whether there is an answer to send. */
static int receive(struct endpoint *connection) {
    char request[MAX_REQUEST];
    if (connection->sent > 0)
        return 1;
    ssize_t read = recv(connection->socket, request, sizeof request, 0);
    if (read == 0 || (read < 0 && errno != EAGAIN))
        end(connection);
    return read > 0;
}

static void respond(int epoll, struct endpoint *connection) {
    const struct answer *answer = connection->answer;
    int resumes = connection->sent > 0;
    ssize_t written = send(connection->socket, answer->bytes + connection->sent,
                           answer->length - connection->sent, MSG_NOSIGNAL);
    if (written < 0 && errno != EAGAIN) {
        end(connection);
        return;
    }
    connection->sent += written > 0 ? (size_t)written : 0;
    if (connection->sent < answer->length) {
        if (!resumes)
            watch(epoll, EPOLL_CTL_MOD, connection, EPOLLOUT);
    } else if (answer->closes) {
        end(connection);
    } else {
        connection->sent = 0;
        if (resumes)
            watch(epoll, EPOLL_CTL_MOD, connection, EPOLLIN);
    }
}

/*
 * All is read, then all is sent, and then the client may run: where both share processors, to wake it once for many
 * answers is the fastest that there is.
 */
static void *loop(void *unused) {
    struct epoll_event events[EVENTS];
    struct endpoint *unanswered[EVENTS];
    int epoll = epoll_create1(0);
    for (int i = 0; i < answer_count; i++)
        listen_on(epoll, &answers[i]);
    for (;;) {
        int ready = epoll_wait(epoll, events, EVENTS, -1), count = 0;
        for (int i = 0; i < ready; i++) {
            struct endpoint *endpoint = events[i].data.ptr;
            if (endpoint->listens)
                accept_all(epoll, endpoint);
            else if (receive(endpoint))
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
        fprintf(stderr, "usage: floor PORT FILE [PORT FILE]...\n");
        return 2;
    }
    answer_count = (argc - 1) / 2;
    answers = calloc((size_t)answer_count, sizeof *answers);
    for (int i = 0; i < answer_count; i++)
        read_answer(&answers[i], argv[1 + 2 * i], argv[2 + 2 * i]);
    for (int i = 1; i < THREADS; i++) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, loop, NULL))
            fail("pthread_create");
    }
    loop(NULL);
}

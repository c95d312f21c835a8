/*
 * Sends the heads of a file in turn over keep-alive connections, each head in one segment or in two that the server reads one
 * by one; wrk cannot split what it sends. Prints what it measured as wrk.lua does.
 *
 *   load one-read|two-reads PORT CONNECTIONS SECONDS FILE LENGTH     LENGTH is that of every response, head and content
 *
 * two-reads: a quarter of the connections await a response, the others have sent the first part of a head. A response makes
 * room for one second part, that of the connection which has waited longest. So three times as many responses as are awaited
 * lie between the parts of a head, however fast the server is: where one of its threads stands still, what it owes soon
 * makes up all that is awaited, and no second part follows before it has read the first.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { THREADS = 2, EVENTS = 512, READ = 1 << 16, POLL_MILLIS = 10, MAX_MICROS = 2 * 1000 * 1000 };

struct head {
    const char *bytes;
    size_t length;
};

struct connection {
    int socket;
    int is_half_sent;
    struct head head;
    size_t received;
    long long sent_micros;
};

/* One thread and its connections; waiting is a ring of those that have sent half a head. */
struct loader {
    pthread_t thread;
    int epoll, count, closes;
    struct connection *connections, **waiting;
    unsigned first, last;
    size_t next_head;
    unsigned long long requests, bytes, errors, bad_status;
    unsigned *latencies;
};

static int port, splits;
static size_t response_length, head_count;
static struct head *heads;
static volatile int over;
static pthread_barrier_t all_connected;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static long long micros(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

static void read_heads(const char *name) {
    FILE *file = fopen(name, "rb");
    if (!file || fseek(file, 0, SEEK_END))
        fail(name);
    size_t length = (size_t)ftell(file);
    char *bytes = calloc(1, length + 1);
    rewind(file);
    if (!bytes || fread(bytes, 1, length, file) != length)
        fail(name);
    fclose(file);
    heads = calloc(length / 4, sizeof *heads);
    for (char *end; (end = strstr(bytes, "\r\n\r\n")) != NULL; bytes = end + 4)
        heads[head_count++] = (struct head){bytes, (size_t)(end + 4 - bytes)};
}

static void connect_to_server(struct loader *loader, struct connection *connection) {
    int on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
    connection->socket = socket(AF_INET, SOCK_STREAM, 0);
    connection->received = 0;
    if (connection->socket < 0 || connect(connection->socket, (struct sockaddr *)&address, sizeof address)
        || setsockopt(connection->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on)
        || epoll_ctl(loader->epoll, EPOLL_CTL_ADD, connection->socket, &event))
        fail("connect");
}

static void reconnect(struct loader *loader, struct connection *connection) {
    close(connection->socket);
    connect_to_server(loader, connection);
}

/* What is lost when the server closes meanwhile is seen when the connection is read. */
static void send_part(struct connection *connection, size_t from, size_t to) {
    ssize_t sent = send(connection->socket, connection->head.bytes + from, to - from, MSG_NOSIGNAL);
    if (sent != (ssize_t)(to - from) && errno != EPIPE && errno != ECONNRESET)
        fail("send");
}

static void send_first_part(struct loader *loader, struct connection *connection) {
    size_t length = splits ? connection->head.length / 2 : connection->head.length;
    connection->is_half_sent = splits;
    connection->received = 0;
    connection->sent_micros = micros();
    send_part(connection, 0, length);
    if (splits)
        loader->waiting[loader->last++ % (unsigned)(loader->count + 1)] = connection;
}

static void send_second_part(struct loader *loader) {
    struct connection *connection = loader->waiting[loader->first++ % (unsigned)(loader->count + 1)];
    connection->is_half_sent = 0;
    connection->sent_micros = micros();
    send_part(connection, connection->head.length / 2, connection->head.length);
}

static void send_next(struct loader *loader, struct connection *connection) {
    connection->head = heads[loader->next_head % head_count];
    loader->next_head += THREADS;
    send_first_part(loader, connection);
    if (splits)
        send_second_part(loader);
}

static void lose(struct loader *loader, struct connection *connection) {
    loader->errors++;
    reconnect(loader, connection);
    if (connection->is_half_sent)
        send_part(connection, 0, connection->head.length / 2);
    else
        send_next(loader, connection);
}

static void complete(struct loader *loader, struct connection *connection) {
    long long latency = micros() - connection->sent_micros;
    loader->latencies[latency < MAX_MICROS ? latency : MAX_MICROS - 1]++;
    loader->requests++;
    if (loader->closes)
        reconnect(loader, connection);
    send_next(loader, connection);
}

static void receive(struct loader *loader, struct connection *connection) {
    static __thread char bytes[READ + 1];
    ssize_t length = recv(connection->socket, bytes, READ, MSG_DONTWAIT);
    if (length < 0 && errno == EAGAIN)
        return;
    if (length <= 0 || connection->is_half_sent || connection->received + (size_t)length > response_length) {
        lose(loader, connection);
        return;
    }
    bytes[length] = 0;
    if (connection->received == 0) {
        loader->bad_status += length < 12 || memcmp(bytes, "HTTP/1.", 7) || memcmp(bytes + 8, " 200", 4);
        if (loader->requests == 0)
            loader->closes |= strcasestr(bytes, "\r\nConnection: close") != NULL;
    }
    loader->bytes += (size_t)length;
    connection->received += (size_t)length;
    if (connection->received == response_length)
        complete(loader, connection);
}

static void *run(void *argument) {
    struct loader *loader = argument;
    struct epoll_event events[EVENTS];
    for (int i = 0; i < loader->count; i++)
        connect_to_server(loader, &loader->connections[i]);
    pthread_barrier_wait(&all_connected);
    for (int i = 0; i < loader->count; i++) {
        loader->connections[i].head = heads[loader->next_head % head_count];
        loader->next_head += THREADS;
        send_first_part(loader, &loader->connections[i]);
    }
    for (int i = 0; splits && i < (loader->count + 3) / 4; i++)
        send_second_part(loader);
    while (!over) {
        int ready = epoll_wait(loader->epoll, events, EVENTS, POLL_MILLIS);
        for (int i = 0; i < ready && !over; i++)
            receive(loader, events[i].data.ptr);
    }
    return NULL;
}

static void prepare(struct loader *loader, int place, int count) {
    loader->epoll = epoll_create1(0);
    loader->count = count;
    loader->next_head = (size_t)place;
    loader->connections = calloc((size_t)count, sizeof *loader->connections);
    loader->waiting = calloc((size_t)count + 1, sizeof *loader->waiting);
    loader->latencies = calloc(MAX_MICROS, sizeof *loader->latencies);
    if (loader->epoll < 0 || !loader->connections || !loader->waiting || !loader->latencies
        || pthread_create(&loader->thread, NULL, run, loader))
        fail("prepare");
}

/* The first loader has all latencies. */
static long long percentile(const struct loader *all, double part) {
    double rest = (double)all->requests * part;
    for (long long latency = 0; latency < MAX_MICROS; latency++)
        if ((rest -= all->latencies[latency]) <= 0)
            return latency;
    return MAX_MICROS;
}

static void print(struct loader *loaders, long long duration) {
    struct loader *all = loaders;
    for (int i = 1; i < THREADS; i++) {
        all->requests += loaders[i].requests;
        all->bytes += loaders[i].bytes;
        all->errors += loaders[i].errors;
        all->bad_status += loaders[i].bad_status;
        for (int latency = 0; latency < MAX_MICROS; latency++)
            all->latencies[latency] += loaders[i].latencies[latency];
    }
    printf("measured requests=%llu micros=%lld bytes=%llu p50=%lld p99=%lld p999=%lld connect=0 read=%llu write=0 status=%llu"
           " timeout=0\n", all->requests, duration, all->bytes, percentile(all, 0.5), percentile(all, 0.99),
           percentile(all, 0.999), all->errors, all->bad_status);
}

int main(int argc, char **argv) {
    struct loader loaders[THREADS] = {0};
    if (argc != 7 || (strcmp(argv[1], "one-read") && strcmp(argv[1], "two-reads"))) {
        fprintf(stderr, "usage: load one-read|two-reads PORT CONNECTIONS SECONDS FILE LENGTH\n");
        return 2;
    }
    splits = strcmp(argv[1], "two-reads") == 0;
    port = atoi(argv[2]);
    response_length = (size_t)atoll(argv[6]);
    read_heads(argv[5]);
    pthread_barrier_init(&all_connected, NULL, THREADS + 1);
    for (int i = 0; i < THREADS; i++)
        prepare(&loaders[i], i, atoi(argv[3]) / THREADS);
    pthread_barrier_wait(&all_connected);
    long long start = micros();
    sleep((unsigned)atoi(argv[4]));
    over = 1;
    long long duration = micros() - start;
    for (int i = 0; i < THREADS; i++)
        pthread_join(loaders[i].thread, NULL);
    print(loaders, duration);
}

/*
 * Starts a server, prints the microseconds from its exec to its first 200, and ends it. In C because a JVM needs longer
 * to start a process than some servers need to start.
 *
 *   first200 PORT COMMAND [ARGUMENT]...
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { START_LIMIT_MICROS = 15 * 1000 * 1000, STOP_LIMIT_MICROS = 6 * 1000 * 1000, POLL_MICROS = 50 };

static const char REQUEST[] = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
static const char OK[] = "HTTP/1.1 200";

static volatile sig_atomic_t interrupted;

static void interrupt(int signal) {
    interrupted = signal;
}

static long long micros(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

static int answers_200(int port) {
    char answer[sizeof OK - 1];
    struct timeval limit = {.tv_sec = 1};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    int is_ok = connect(connection, (struct sockaddr *)&address, sizeof address) == 0
        && send(connection, REQUEST, sizeof REQUEST - 1, MSG_NOSIGNAL) == sizeof REQUEST - 1
        && recv(connection, answer, sizeof answer, MSG_WAITALL) == sizeof answer
        && memcmp(answer, OK, sizeof answer) == 0;
    close(connection);
    return is_ok;
}

static int has_ended(pid_t child) {
    return waitpid(child, NULL, WNOHANG) != 0;
}

/* In a group of its own, so that all of its processes can be ended; it ends with this process in any case. */
static pid_t start(char **command, long long *exec_time) {
    pid_t child = fork();
    if (child == 0) {
        setpgid(0, 0);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        dup2(STDERR_FILENO, STDOUT_FILENO);
        *exec_time = micros();
        execvp(command[0], command);
        perror(command[0]);
        _exit(127);
    }
    setpgid(child, child);
    return child;
}

static void stop(pid_t child) {
    kill(-child, SIGTERM);
    for (long long limit = micros() + STOP_LIMIT_MICROS; !has_ended(child) && micros() < limit;)
        usleep(POLL_MICROS);
    kill(-child, SIGKILL);
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: first200 PORT COMMAND [ARGUMENT]...\n");
        return 2;
    }
    int port = atoi(argv[1]);
    if (answers_200(port)) {
        fprintf(stderr, "first200: something answers on port %d already\n", port);
        return 1;
    }
    signal(SIGTERM, interrupt);
    signal(SIGINT, interrupt);
    long long *exec_time = mmap(NULL, sizeof *exec_time, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pid_t child = start(argv + 2, exec_time);
    prctl(PR_SET_TIMERSLACK, 1UL);
    const char *complaint = "no 200 in time";
    for (long long limit = micros() + START_LIMIT_MICROS; complaint && !interrupted && micros() < limit; usleep(POLL_MICROS)) {
        if (answers_200(port)) {
            printf("%lld\n", micros() - *exec_time);
            complaint = NULL;
        } else if (has_ended(child)) {
            complaint = "the server ended at its start";
            break;
        }
    }
    stop(child);
    if (complaint)
        fprintf(stderr, "first200: %s\n", complaint);
    return complaint != NULL;
}

#ifndef DRCTL_CRESOLV_EXCHANGE_H
#define DRCTL_CRESOLV_EXCHANGE_H

/* One query to one server and back, over UDP or TCP, within a deadline on the monotonic clock. */

#include <arpa/nameser.h>
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define DRCTL_DNS_MAX_QUERY 512
#define DRCTL_DNS_MAX_MESSAGE 65535

static inline int64_t drctl_dns_now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* 0 when ready, ETIMEDOUT, or another errno. */
static inline int drctl_dns_wait(int fd, short events, int64_t deadline) {
    for (;;) {
        int64_t left = deadline - drctl_dns_now_ms();
        struct pollfd one = {.fd = fd, .events = events, .revents = 0};
        int ready = left <= 0 ? 0 : poll(&one, 1, (int)left);
        if (ready > 0) return 0;
        if (ready == 0 && deadline - drctl_dns_now_ms() <= 0) return ETIMEDOUT;
        if (ready < 0 && errno != EINTR) return errno;
    }
}

/* A connected socket: only this server can answer it, and a refusal by its host is reported. */
static inline int drctl_dns_open(const struct sockaddr *server, socklen_t length, int kind, int64_t deadline,
                                 int *error) {
    int fd = socket(server->sa_family, kind | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) {
        *error = errno;
        return -1;
    }
    if (connect(fd, server, length) != 0) {
        *error = errno;
        if (errno == EINPROGRESS && (*error = drctl_dns_wait(fd, POLLOUT, deadline)) == 0) {
            socklen_t size = sizeof *error;
            if (getsockopt(fd, SOL_SOCKET, SO_ERROR, error, &size) != 0) *error = errno;
        }
        if (*error != 0) {
            close(fd);
            return -1;
        }
    }
    return fd;
}

/* Whether the message answers this query: the id, and the question repeated. Others are not ours to read. */
static inline int drctl_dns_answers_query(const unsigned char *message, size_t length,
                                          const unsigned char *query, size_t query_length) {
    ns_msg asked, answered;
    ns_rr asked_question, answered_question;
    if (length < NS_HFIXEDSZ || memcmp(message, query, 2) != 0 || (message[2] & 0x80) == 0) return 0;
    /* Some servers leave the question out of an error. */
    int rcode = message[3] & 0x0f;
    int questions = message[4] << 8 | message[5];
    if (questions == 0 && rcode != ns_r_noerror && rcode != ns_r_nxdomain) return 1;
    /* What cannot be parsed but carries the id is ours, and malformed. */
    if (ns_initparse(message, (int)length, &answered) != 0) return 1;
    if (ns_initparse(query, (int)query_length, &asked) != 0) return 0;
    if (ns_msg_count(answered, ns_s_qd) != 1) return 0;
    if (ns_parserr(&asked, ns_s_qd, 0, &asked_question) != 0) return 0;
    if (ns_parserr(&answered, ns_s_qd, 0, &answered_question) != 0) return 0;
    return ns_rr_type(asked_question) == ns_rr_type(answered_question)
        && strcasecmp(ns_rr_name(asked_question), ns_rr_name(answered_question)) == 0;
}

/* The length of the answer, or -1 with the errno. */
static inline ssize_t drctl_dns_over_udp(const struct sockaddr *server, socklen_t server_length,
                                         const unsigned char *query, size_t query_length, int64_t deadline,
                                         unsigned char *answer, int *error) {
    int fd = drctl_dns_open(server, server_length, SOCK_DGRAM, deadline, error);
    if (fd < 0) return -1;
    ssize_t length = -1;
    if (send(fd, query, query_length, MSG_NOSIGNAL) != (ssize_t)query_length) {
        *error = errno;
    } else {
        while ((*error = drctl_dns_wait(fd, POLLIN, deadline)) == 0) {
            length = recv(fd, answer, DRCTL_DNS_MAX_MESSAGE, 0);
            if (length < 0 && (errno == EAGAIN || errno == EINTR)) continue;
            if (length < 0) *error = errno;
            if (length < 0 || drctl_dns_answers_query(answer, (size_t)length, query, query_length)) break;
            length = -1;
        }
    }
    close(fd);
    return *error == 0 ? length : -1;
}

/* Moves exactly `length` bytes; 0, or the errno. */
static inline int drctl_dns_move(int fd, int is_sending, unsigned char *bytes, size_t length,
                                 int64_t deadline) {
    for (size_t done = 0; done < length;) {
        int error = drctl_dns_wait(fd, is_sending ? POLLOUT : POLLIN, deadline);
        if (error != 0) return error;
        ssize_t moved = is_sending ? send(fd, bytes + done, length - done, MSG_NOSIGNAL)
                                   : recv(fd, bytes + done, length - done, 0);
        if (moved == 0) return ECONNRESET;
        if (moved > 0) done += (size_t)moved;
        else if (errno != EAGAIN && errno != EINTR) return errno;
    }
    return 0;
}

/* For answers that do not fit into a datagram. Each message has its length before it (RFC 1035, 4.2.2). */
static inline ssize_t drctl_dns_over_tcp(const struct sockaddr *server, socklen_t server_length,
                                         const unsigned char *query, size_t query_length, int64_t deadline,
                                         unsigned char *answer, int *error) {
    unsigned char framed[DRCTL_DNS_MAX_QUERY + 2];
    unsigned char prefix[2];
    int fd = drctl_dns_open(server, server_length, SOCK_STREAM, deadline, error);
    if (fd < 0) return -1;
    framed[0] = (unsigned char)(query_length >> 8);
    framed[1] = (unsigned char)query_length;
    memcpy(framed + 2, query, query_length);
    ssize_t length = -1;
    *error = drctl_dns_move(fd, 1, framed, query_length + 2, deadline);
    if (*error == 0) *error = drctl_dns_move(fd, 0, prefix, 2, deadline);
    if (*error == 0) {
        length = prefix[0] << 8 | prefix[1];
        *error = drctl_dns_move(fd, 0, answer, (size_t)length, deadline);
    }
    close(fd);
    if (*error != 0) return -1;
    /* On a connection of our own, anything else than our answer is nonsense: 0 bytes never parse. */
    return drctl_dns_answers_query(answer, (size_t)length, query, query_length) ? length : 0;
}

#endif

#ifndef DRCTL_CRESOLV_SHIM_H
#define DRCTL_CRESOLV_SHIM_H

/*
 * One DNS question, asked of a given server. glibc makes the query and reads the answer; the exchange is done
 * here, because the resolver's own (res_nsend) counts its timeouts in whole seconds and moves on to other
 * servers and search domains by itself. What is wanted is what THIS server says, within a deadline.
 *
 * Thread-safe: no state outlives a call. Blocks the calling thread, for at most
 * timeout_ms * (retries + 1) * number of servers (1, or the 3 that resolv.conf can name).
 */

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <resolv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum drctl_dns_type {
    DRCTL_DNS_A = 1,
    DRCTL_DNS_CNAME = 5,
    DRCTL_DNS_AAAA = 28
};

enum drctl_dns_status {
    /* At least one record of the type asked for. */
    DRCTL_DNS_ANSWERS = 0,
    /* The name does not exist. */
    DRCTL_DNS_NXDOMAIN = 1,
    /* The name exists, the type does not. There may still be CNAME records among the answers. */
    DRCTL_DNS_NO_DATA = 2,
    /* The server answered SERVFAIL, REFUSED or another error: see rcode. */
    DRCTL_DNS_SERVER_FAILURE = 3,
    /* No answer in time. */
    DRCTL_DNS_TIMEOUT = 4,
    /* The network said that there is no such server: see system_error. */
    DRCTL_DNS_NETWORK_ERROR = 5,
    /* An answer that cannot be read. */
    DRCTL_DNS_MALFORMED = 6,
    /* The name is not a domain name, the server is not an IPv4 address, a number is out of range. */
    DRCTL_DNS_BAD_ARGUMENT = 7
};

/* Text, NUL-terminated: names without the final dot, as ns_name_ntop prints them; addresses as inet_ntop does. */
struct drctl_dns_answer {
    char owner[NS_MAXDNAME];
    char rdata[NS_MAXDNAME];
    uint32_t ttl_seconds;
    uint16_t type;
};

struct drctl_dns_reply {
    enum drctl_dns_status status;
    /* The DNS response code of the last answer, -1 without one. */
    int rcode;
    /* errno of a network error, 0 otherwise. */
    int system_error;
    /* How many answers were filled in. */
    size_t count;
    /* There were more answers than room for them. */
    int is_incomplete;
    /* The server spoke for its own zone (AA), not from a cache. */
    int is_authoritative;
};

/* Swift sees fixed arrays as tuples; these are the strings in them. */
static inline const char *drctl_dns_owner(const struct drctl_dns_answer *answer) { return answer->owner; }
static inline const char *drctl_dns_rdata(const struct drctl_dns_answer *answer) { return answer->rdata; }

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
static inline int drctl_dns_move(int fd, int is_sending, unsigned char *bytes, size_t length, int64_t deadline) {
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

/* 1 when the record is one of the three types and its data is sound, 0 to skip it, -1 when it is malformed. */
static inline int drctl_dns_read_record(ns_msg *message, const ns_rr *record, struct drctl_dns_answer *answer) {
    size_t length = ns_rr_rdlen(*record);
    memset(answer, 0, sizeof *answer);
    if (ns_rr_class(*record) != ns_c_in) return 0;
    switch (ns_rr_type(*record)) {
    case ns_t_a:
        if (length != 4 || !inet_ntop(AF_INET, ns_rr_rdata(*record), answer->rdata, sizeof answer->rdata)) return -1;
        break;
    case ns_t_aaaa:
        if (length != 16 || !inet_ntop(AF_INET6, ns_rr_rdata(*record), answer->rdata, sizeof answer->rdata)) return -1;
        break;
    case ns_t_cname:
        if (ns_name_uncompress(ns_msg_base(*message), ns_msg_end(*message), ns_rr_rdata(*record), answer->rdata,
                               sizeof answer->rdata) < 0) return -1;
        break;
    default:
        return 0;
    }
    strncpy(answer->owner, ns_rr_name(*record), sizeof answer->owner - 1);
    answer->type = (uint16_t)ns_rr_type(*record);
    answer->ttl_seconds = ns_rr_ttl(*record);
    return 1;
}

static inline enum drctl_dns_status drctl_dns_read(const unsigned char *bytes, size_t length, int type,
                                                   struct drctl_dns_answer *answers, size_t capacity,
                                                   struct drctl_dns_reply *reply) {
    ns_msg message;
    int of_type = 0;
    if (length < NS_HFIXEDSZ) return DRCTL_DNS_MALFORMED;
    reply->rcode = bytes[3] & 0x0f;
    reply->is_authoritative = (bytes[2] & 0x04) != 0;
    if (reply->rcode != ns_r_noerror && reply->rcode != ns_r_nxdomain) return DRCTL_DNS_SERVER_FAILURE;
    if (ns_initparse(bytes, (int)length, &message) != 0) return DRCTL_DNS_MALFORMED;
    for (int index = 0; index < ns_msg_count(message, ns_s_an); index += 1) {
        ns_rr record;
        struct drctl_dns_answer answer;
        if (ns_parserr(&message, ns_s_an, index, &record) != 0) return DRCTL_DNS_MALFORMED;
        int found = drctl_dns_read_record(&message, &record, &answer);
        if (found < 0) return DRCTL_DNS_MALFORMED;
        if (found == 0) continue;
        of_type |= answer.type == type;
        if (reply->count < capacity) answers[reply->count++] = answer;
        else reply->is_incomplete = 1;
    }
    /* A CNAME to a name that does not exist is NXDOMAIN with answers (RFC 2308, 2.1). */
    if (reply->rcode == ns_r_nxdomain) return DRCTL_DNS_NXDOMAIN;
    return of_type ? DRCTL_DNS_ANSWERS : DRCTL_DNS_NO_DATA;
}

/* One attempt at one server, with its own deadline. */
static inline void drctl_dns_attempt(const struct sockaddr *server, socklen_t server_length,
                                     const unsigned char *query, size_t query_length, int type, int timeout_ms,
                                     unsigned char *buffer, struct drctl_dns_answer *answers, size_t capacity,
                                     struct drctl_dns_reply *reply) {
    int64_t deadline = drctl_dns_now_ms() + timeout_ms;
    int error = 0;
    memset(reply, 0, sizeof *reply);
    reply->rcode = -1;
    ssize_t length = drctl_dns_over_udp(server, server_length, query, query_length, deadline, buffer, &error);
    /* TC: the datagram holds only the beginning. */
    if (length >= NS_HFIXEDSZ && (buffer[2] & 0x02) != 0) {
        length = drctl_dns_over_tcp(server, server_length, query, query_length, deadline, buffer, &error);
    }
    if (length >= 0) {
        reply->status = drctl_dns_read(buffer, (size_t)length, type, answers, capacity, reply);
        if (reply->status == DRCTL_DNS_MALFORMED) reply->count = 0;
    } else if (error == ETIMEDOUT) {
        reply->status = DRCTL_DNS_TIMEOUT;
    } else {
        reply->status = DRCTL_DNS_NETWORK_ERROR;
        reply->system_error = error;
    }
}

/* The address of the system's resolver at `index`, its length, or 0 when there are no more. */
static inline socklen_t drctl_dns_system_server(struct __res_state *state, int index,
                                                struct sockaddr_storage *server) {
    if (index >= state->nscount || index >= MAXNS) return 0;
    memset(server, 0, sizeof *server);
    if (state->nsaddr_list[index].sin_family == AF_INET) {
        memcpy(server, &state->nsaddr_list[index], sizeof(struct sockaddr_in));
        return sizeof(struct sockaddr_in);
    }
    /* glibc keeps IPv6 servers apart and leaves the IPv4 entry empty. */
    if (state->_u._ext.nsaddrs[index] == NULL) return 0;
    memcpy(server, state->_u._ext.nsaddrs[index], sizeof(struct sockaddr_in6));
    return sizeof(struct sockaddr_in6);
}

/*
 * Asks for the records of `type` (DRCTL_DNS_A, DRCTL_DNS_AAAA, DRCTL_DNS_CNAME) of `name`, which is taken as
 * complete: no search domains. `server_ipv4` is a dotted address, `port` its port (0: 53); NULL asks the resolvers
 * that /etc/resolv.conf names, in order. `timeout_ms` (1 to 60,000) is for each attempt, `retries` (0 to 10) are
 * further rounds over the servers. Only a timeout, a network error, a server's failure or a malformed answer leads
 * to another attempt. Fills in at most `capacity` answers: the chain of CNAMEs and the addresses at its end.
 */
static inline struct drctl_dns_reply drctl_dns_query(const char *name, int type, const char *server_ipv4,
                                                     uint16_t port, int timeout_ms, int retries,
                                                     struct drctl_dns_answer *answers, size_t capacity) {
    struct drctl_dns_reply reply = {.status = DRCTL_DNS_BAD_ARGUMENT, .rcode = -1};
    struct sockaddr_in given = {.sin_family = AF_INET, .sin_port = htons(port != 0 ? port : NS_DEFAULTPORT)};
    struct __res_state state;
    unsigned char query[DRCTL_DNS_MAX_QUERY];
    if (name == NULL || name[0] == 0 || (answers == NULL && capacity > 0)) return reply;
    if (type != DRCTL_DNS_A && type != DRCTL_DNS_AAAA && type != DRCTL_DNS_CNAME) return reply;
    if (timeout_ms < 1 || timeout_ms > 60000 || retries < 0 || retries > 10) return reply;
    if (server_ipv4 != NULL && inet_pton(AF_INET, server_ipv4, &given.sin_addr) != 1) return reply;

    memset(&state, 0, sizeof state);
    if (res_ninit(&state) != 0) {
        reply.status = DRCTL_DNS_NETWORK_ERROR;
        reply.system_error = errno;
        return reply;
    }
    int query_length = res_nmkquery(&state, ns_o_query, name, ns_c_in, type, NULL, 0, NULL, query, sizeof query);
    unsigned char *buffer = query_length > 0 ? malloc(DRCTL_DNS_MAX_MESSAGE) : NULL;
    int is_settled = buffer == NULL;
    for (int round = 0; round <= retries && !is_settled; round += 1) {
        for (int index = 0; !is_settled; index += 1) {
            struct sockaddr_storage server;
            socklen_t length = 0;
            if (server_ipv4 == NULL) {
                length = drctl_dns_system_server(&state, index, &server);
            } else if (index == 0) {
                length = sizeof given;
                memcpy(&server, &given, sizeof given);
            }
            if (length == 0) break;
            drctl_dns_attempt((struct sockaddr *)&server, length, query, (size_t)query_length, type, timeout_ms,
                              buffer, answers, capacity, &reply);
            is_settled = reply.status <= DRCTL_DNS_NO_DATA;
        }
    }
    free(buffer);
    res_nclose(&state);
    return reply;
}

#endif

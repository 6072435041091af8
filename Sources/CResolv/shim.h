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

#include "answer.h"
#include "exchange.h"
#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <errno.h>
#include <netinet/in.h>
#include <resolv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* One attempt at one server, with its own deadline. */
static inline void drctl_dns_attempt(const struct sockaddr *server, socklen_t server_length,
                                     const unsigned char *query, size_t query_length, int type,
                                     int timeout_ms, unsigned char *buffer, struct drctl_dns_answer *answers,
                                     size_t capacity, struct drctl_dns_reply *reply) {
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
 * Asks for the records of `type` (DRCTL_DNS_A, DRCTL_DNS_AAAA, DRCTL_DNS_CNAME) of `name`, which is taken
 * as complete: no search domains. `server_ipv4` is a dotted address, `port` its port (0: 53); NULL asks
 * the resolvers that /etc/resolv.conf names, in order. `timeout_ms` (1 to 60,000) is for each attempt,
 * `retries` (0 to 10) are further rounds over the servers. Only a timeout, a network error, a server's
 * failure or a malformed answer leads to another attempt. Fills in at most `capacity` answers: the chain
 * of CNAMEs and the addresses at its end.
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
    int query_length =
        res_nmkquery(&state, ns_o_query, name, ns_c_in, type, NULL, 0, NULL, query, sizeof query);
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
            drctl_dns_attempt((struct sockaddr *)&server, length, query, (size_t)query_length, type,
                              timeout_ms, buffer, answers, capacity, &reply);
            is_settled = reply.status <= DRCTL_DNS_NO_DATA;
        }
    }
    free(buffer);
    res_nclose(&state);
    return reply;
}

#endif

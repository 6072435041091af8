#ifndef DRCTL_CRESOLV_ANSWER_H
#define DRCTL_CRESOLV_ANSWER_H

/* What a query is answered with, and how a message is read into it. */

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <resolv.h>
#include <stdint.h>
#include <string.h>

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

/* Text, NUL-terminated: names without the final dot, as ns_name_ntop prints them; addresses as
   inet_ntop does. */
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

/* 1: the record is one of the three types and its data is sound. 0: skip it. -1: it is malformed. */
static inline int drctl_dns_read_record(ns_msg *message, const ns_rr *record,
                                        struct drctl_dns_answer *answer) {
    size_t length = ns_rr_rdlen(*record);
    memset(answer, 0, sizeof *answer);
    if (ns_rr_class(*record) != ns_c_in) return 0;
    switch (ns_rr_type(*record)) {
    case ns_t_a:
        if (length != 4
            || !inet_ntop(AF_INET, ns_rr_rdata(*record), answer->rdata, sizeof answer->rdata)) return -1;
        break;
    case ns_t_aaaa:
        if (length != 16
            || !inet_ntop(AF_INET6, ns_rr_rdata(*record), answer->rdata, sizeof answer->rdata)) return -1;
        break;
    case ns_t_cname:
        if (ns_name_uncompress(ns_msg_base(*message), ns_msg_end(*message), ns_rr_rdata(*record),
                               answer->rdata, sizeof answer->rdata) < 0) return -1;
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

#endif

#ifndef DRCTL_CCURL_SHIM_H
#define DRCTL_CCURL_SHIM_H

/* libcurl's type checks are macros over the variadic calls: the wrappers below are typed already. */
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <errno.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* Swift cannot call C variadics. Each wrapper has the one type its options take. */

static inline CURLcode drctl_curl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode drctl_curl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

/* libcurl copies the string (all string options but CURLOPT_POSTFIELDS, which is set as a pointer). */
static inline CURLcode drctl_curl_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

/* libcurl keeps the pointer: the caller keeps what it points to alive until the handle is gone. */
static inline CURLcode drctl_curl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

/* libcurl keeps the pointer, and copies the parts with each transfer. NULL: CURLOPT_URL counts again. */
static inline CURLcode drctl_curl_set_url(CURL *easy, CURLU *value) {
    return curl_easy_setopt(easy, CURLOPT_CURLU, value);
}

/* libcurl keeps the list: the caller frees it after the handle. */
static inline CURLcode drctl_curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}

/* For CURLOPT_WRITEFUNCTION, CURLOPT_HEADERFUNCTION and CURLOPT_READFUNCTION. */
typedef size_t (*drctl_curl_data_callback)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode drctl_curl_set_data_callback(CURL *easy, CURLoption option,
                                                    drctl_curl_data_callback value) {
    return curl_easy_setopt(easy, option, value);
}

typedef int (*drctl_curl_seek_callback)(void *context, curl_off_t offset, int origin);

static inline CURLcode drctl_curl_set_seek_callback(CURL *easy, drctl_curl_seek_callback value) {
    return curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, value);
}

typedef curl_socket_t (*drctl_curl_open_callback)(void *context, curlsocktype purpose,
                                                  struct curl_sockaddr *address);
typedef int (*drctl_curl_close_callback)(void *context, curl_socket_t socket);

static inline CURLcode drctl_curl_set_socket_functions(CURL *easy, drctl_curl_open_callback opening,
                                                       drctl_curl_close_callback closing, void *context) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, opening);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, context);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, closing);
    return code == CURLE_OK ? curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, context) : code;
}

typedef int (*drctl_curl_lookup_callback)(void *resolver, void *reserved, void *context);

static inline CURLcode drctl_curl_set_lookup_callback(CURL *easy, drctl_curl_lookup_callback value,
                                                      void *context) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_RESOLVER_START_DATA, context);
    return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_RESOLVER_START_FUNCTION, value);
}

/* CURLOPT_SSL_CTX_FUNCTION. libcurl has OpenSSL give back the 16 kB buffers of a connection after each record
   and ask for them again with the next one. That is memory which the C library hands back to the kernel, and
   page faults with every answer: more than the encryption costs. They are kept as long as the connection. */
static inline CURLcode drctl_curl_keep_buffers(CURL *easy, void *context, void *unused) {
    (void)easy;
    (void)unused;
    SSL_CTX_clear_mode((SSL_CTX *)context, SSL_MODE_RELEASE_BUFFERS);
    return CURLE_OK;
}

static inline CURLcode drctl_curl_set_keep_buffers(CURL *easy) {
    return curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, drctl_curl_keep_buffers);
}

/* -1 when libcurl does not know. */
static inline long drctl_curl_get_long(CURL *easy, CURLINFO info) {
    long value = 0;
    return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : -1;
}

/* -1 when libcurl does not know. */
static inline curl_off_t drctl_curl_get_offset(CURL *easy, CURLINFO info) {
    curl_off_t value = 0;
    return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : -1;
}

/* What was set as CURLOPT_PRIVATE. */
static inline void *drctl_curl_get_private(CURL *easy) {
    char *value = NULL;
    return curl_easy_getinfo(easy, CURLINFO_PRIVATE, &value) == CURLE_OK ? value : NULL;
}

typedef int (*drctl_curl_socket_callback)(CURL *easy, curl_socket_t socket, int what, void *context,
                                          void *socket_context);

/* NULL: libcurl does not tell any more. */
static inline CURLMcode drctl_curl_multi_set_socket_callback(CURLM *multi, drctl_curl_socket_callback value,
                                                             void *context) {
    CURLMcode code = curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
    return code != CURLM_OK ? code : curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, value);
}

typedef int (*drctl_curl_timer_callback)(CURLM *multi, long milliseconds, void *context);

/* NULL: libcurl does not tell any more. */
static inline CURLMcode drctl_curl_multi_set_timer_callback(CURLM *multi, drctl_curl_timer_callback value,
                                                            void *context) {
    CURLMcode code = curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
    return code != CURLM_OK ? code : curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, value);
}

/* CURL_SOCKET_TIMEOUT is a cast, which Swift does not see. */
static inline CURLMcode drctl_curl_multi_timeout(CURLM *multi, int *running) {
    return curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, running);
}

/* CURLOPT_MAIL_RCPT_ALLOWFAILS, spelt with one L more before libcurl 8.2: its number is the same. */
static const CURLoption drctl_curl_mail_recipients_may_fail = (CURLoption)(CURLOPTTYPE_LONG + 290);

static inline CURLMcode drctl_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

#endif

// What Swift cannot say to OpenSSL 3 directly: OSSL_PARAM arrays (they keep the pointer to their name, and a
// Swift string literal handed to OSSL_PARAM_construct_* is gone by the time it is read) and the function-like
// macros around STACK_OF(X509). Everything else is called as OpenSSL declares it.
#ifndef DRCTL_COPENSSL_SHIM_H
#define DRCTL_COPENSSL_SHIM_H

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
// For the mutexes of the rooms that import this one; OpenSSL's own headers include it only in threaded
// builds.
#include <pthread.h>

enum { copenssl_sha256_length = 32 };

/// SHA-256 of `data` with an already fetched digest. Returns 1, or 0 when OpenSSL refused.
static inline int copenssl_sha256(
    const EVP_MD *digest, const unsigned char *data, size_t length, unsigned char *out)
{
    unsigned int written = 0;
    if (EVP_Digest(length == 0 ? "" : (const void *)data, length, out, &written, digest, NULL) != 1) return 0;
    return written == copenssl_sha256_length;
}

/// HMAC-SHA256 with an already fetched EVP_MAC "HMAC". Returns 1, or 0 when OpenSSL refused.
/// The parameter array lives on this stack frame, and OpenSSL copies what it needs during EVP_MAC_init.
static inline int copenssl_hmac_sha256(
    EVP_MAC *mac, const unsigned char *key, size_t key_length, const unsigned char *data, size_t length,
    unsigned char *out)
{
    static char digest_name[] = "SHA256";
    OSSL_PARAM parameters[2];
    size_t written = 0;
    int ok;
    EVP_MAC_CTX *context = EVP_MAC_CTX_new(mac);
    if (context == NULL) return 0;
    parameters[0] = OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest_name, 0);
    parameters[1] = OSSL_PARAM_construct_end();
    // A NULL key means "keep the key you had": an empty key must still be a pointer.
    ok = EVP_MAC_init(context, key_length == 0 ? (const unsigned char *)"" : key, key_length, parameters) == 1
        && (length == 0 || EVP_MAC_update(context, data, length) == 1)
        && EVP_MAC_final(context, out, &written, copenssl_sha256_length) == 1
        && written == copenssl_sha256_length;
    EVP_MAC_CTX_free(context);
    return ok;
}

/// A new empty stack of certificates, or NULL when out of memory. Free it with copenssl_x509_stack_free.
static inline STACK_OF(X509) *copenssl_x509_stack_new(void)
{
    return sk_X509_new_null();
}

/// Puts `certificate` on the stack and takes a reference of its own to it. Returns 1, or 0 on failure.
static inline int copenssl_x509_stack_push(STACK_OF(X509) *stack, X509 *certificate)
{
    if (X509_up_ref(certificate) != 1) return 0;
    if (sk_X509_push(stack, certificate) > 0) return 1;
    X509_free(certificate);
    return 0;
}

/// Frees the stack and drops the references that copenssl_x509_stack_push took.
static inline void copenssl_x509_stack_free(STACK_OF(X509) *stack)
{
    sk_X509_pop_free(stack, X509_free);
}

#endif

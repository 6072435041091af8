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

/// A context for HMAC-SHA256 that has no key yet, or NULL. Free it with EVP_MAC_CTX_free.
/// The parameter array lives on this stack frame, and OpenSSL copies what it needs.
static inline EVP_MAC_CTX *copenssl_hmac_sha256_new(EVP_MAC *mac)
{
    static char digest_name[] = "SHA256";
    OSSL_PARAM parameters[2];
    EVP_MAC_CTX *context = EVP_MAC_CTX_new(mac);
    parameters[0] = OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest_name, 0);
    parameters[1] = OSSL_PARAM_construct_end();
    if (context != NULL && EVP_MAC_CTX_set_params(context, parameters) == 1) return context;
    EVP_MAC_CTX_free(context);
    return NULL;
}

/// HMAC-SHA256 with such a context, which may be used again. Returns 1, or 0 when OpenSSL refused.
static inline int copenssl_hmac_sha256(
    EVP_MAC_CTX *context, const unsigned char *key, size_t key_length, const unsigned char *data,
    size_t length, unsigned char *out)
{
    size_t written = 0;
    // A NULL key means "keep the key you had": an empty key must still be a pointer.
    return EVP_MAC_init(context, key_length == 0 ? (const unsigned char *)"" : key, key_length, NULL) == 1
        && (length == 0 || EVP_MAC_update(context, data, length) == 1)
        && EVP_MAC_final(context, out, &written, copenssl_sha256_length) == 1
        && written == copenssl_sha256_length;
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

/// The certificates of a PEM text, in order, at most `limit`; NULL when there is none, more than that, or
/// anything that is not one. Free it with copenssl_x509_stack_free.
static inline STACK_OF(X509) *copenssl_x509_from_pem(const unsigned char *pem, size_t length, int limit)
{
    STACK_OF(X509) *stack = copenssl_x509_stack_new();
    BIO *bio = length > 0 && length < (1 << 20) ? BIO_new_mem_buf(pem, (int)length) : NULL;
    X509 *certificate;
    int ok = stack != NULL && bio != NULL;
    while (ok && (certificate = PEM_read_bio_X509(bio, NULL, NULL, NULL)) != NULL) {
        ok = sk_X509_num(stack) < limit && sk_X509_push(stack, certificate) > 0;
        if (!ok) X509_free(certificate);
    }
    // The end of the text is reported as an error too; one that is broken is another one.
    if (ok) ok = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE && sk_X509_num(stack) > 0;
    ERR_clear_error();
    BIO_free(bio);
    if (ok) return stack;
    if (stack != NULL) copenssl_x509_stack_free(stack);
    return NULL;
}

/// Puts the DER certificate at the end of the stack. Returns 1, or 0 when it is none.
static inline int copenssl_x509_stack_push_der(
    STACK_OF(X509) *stack, const unsigned char *der, size_t length)
{
    const unsigned char *end = der;
    X509 *certificate = length < (1 << 20) ? d2i_X509(NULL, &end, (long)length) : NULL;
    int ok = certificate != NULL && end == der + length && sk_X509_push(stack, certificate) > 0;
    if (!ok) X509_free(certificate);
    ERR_clear_error();
    return ok;
}

static inline int copenssl_x509_stack_count(STACK_OF(X509) *stack)
{
    return sk_X509_num(stack);
}

/// The certificate at a place, which stays the stack's; NULL beyond its end.
static inline X509 *copenssl_x509_stack_at(STACK_OF(X509) *stack, int place)
{
    return sk_X509_value(stack, place);
}

/// Whether the first certificate, with the help of the others, leads to one of `roots` at the time `now`
/// (seconds since 1970): X509_V_OK, another X509_V_ERR_, or -1 when OpenSSL could not try.
static inline int copenssl_x509_verify(X509_STORE *roots, STACK_OF(X509) *chain, int64_t now)
{
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    X509_VERIFY_PARAM *parameters;
    int result = -1;
    if (context == NULL) return -1;
    if (X509_STORE_CTX_init(context, roots, sk_X509_value(chain, 0), chain) == 1) {
        parameters = X509_STORE_CTX_get0_param(context);
        X509_VERIFY_PARAM_set_time(parameters, (time_t)now);
        X509_VERIFY_PARAM_set_depth(parameters, 4);
        // 112 bits: RSA of 2048 bits, and no certificate that is signed with SHA-1.
        X509_VERIFY_PARAM_set_auth_level(parameters, 2);
        result = X509_verify_cert(context) == 1 ? X509_V_OK : X509_STORE_CTX_get_error(context);
        // A failure without an error is still a failure.
        if (result == X509_V_OK && X509_STORE_CTX_get_error(context) != X509_V_OK) result = -1;
    }
    ERR_clear_error();
    X509_STORE_CTX_free(context);
    return result;
}

/// Whether the certificate was issued for exactly this DNS name; wildcards do not count.
static inline int copenssl_x509_is_for(X509 *certificate, const char *name, size_t length)
{
    unsigned int flags = X509_CHECK_FLAG_NO_WILDCARDS | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS;
    return X509_check_host(certificate, name, length, flags, NULL) == 1;
}

/// Whether `signature` is that of the certificate's RSA key (2048 bits at least, PKCS #1 v1.5) over `data`,
/// with SHA-256, or else SHA-1: 1 yes, 0 no, or the key is not fit for it, -1 when this
/// host's OpenSSL cannot say.
static inline int copenssl_x509_has_signed(
    X509 *certificate, int sha256, const unsigned char *data, size_t length, const unsigned char *signature,
    size_t signature_length)
{
    EVP_PKEY *key = X509_get0_pubkey(certificate);
    EVP_MD_CTX *context;
    int ok;
    if (key == NULL || EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA || EVP_PKEY_get_bits(key) < 2048) return 0;
    context = EVP_MD_CTX_new();
    if (context == NULL) return -1;
    ok = EVP_DigestVerifyInit(context, NULL, sha256 ? EVP_sha256() : EVP_sha1(), NULL, key);
    if (ok == 1) ok = EVP_DigestVerify(context, signature, signature_length, data, length) == 1;
    else ok = -1;
    ERR_clear_error();
    EVP_MD_CTX_free(context);
    return ok;
}

/// Where the certificate says that its issuer's certificate is (authority information access). Returns the
/// length of what was written to `out`, 0 when there is nothing that fits.
static inline size_t copenssl_x509_issuer_address(X509 *certificate, char *out, size_t limit)
{
    AUTHORITY_INFO_ACCESS *entries = X509_get_ext_d2i(certificate, NID_info_access, NULL, NULL);
    size_t written = 0;
    int place;
    for (place = 0; entries != NULL && place < sk_ACCESS_DESCRIPTION_num(entries) && written == 0; place++) {
        ACCESS_DESCRIPTION *entry = sk_ACCESS_DESCRIPTION_value(entries, place);
        int length;
        if (OBJ_obj2nid(entry->method) != NID_ad_ca_issuers || entry->location->type != GEN_URI) continue;
        length = ASN1_STRING_length(entry->location->d.uniformResourceIdentifier);
        if (length <= 0 || (size_t)length > limit) continue;
        written = (size_t)length;
        for (int byte = 0; byte < length; byte++)
            out[byte] = (char)ASN1_STRING_get0_data(entry->location->d.uniformResourceIdentifier)[byte];
    }
    AUTHORITY_INFO_ACCESS_free(entries);
    ERR_clear_error();
    return written;
}

#endif

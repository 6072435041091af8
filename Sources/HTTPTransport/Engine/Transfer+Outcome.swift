import CCurl

extension Transfer {
    /// What libcurl's result means. Call it before the handle goes.
    func outcome(_ code: CURLcode) -> Result {
        guard let easy else { return .failure(TransportError(.other, request, "no handle")) }
        guard code == CURLE_OK else {
            return .failure(failure(kind(of: code, easy), easy.detail(of: code)))
        }
        return .success(
            HTTPResponse(
                status: easy.long(CURLINFO_RESPONSE_CODE), headers: collector.headers, body: collector.body))
    }

    func failure(_ kind: TransportError.Kind, _ detail: String) -> TransportError {
        TransportError(kind, request, detail, mayHaveReachedServer: hasSentAnything)
    }

    /// libcurl stamps the pre-transfer time when the connection, TLS and a proxy's CONNECT included, is ready
    /// for the request, and counts the request's bytes as they are written. Without both, nothing was sent.
    private var hasSentAnything: Bool {
        guard let easy else { return false }
        return easy.offset(CURLINFO_PRETRANSFER_TIME_T) > 0 && easy.long(CURLINFO_REQUEST_SIZE) > 0
    }

    private func kind(of code: CURLcode, _ easy: EasyHandle) -> TransportError.Kind {
        if collector.isTooLarge { return .responseTooLarge }
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            return .nameNotResolved
        case CURLE_COULDNT_CONNECT:
            return Self.kind(ofConnectError: easy.long(CURLINFO_OS_ERRNO))
        case CURLE_OPERATION_TIMEDOUT:
            if isConnected || MonotonicClock.now() >= deadline { return .totalTimeout }
            return isNameKnown ? .connectTimeout : .nameNotResolved
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CRL_BADFILE,
            CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED,
            CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_CLIENTCERT:
            return .tlsFailed
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE,
            CURLE_SEND_FAIL_REWIND, CURLE_HTTP2, CURLE_HTTP2_STREAM:
            return isRefusedByProxy ? .other : .connectionLost
        case CURLE_FILESIZE_EXCEEDED:
            return .responseTooLarge
        case CURLE_URL_MALFORMAT, CURLE_LOGIN_DENIED, CURLE_UNSUPPORTED_PROTOCOL:
            // The last is also how libcurl calls an answer that is not HTTP.
            return isConnected ? .other : .badRequest
        default:
            return .other
        }
    }

    private var isConnected: Bool {
        (easy?.offset(CURLINFO_PRETRANSFER_TIME_T) ?? 0) > 0
    }

    /// The lookup ended: libcurl stamps it with one microsecond at least, also where there is nothing to look
    /// up.
    private var isNameKnown: Bool {
        (easy?.offset(CURLINFO_NAMELOOKUP_TIME_T) ?? 0) > 0
    }

    /// A proxy answered CONNECT with something else than 2xx.
    private var isRefusedByProxy: Bool {
        (easy?.long(CURLINFO_HTTP_CONNECTCODE) ?? 0) >= 300
    }

    private static func kind(ofConnectError error: Int) -> TransportError.Kind {
        switch CInt(truncatingIfNeeded: error) {
        case ECONNREFUSED, ENOENT: .connectionRefused  // ENOENT: there is no such Unix socket
        case ETIMEDOUT: .connectTimeout
        case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN, EADDRNOTAVAIL: .unreachable
        default: .other
        }
    }
}

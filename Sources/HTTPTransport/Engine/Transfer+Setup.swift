import CCurl

extension Transfer {
    /// A connection that has been idle for longer is not used again. Load balancers close theirs after 60 s
    /// (the default idle timeout of Elastic Load Balancing), and a request sent into a closing one is lost.
    static let maxIdle = Duration.seconds(50)

    /// Up to here libcurl sends a body along with the header (MAX_INITIAL_POST_SIZE).
    private static let maxCopiedBody = 64 << 10

    /// Makes the handle, which is as new, ready to be added to the multi handle. nil: there was no memory.
    func prepare(
        _ easy: EasyHandle?, _ configuration: CurlTransport.Configuration, now: Duration, maxIdle: Duration
    ) -> String? {
        guard let easy else { return "out of memory" }
        easy.useErrorText()
        setLimits(easy, now: now)
        setTarget(easy, configuration, maxIdle: maxIdle)
        setSecurity(easy, configuration)
        setMethod(easy)
        easy.set(headerLines: headerLines(configuration))
        setCallbacks(easy)
        self.easy = easy
        return easy.refusal
    }

    private func setLimits(_ easy: EasyHandle, now: Duration) {
        let remaining = deadline - now
        easy.set(CURLOPT_TIMEOUT_MS, remaining.curlMilliseconds)
        easy.set(CURLOPT_CONNECTTIMEOUT_MS, min(request.timeouts.connect, remaining).curlMilliseconds)
        // Without it, the end of a transfer waits for the resolver's thread, for seconds, and with it all the
        // other transfers do.
        easy.set(CURLOPT_QUICK_EXIT, true)
        // The timers above, not SIGALRM.
        easy.set(CURLOPT_NOSIGNAL, true)
        if request.method != "HEAD" {
            // Refused by Content-Length, before the bytes come. A HEAD answer announces a body that never
            // comes.
            easy.set(CURLOPT_MAXFILESIZE_LARGE, offset: request.maxResponseBytes)
        }
    }

    private func setTarget(
        _ easy: EasyHandle, _ configuration: CurlTransport.Configuration, maxIdle: Duration
    ) {
        easy.set(CURLOPT_URL, request.url)
        // "/a/../b" is what was signed, so it is what is sent.
        easy.set(CURLOPT_PATH_AS_IS, true)
        easy.set(CURLOPT_PROTOCOLS_STR, "http,https")
        // HTTP/2 where a TLS server offers it. Nobody waits to learn whether it does (CURLOPT_PIPEWAIT is
        // off): a handshake that hangs would hold up every request to the host.
        easy.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        let (proxy, noProxy) = configuration.proxy.forScheme(url.scheme)
        // Not used for a Unix socket: libcurl sees to that.
        easy.set(CURLOPT_PROXY, proxy)
        easy.set(CURLOPT_NOPROXY, noProxy)
        easy.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true)
        if let path = request.unixSocketPath {
            easy.set(CURLOPT_UNIX_SOCKET_PATH, path)
        }
        if let target = request.connectTo {
            // Two empty fields: whatever host and port the URL has.
            easy.set(connectTo: "::\(target)")
        }
        // What must not be sent twice, and has no body for `seek` to refuse, must not meet a dead connection.
        let mustNotMeetDeadConnection = !request.mayBeRepeated && request.body.isEmpty
        if request.usesFreshConnection || mustNotMeetDeadConnection || maxIdle < .seconds(1) {
            easy.set(CURLOPT_FRESH_CONNECT, true)
        } else {
            easy.set(CURLOPT_MAXAGE_CONN, Int(maxIdle.components.seconds))
        }
        if request.usesFreshConnection {
            easy.set(CURLOPT_FORBID_REUSE, true)
        }
        if request.usesFreshConnection || needsNewAddress { easy.set(CURLOPT_DNS_CACHE_TIMEOUT, 0) }
    }

    private func setSecurity(_ easy: EasyHandle, _ configuration: CurlTransport.Configuration) {
        easy.set(CURLOPT_SSL_VERIFYPEER, true)
        easy.set(CURLOPT_SSL_VERIFYHOST, 2)
        easy.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        // With a directory set, libcurl does not keep the parsed roots: 45 ms of CPU a handshake instead of
        // 2.
        easy.set(CURLOPT_CAPATH, nil)
        easy.set(CURLOPT_PROXY_CAPATH, nil)
        if let path = configuration.caBundlePath {
            easy.set(CURLOPT_CAINFO, path)
            easy.set(CURLOPT_PROXY_CAINFO, path)
        }
        easy.set(CURLOPT_DISALLOW_USERNAME_IN_URL, true)
    }

    private func setMethod(_ easy: EasyHandle) {
        // A body of no bytes is said to be one, where the method leads the server to expect a body.
        let sendsLength = !request.body.isEmpty || ["POST", "PUT", "PATCH"].contains(request.method)
        if request.method == "HEAD" {
            easy.set(CURLOPT_NOBODY, true)
        } else if sendsLength {
            easy.set(CURLOPT_POST, true)
            easy.set(CURLOPT_POSTFIELDSIZE_LARGE, offset: request.body.count)
            // libcurl then sends the body with the header, in one call to the kernel, and again as it sees
            // fit; else it asks `sendBody` for it, and `rewindBody` before it sends it a second time.
            if request.mayBeRepeated, !request.body.isEmpty, request.body.count <= Self.maxCopiedBody {
                easy.set(copiedBody: request.body)
            }
            easy.set(CURLOPT_CUSTOMREQUEST, request.method)
        } else {
            easy.set(CURLOPT_HTTPGET, true)
            easy.set(CURLOPT_CUSTOMREQUEST, request.method)
        }
    }

    private func headerLines(_ configuration: CurlTransport.Configuration) -> [String] {
        var lines: [String] = []
        // Already compared with the body; libcurl sends its own.
        for header in request.headers where !HTTPHeaders.same(header.name, "Content-Length") {
            // "Name:" would take a header away; "Name;" is libcurl's way to send one without a value.
            let isBlank = header.value.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
            lines.append(isBlank ? header.name + ";" : header.name + ": " + header.value)
        }
        // Taken away, because libcurl would add its own: unsigned, and "Expect" costs a round trip.
        for name in ["Accept", "Content-Type", "Expect"] where !request.headers.contains(name) {
            lines.append(name + ":")
        }
        if !request.headers.contains("User-Agent"), !configuration.userAgent.isEmpty {
            lines.append("User-Agent: \(configuration.userAgent)")
        }
        return lines
    }

    private func setCallbacks(_ easy: EasyHandle) {
        // Not retained: the engine holds the transfer for as long as its handle exists.
        let context = Unmanaged.passUnretained(self).toOpaque()
        easy.set(CURLOPT_HEADERFUNCTION, callback: receiveHeaderLine)
        easy.set(CURLOPT_HEADERDATA, context: context)
        easy.set(CURLOPT_WRITEFUNCTION, callback: receiveBody)
        easy.set(CURLOPT_WRITEDATA, context: context)
        easy.set(CURLOPT_READFUNCTION, callback: sendBody)
        easy.set(CURLOPT_READDATA, context: context)
        easy.set(seekCallback: rewindBody)
        easy.set(CURLOPT_SEEKDATA, context: context)
    }
}

import CCurl

extension Transfer {
    /// A connection that has been idle for longer is not used again. Load balancers close theirs after 60 s
    /// (the default idle timeout of Elastic Load Balancing), and a request sent into a closing one is lost.
    static let maxIdle = Duration.seconds(50)

    /// How long the addresses of one family have for themselves before those of the other are tried too:
    /// libcurl's own default, and within what RFC 8305, 5 recommends (100 ms to 2 s).
    private static let firstAddressMilliseconds = 200

    /// How long libcurl may remember what addresses a name stands for: its own default.
    private static let addressSeconds = 60

    /// Up to here libcurl sends a body along with the header (MAX_INITIAL_POST_SIZE).
    private static let maxCopiedBody = 64 << 10

    /// Makes the handle ready to be added to the multi handle; why not, if it cannot be.
    func prepare(
        _ easy: EasyHandle?, _ setup: Setup, _ configuration: CurlTransport.Configuration, _ poller: Poller,
        now: Duration, maxIdle: Duration
    ) -> String? {
        guard let easy else { return "out of memory" }
        if easy.setup != setup {
            easy.reset()
            easy.useErrorText()
            setTarget(easy, configuration)
            setSecurity(easy, configuration)
            setMethod(easy, setup)
            setCallbacks(easy, poller)
            if let lookups = configuration.lookups {
                // Not retained: the engine has the configuration for as long as it has handles.
                easy.set(lookup: countLookup, Unmanaged.passUnretained(lookups).toOpaque())
            }
        }
        easy.clearErrorText()
        tune(easy, now: now, maxIdle: maxIdle)
        easy.set(url: request.url)
        easy.set(headersOf: request, userAgent: configuration.userAgent)
        if setup.body != .none { setBody(easy, setup) }
        easy.setup = easy.refusal == nil ? setup : nil
        easy.transfer = self
        self.easy = easy
        return easy.refusal
    }

    /// libcurl sends a body that it can reach with the header, in one call to the kernel, and again as it
    /// sees fit; else it asks `sendBody` for it, and `rewindBody` before it sends it a second time.
    var setup: Setup {
        let body: Setup.Body
        if request.body.isEmpty {
            // A body of no bytes is said to be one, where the method leads the server to expect a body.
            body = ["POST", "PUT", "PATCH"].contains(request.method) ? .asked : .none
        } else {
            body = request.mayBeRepeated && request.body.count <= Self.maxCopiedBody ? .copied : .asked
        }
        return Setup(lane: lane, method: request.method, body: body)
    }

    private func tune(_ easy: EasyHandle, now: Duration, maxIdle: Duration) {
        let remaining = deadline - now
        // What must not be sent twice, and has no body for `seek` to refuse, must not meet a dead connection.
        let mustNotMeetDeadConnection = !request.mayBeRepeated && request.body.isEmpty
        let tuning = Tuning(
            timeoutMilliseconds: remaining.curlMilliseconds,
            connectMilliseconds: min(request.timeouts.connect, remaining).curlMilliseconds,
            // A HEAD answer announces a body that never comes. 0: no limit.
            maxBodyBytes: request.method == "HEAD" ? 0 : request.maxResponseBytes,
            isFresh: request.usesFreshConnection || mustNotMeetDeadConnection || maxIdle < .seconds(1),
            isForOne: request.usesFreshConnection,
            needsNewAddress: request.usesFreshConnection || needsNewAddress,
            maxIdleSeconds: max(1, Int(maxIdle.components.seconds)))
        guard easy.tuning != tuning else { return }
        easy.set(CURLOPT_TIMEOUT_MS, tuning.timeoutMilliseconds)
        easy.set(CURLOPT_CONNECTTIMEOUT_MS, tuning.connectMilliseconds)
        // Refused by Content-Length, before the bytes come.
        easy.set(CURLOPT_MAXFILESIZE_LARGE, offset: tuning.maxBodyBytes)
        easy.set(CURLOPT_FRESH_CONNECT, tuning.isFresh)
        easy.set(CURLOPT_FORBID_REUSE, tuning.isForOne)
        easy.set(CURLOPT_MAXAGE_CONN, tuning.maxIdleSeconds)
        easy.set(CURLOPT_DNS_CACHE_TIMEOUT, tuning.needsNewAddress ? 0 : Self.addressSeconds)
        easy.tuning = tuning
    }

    private func setTarget(_ easy: EasyHandle, _ configuration: CurlTransport.Configuration) {
        // Without it, the end of a transfer waits for the resolver's thread, for seconds, and with it all the
        // other transfers do.
        easy.set(CURLOPT_QUICK_EXIT, true)
        // The timers of `tune`, not SIGALRM.
        easy.set(CURLOPT_NOSIGNAL, true)
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
        easy.set(CURLOPT_HAPPY_EYEBALLS_TIMEOUT_MS, Self.firstAddressMilliseconds)
        if let path = request.unixSocketPath {
            easy.set(CURLOPT_UNIX_SOCKET_PATH, path)
        }
        if let target = request.connectTo {
            // Two empty fields: whatever host and port the URL has.
            easy.set(connectTo: "::\(target)")
        }
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
        easy.keepBuffers()
        // What is sent over TLS is copied there first, record by record: a record has 16 kB at most. With
        // libcurl's own 64 kB, each request's block of memory went back to the kernel as soon as it had been
        // used, and came back as page faults.
        easy.set(CURLOPT_UPLOAD_BUFFERSIZE, 16 << 10)
    }

    private func setMethod(_ easy: EasyHandle, _ setup: Setup) {
        if request.method == "HEAD" {
            easy.set(CURLOPT_NOBODY, true)
            return
        }
        easy.set(setup.body == .none ? CURLOPT_HTTPGET : CURLOPT_POST, true)
        easy.set(CURLOPT_CUSTOMREQUEST, request.method)
    }

    private func setBody(_ easy: EasyHandle, _ setup: Setup) {
        if setup.body == .copied {
            easy.set(body: request.body)
        } else {
            easy.set(CURLOPT_POSTFIELDSIZE_LARGE, offset: request.body.count)
        }
    }

    private func setCallbacks(_ easy: EasyHandle, _ poller: Poller) {
        // Not retained: the handle knows whom it serves for as long as it is in the multi handle.
        let context = Unmanaged.passUnretained(easy).toOpaque()
        easy.set(CURLOPT_PRIVATE, context: context)
        easy.set(CURLOPT_HEADERFUNCTION, callback: receiveHeaderLine)
        easy.set(CURLOPT_HEADERDATA, context: context)
        easy.set(CURLOPT_WRITEFUNCTION, callback: receiveBody)
        easy.set(CURLOPT_WRITEDATA, context: context)
        easy.set(CURLOPT_READFUNCTION, callback: sendBody)
        easy.set(CURLOPT_READDATA, context: context)
        easy.set(seekCallback: rewindBody)
        easy.set(CURLOPT_SEEKDATA, context: context)
        // Not retained: the engine holds the poller until the last connection is closed.
        easy.set(
            opening: openSocket, closing: closeSocket, Unmanaged.passUnretained(poller).toOpaque())
    }
}

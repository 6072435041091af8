import CCurl

/// One libcurl transfer: the handle and everything that it points to. Lives on the engine's thread.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    private let errorText: UnsafeMutablePointer<CChar>
    private var headerLines = HeaderLines()
    /// What libcurl was last told to read the header lines from.
    private var knownLines: UnsafeMutablePointer<curl_slist>?
    private var body = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    private var bodyBytes = 0
    private var connectToList: UnsafeMutablePointer<curl_slist>?
    private var recipientList: UnsafeMutablePointer<curl_slist>?
    /// Whom it serves. libcurl calls back with the handle, so that it need not be told for each request.
    var transfer: Transfer?
    /// What it is set up for, once that is complete.
    var setup: Setup?
    var tuning: Tuning?
    /// The last request's URL and, since taking it apart costs as much as all header lines, its parts.
    private var url: String?
    private var parts: OpaquePointer?
    /// The first option that libcurl refused.
    private(set) var refusal: String?

    /// nil when there is no memory.
    init?() {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        // The handle first: it points to the rest.
        curl_easy_cleanup(pointer)
        curl_url_cleanup(parts)
        headerLines.free()
        body.deallocate()
        curl_slist_free_all(connectToList)
        curl_slist_free_all(recipientList)
        errorText.deallocate()
    }

    /// As new. What handles share (connections, names, TLS sessions) is the multi handle's, and stays.
    func reset() {
        curl_easy_reset(pointer)
        curl_slist_free_all(connectToList)
        curl_slist_free_all(recipientList)
        body.deallocate()
        body = UnsafeMutableRawBufferPointer(start: nil, count: 0)
        bodyBytes = 0
        (connectToList, recipientList, knownLines) = (nil, nil, nil)
        (setup, tuning, url) = (nil, nil, nil)
        refusal = nil
    }

    /// libcurl's description of the failure, or its general words for the code.
    func detail(of code: CURLcode) -> String {
        let text = String(cString: errorText)
        return text.isEmpty ? String(cString: curl_easy_strerror(code)) : text
    }

    func clearErrorText() {
        errorText[0] = 0
    }

    func useErrorText() {
        check(drctl_curl_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorText), CURLOPT_ERRORBUFFER)
    }

    func set(_ option: CURLoption, _ value: Bool) {
        check(drctl_curl_set_long(pointer, option, value ? 1 : 0), option)
    }

    func set(_ option: CURLoption, _ value: Int) {
        check(drctl_curl_set_long(pointer, option, value), option)
    }

    func set(_ option: CURLoption, offset value: Int) {
        check(drctl_curl_set_offset(pointer, option, curl_off_t(value)), option)
    }

    /// nil: as if it did not exist. libcurl copies the string.
    func set(_ option: CURLoption, _ value: String?) {
        check(drctl_curl_set_string(pointer, option, value), option)
    }

    func set(_ option: CURLoption, context: UnsafeMutableRawPointer) {
        check(drctl_curl_set_pointer(pointer, option, context), option)
    }

    func set(_ option: CURLoption, callback: drctl_curl_data_callback) {
        check(drctl_curl_set_data_callback(pointer, option, callback), option)
    }

    func set(seekCallback: drctl_curl_seek_callback) {
        check(drctl_curl_set_seek_callback(pointer, seekCallback), CURLOPT_SEEKFUNCTION)
    }

    /// Into memory of the handle's own, which the next request's body uses again.
    func set(body bytes: [UInt8]) {
        if bytes.count != bodyBytes {
            set(CURLOPT_POSTFIELDSIZE_LARGE, offset: bytes.count)
            bodyBytes = bytes.count
        }
        if body.count < bytes.count {
            let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 * bytes.count, alignment: 16)
            check(
                drctl_curl_set_pointer(pointer, CURLOPT_POSTFIELDS, larger.baseAddress), CURLOPT_POSTFIELDS)
            body.deallocate()
            body = larger
        }
        body.copyBytes(from: bytes)
    }

    func set(headersOf request: HTTPRequest, userAgent: String) {
        headerLines.write(request, userAgent: userAgent)
        guard headerLines.list != knownLines else { return }
        check(drctl_curl_set_list(pointer, CURLOPT_HTTPHEADER, headerLines.list), CURLOPT_HTTPHEADER)
        knownLines = headerLines.list
    }

    func set(url: String) {
        guard url != self.url else { return }
        // As text too: libcurl takes that where it sends a request again.
        set(CURLOPT_URL, url)
        check(drctl_curl_set_url(pointer, takeApart(url) ? parts : nil), CURLOPT_CURLU)
        self.url = url
    }

    /// False where libcurl had better do it itself, and tell what is wrong: it loses an address's zone
    /// (RFC 6874) when it copies the parts (7.88).
    private func takeApart(_ url: String) -> Bool {
        guard !url.contains("%25") else { return false }
        if parts == nil { parts = curl_url() }
        // As CURLOPT_PATH_AS_IS and CURLOPT_DISALLOW_USERNAME_IN_URL, which speak of text alone.
        let flags = UInt32(CURLU_PATH_AS_IS | CURLU_DISALLOW_USER)
        return parts != nil && curl_url_set(parts, CURLUPART_URL, url, flags) == CURLUE_OK
    }

    func set(
        opening: drctl_curl_open_callback, closing: drctl_curl_close_callback,
        _ context: UnsafeMutableRawPointer
    ) {
        check(drctl_curl_set_socket_functions(pointer, opening, closing, context), CURLOPT_OPENSOCKETFUNCTION)
    }

    /// TLS connections that it opens keep their buffers; see `drctl_curl_keep_buffers`.
    func keepBuffers() {
        check(drctl_curl_set_keep_buffers(pointer), CURLOPT_SSL_CTX_FUNCTION)
    }

    func set(lookup: drctl_curl_lookup_callback, _ context: UnsafeMutableRawPointer) {
        check(
            drctl_curl_set_lookup_callback(pointer, lookup, context), CURLOPT_RESOLVER_START_FUNCTION)
    }

    func set(connectTo line: String) {
        connectToList = list(of: [line])
        check(drctl_curl_set_list(pointer, CURLOPT_CONNECT_TO, connectToList), CURLOPT_CONNECT_TO)
    }

    func set(recipients lines: [String]) {
        recipientList = list(of: lines)
        check(drctl_curl_set_list(pointer, CURLOPT_MAIL_RCPT, recipientList), CURLOPT_MAIL_RCPT)
    }

    /// -1 when libcurl does not know.
    func offset(_ info: CURLINFO) -> Int {
        Int(drctl_curl_get_offset(pointer, info))
    }

    /// -1 when libcurl does not know.
    func long(_ info: CURLINFO) -> Int {
        drctl_curl_get_long(pointer, info)
    }

    private func list(of lines: [String]) -> UnsafeMutablePointer<curl_slist>? {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard let longer = curl_slist_append(list, line) else {
                refusal = refusal ?? "out of memory"
                break
            }
            list = longer
        }
        return list
    }

    private func check(_ code: CURLcode, _ option: CURLoption) {
        guard code != CURLE_OK else { return }
        let words = String(cString: curl_easy_strerror(code))
        refusal = refusal ?? "libcurl option \(option.rawValue): \(words)"
    }
}

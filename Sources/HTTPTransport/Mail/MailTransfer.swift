import CCurl

/// One SMTP session from the connection to QUIT. Lives on the thread that runs it.
final class MailTransfer {
    private let mail: Mail
    private var sent = 0

    init(_ mail: Mail) { self.mail = mail }

    /// Blocks until the server has taken the message, or refused it, or the time is over.
    func run() -> Result<Void, MailError> {
        if let fault = fault { return .failure(MailError(kind: .badRequest, detail: fault)) }
        guard CurlLibrary.start(), let easy = EasyHandle() else {
            return .failure(MailError(kind: .other, detail: "libcurl did not start"))
        }
        easy.useErrorText()
        prepare(easy)
        if let refusal = easy.refusal {
            return .failure(MailError(kind: .badRequest, detail: refusal))
        }
        let code = curl_easy_perform(easy.pointer)
        guard code != CURLE_OK else { return .success(()) }
        let reply = easy.long(CURLINFO_RESPONSE_CODE)
        return .failure(
            MailError(
                kind: kind(of: code, easy), reply: reply >= 400 ? reply : nil, detail: easy.detail(of: code)))
    }

    /// Addresses go into SMTP commands as they are: what could end a command is refused.
    private var fault: String? {
        let addresses = [mail.sender] + mail.recipients
        guard !mail.recipients.isEmpty else { return "there is no recipient" }
        guard
            addresses.allSatisfy({ $0.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != 0x3c && $0 != 0x3e } }
            )
        else { return "an address has characters that SMTP does not allow" }
        return nil
    }

    private func prepare(_ easy: EasyHandle) {
        let host = mail.host.contains(":") ? "[\(mail.host)]" : mail.host
        easy.set(CURLOPT_URL, "\(mail.security == .tls ? "smtps" : "smtp")://\(host):\(mail.port)")
        easy.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        // Never in the clear, whatever the server offers.
        easy.set(CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue))
        easy.set(CURLOPT_SSL_VERIFYPEER, true)
        easy.set(CURLOPT_SSL_VERIFYHOST, 2)
        easy.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let path = mail.caBundlePath {
            easy.set(CURLOPT_CAPATH, nil)
            easy.set(CURLOPT_CAINFO, path)
        }
        // libcurl would take one from the environment, and HTTP proxies seldom let SMTP through.
        easy.set(CURLOPT_PROXY, "")
        if let login = mail.login {
            easy.set(CURLOPT_USERNAME, login.user)
            easy.set(CURLOPT_PASSWORD, login.password)
        }
        easy.set(CURLOPT_MAIL_FROM, "<\(mail.sender)>")
        easy.set(recipients: mail.recipients.map { "<\($0)>" })
        // One colleague's old address must not keep the message from all the others.
        easy.set(drctl_curl_mail_recipients_may_fail, true)
        easy.set(CURLOPT_TIMEOUT_MS, mail.timeouts.total.curlMilliseconds)
        easy.set(CURLOPT_CONNECTTIMEOUT_MS, mail.timeouts.connect.curlMilliseconds)
        easy.set(CURLOPT_QUICK_EXIT, true)
        easy.set(CURLOPT_NOSIGNAL, true)
        easy.set(CURLOPT_UPLOAD, true)
        easy.set(CURLOPT_INFILESIZE_LARGE, offset: mail.text.count)
        easy.set(CURLOPT_READFUNCTION, callback: readMail)
        // Not retained: this object outlives the call that reads from it.
        easy.set(CURLOPT_READDATA, context: Unmanaged.passUnretained(self).toOpaque())
        easy.set(CURLOPT_WRITEFUNCTION, callback: dropAnswer)
    }

    fileprivate func read(into buffer: UnsafeMutablePointer<CChar>, atMost limit: Int) -> Int {
        let count = min(limit, mail.text.count - sent)
        mail.text[sent..<(sent + count)].withUnsafeBytes { bytes in
            if let base = bytes.baseAddress {
                UnsafeMutableRawPointer(buffer).copyMemory(from: base, byteCount: count)
            }
        }
        sent += count
        return count
    }

    private func kind(of code: CURLcode, _ easy: EasyHandle) -> TransportError.Kind {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: .nameNotResolved
        case CURLE_COULDNT_CONNECT: .connectionRefused
        case CURLE_OPERATION_TIMEDOUT:
            easy.offset(CURLINFO_NAMELOOKUP_TIME_T) > 0 ? .totalTimeout : .nameNotResolved
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_ISSUER_ERROR, CURLE_USE_SSL_FAILED:
            .tlsFailed
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR: .connectionLost
        case CURLE_LOGIN_DENIED, CURLE_URL_MALFORMAT: .badRequest
        default: .other
        }
    }
}

private let readMail: drctl_curl_data_callback = { bytes, size, count, context in
    guard let bytes, let context else { return 0 }
    return Unmanaged<MailTransfer>.fromOpaque(context).takeUnretainedValue().read(
        into: bytes, atMost: size * count)
}

/// Without it libcurl writes what the server says to standard output.
private let dropAnswer: drctl_curl_data_callback = { _, size, count, _ in size * count }

import Glibc

extension Resolver {
    static func isIPv4(_ text: String) -> Bool {
        var address = in_addr()
        return inet_pton(AF_INET, text, &address) == 1
    }

    static func isNumeric(_ text: String) -> Bool {
        var address = in6_addr()
        return isIPv4(text) || inet_pton(AF_INET6, text, &address) == 1
    }
}

/// As every other program on this host sees the name. Blocks for as long as resolv.conf allows.
func systemAddresses(of host: String) -> Result<[String], ResolveError> {
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    // One entry an address, not one for each socket type.
    hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
    // No IPv6 addresses on a host that has none itself.
    hints.ai_flags = AI_ADDRCONFIG
    var first: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, nil, &hints, &first)
    defer { freeaddrinfo(first) }
    guard code == 0 else {
        let words = code == EAI_SYSTEM ? String(cString: strerror(errno)) : nil
        let detail = words ?? String(cString: gai_strerror(code))
        return .failure(ResolveError(kind(of: code), host, detail))
    }
    var addresses: [String] = []
    var entry = first
    while let current = entry {
        if let text = numericText(current.pointee), !addresses.contains(text) { addresses.append(text) }
        entry = current.pointee.ai_next
    }
    guard !addresses.isEmpty else {
        return .failure(ResolveError(.noAddress, host, "the system's resolver knows no address"))
    }
    return .success(addresses)
}

private func kind(of code: CInt) -> ResolveError.Kind {
    switch code {
    case EAI_NONAME: .noSuchName
    // What it may be when no server answered; glibc does not say more.
    case EAI_AGAIN: .timeout
    case EAI_FAIL: .serverFailure
    default: .network
    }
}

private func numericText(_ entry: addrinfo) -> String? {
    var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let code = getnameinfo(
        entry.ai_addr, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
    guard code == 0 else { return nil }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

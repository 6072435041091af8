import Failover

/// The forms of addresses.
extension Shapes {
    static func port(_ text: Substring) -> Int? {
        guard text.wholeMatch(of: /[1-9][0-9]{0,4}/) != nil, let port = Int(text), port <= 65535 else {
            return nil
        }
        return port
    }

    /// `host:port`. The port is never guessed: a probe of a wrong one looks like an outage.
    static func endpoint(_ text: String) throws(Refusal) -> Endpoint {
        guard let colon = text.lastIndex(of: ":") else {
            throw Refusal(
                "is \(shown(text)), which has no port; write host:port, such as \(text.prefix(40)):5432")
        }
        let host = String(text[..<colon])
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        guard isIPv4(host) || isHostName(host) && !looksNumeric(host) || bare != host && isIPv6(bare) else {
            throw Refusal("is \(shown(text)); write host:port")
        }
        guard let port = port(text[text.index(after: colon)...]) else {
            throw Refusal("is \(shown(text)); write a port from 1 to 65535 after the colon")
        }
        return Endpoint(host: bare.lowercased(), port: port)
    }

    /// `ip:port`; a resolver with a name would need a resolver.
    static func resolver(_ text: String) throws(Refusal) -> String {
        guard let endpoint = try? endpoint(text), isIPv4(endpoint.host) else {
            throw Refusal("is \(shown(text)); write an IPv4 address and port, such as 10.0.0.2:53")
        }
        return text
    }

    /// `http` or `https`, host, perhaps port and path.
    static func baseURL(_ text: String) throws(Refusal) -> String {
        guard let match = text.wholeMatch(of: /https?:\/\/([^\/@?#]+)(\/[A-Za-z0-9._~\/-]*)?/) else {
            throw Refusal("is \(shown(text)); write http or https, host and perhaps port, https://host:port")
        }
        let authority = match.1
        let hasPort = authority.contains(":") && !authority.hasSuffix("]")
        guard (try? endpoint(hasPort ? String(authority) : "\(authority):443")) != nil else {
            throw Refusal(
                "is \(shown(text)); \(shown(String(authority))) is not a host with an optional port")
        }
        return text
    }

    static func isLoopback(url: String) -> Bool {
        url.wholeMatch(of: /http:\/\/(localhost|127\.[0-9.]+|\[::1\])([:\/].*)?/) != nil
    }

    static func isLoopback(host: String) -> Bool {
        host == "localhost" || host == "::1" || isIPv4(host) && host.hasPrefix("127.")
    }

    static func isIPv4(_ text: String) -> Bool {
        guard let match = text.wholeMatch(of: /([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})/) else {
            return false
        }
        return [match.1, match.2, match.3, match.4].allSatisfy { (Int($0) ?? 256) <= 255 }
    }

    /// RFC 4291 without zone and without an embedded IPv4 address.
    static func isIPv6(_ text: String) -> Bool {
        guard text.wholeMatch(of: /[0-9A-Fa-f:]{2,39}/) != nil, !text.contains(":::") else { return false }
        let halves = text.split(separator: "::", omittingEmptySubsequences: false)
        let groups = halves.map { half in
            half.isEmpty ? [] : half.split(separator: ":", omittingEmptySubsequences: false)
        }
        guard halves.count <= 2, groups.joined().allSatisfy({ (1...4).contains($0.count) }) else {
            return false
        }
        let count = groups.joined().count
        return halves.count == 2 ? count <= 7 : count == 8
    }

    private static func looksNumeric(_ host: String) -> Bool { host.wholeMatch(of: /[0-9.]+/) != nil }
}

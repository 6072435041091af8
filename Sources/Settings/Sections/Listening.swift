import Failover

/// What the listeners have in common: where they may listen, and what with.
let identityNeed = "TLS (certificate_file and key_file)"

extension Section {
    /// Certificate and key: both or none.
    func identity(
        _ certificate: Key, _ key: Key
    ) -> (certificate: String?, key: String?, isThere: Bool) {
        let has = (certificate: field(certificate) != nil, key: field(key) != nil)
        if has.certificate != has.key {
            _ = required(has.key ? certificate : key, "a certificate needs its key")
        }
        return (
            field(certificate)?.text(Shapes.secretPlace)?.value, field(key)?.text(Shapes.secretPlace)?.value,
            has.certificate && has.key
        )
    }

    /// Refuses an address that other hosts can reach while something is missing that it needs there.
    func needs(_ missing: [String], at listen: Located<Endpoint>?) {
        guard let listen, !missing.isEmpty, !Shapes.isLoopback(host: listen.value.host) else { return }
        let (host, port) = (listen.value.host, listen.value.port)
        let address = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        findings.refuse(
            listen,
            "is \(shown(address)), where other hosts can reach it: that needs "
                + "\(missing.joined(separator: " and ")); or write 127.0.0.1")
    }
}

extension Shapes {
    /// `ip:port`, to listen on: a name may come to mean another interface.
    static func address(_ text: String) throws(Refusal) -> Endpoint {
        let endpoint = try endpoint(text)
        guard isIPv4(endpoint.host) || isIPv6(endpoint.host) else {
            throw Refusal("is \(shown(text)); write an IP address and a port, such as 127.0.0.1:9464")
        }
        return endpoint
    }

    /// Where there is neither TLS nor a question who asks, nobody on a network may reach it.
    static func loopbackEndpoint(_ text: String) throws(Refusal) -> Endpoint {
        let endpoint = try endpoint(text)
        guard endpoint.host == "::1" || isIPv4(endpoint.host) && isLoopback(host: endpoint.host) else {
            throw Refusal("is \(shown(text)), not a loopback address; write 127.0.0.1 with a port")
        }
        return endpoint
    }

    /// An absolute path, or the bare name of a systemd credential.
    static func secretPlace(_ text: String) throws(Refusal) -> String {
        if text.hasPrefix("/") { return try absolutePath(text) }
        guard text.wholeMatch(of: /[A-Za-z0-9_.-]{1,255}/) != nil, text != ".", text != ".." else {
            throw Refusal("is \(shown(text)); write a file's absolute path, or the name of a credential")
        }
        return text
    }
}

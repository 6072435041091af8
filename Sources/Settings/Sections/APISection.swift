import Failover

enum APIKey: String, SectionKey {
    case listen
    case certificateFile = "certificate_file"
    case keyFile = "key_file"
    case tokensFile = "tokens_file"

    static let places = ["api"]
}

extension APISettings {
    init(_ section: Section<APIKey>) {
        let listen = section.field(.listen)?.text(Shapes.address)
        let certificate = section.field(.certificateFile)?.text(Shapes.secretPlace)
        let key = section.field(.keyFile)?.text(Shapes.secretPlace)
        let tokens = section.field(.tokensFile)?.text(Shapes.secretPlace)
        self.init(
            listen: listen?.value ?? Self.standardListen, certificateFile: certificate?.value,
            keyFile: key?.value, tokensFile: tokens?.value)
        let has = (
            certificate: section.field(.certificateFile) != nil, key: section.field(.keyFile) != nil,
            tokens: section.field(.tokensFile) != nil
        )
        if has.certificate != has.key {
            _ = section.required(has.key ? .certificateFile : .keyFile, "a certificate needs its key")
        }
        guard let listen, !Shapes.isLoopback(host: listen.value.host) else { return }
        let missing = [
            has.certificate && has.key ? nil : "TLS (certificate_file and key_file)",
            has.tokens ? nil : "authentication (tokens_file)",
        ].compactMap { $0 }
        guard !missing.isEmpty else { return }
        section.findings.refuse(
            listen,
            "is \(shown("\(listen.value.host):\(listen.value.port)")), where other hosts can reach it: that "
                + "needs \(missing.joined(separator: " and ")); or write 127.0.0.1")
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

    /// A Unix group as useradd takes it.
    static func groupName(_ text: String) throws(Refusal) -> String {
        guard text.wholeMatch(of: /[a-z_][a-z0-9_-]{0,31}/) != nil else {
            throw Refusal("is \(shown(text)); write the name of a Unix group")
        }
        return text
    }
}

import CResolv

/// One answer of one server, or why there is none.
struct DNSReply: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        case ipv4, ipv6, alias
    }

    enum Status: Sendable, Equatable {
        case answers, noSuchName, noData, serverFailure, timeout, network, malformed, badName
    }

    struct Record: Sendable, Equatable {
        var kind: Kind
        var owner: String
        var data: String
        var ttlSeconds: Int

        func isOwned(by name: String) -> Bool { DNSReply.isSameName(owner, name) }
    }

    var status: Status
    var records: [Record]
    /// For people.
    var detail: String

    /// Room for a whole chain and a few addresses; one record takes 2 KB.
    private static let capacity = 32

    /// Names are compared without regard to case and to a final dot (RFC 4343).
    static func isSameName(_ one: String, _ other: String) -> Bool {
        normalised(one) == normalised(other)
    }

    private static func normalised(_ name: String) -> String {
        (name.hasSuffix(".") ? String(name.dropLast()) : name).lowercased()
    }

    /// Blocks. Without a server the system's are asked in their order.
    static func ask(
        _ name: String, _ kind: Kind, of server: Resolver.Server?, _ timeoutMilliseconds: Int64, retries: Int
    ) -> DNSReply {
        var answers = [drctl_dns_answer](repeating: drctl_dns_answer(), count: capacity)
        let type = kind == .ipv6 ? DRCTL_DNS_AAAA : DRCTL_DNS_A
        let milliseconds = CInt(min(max(1, timeoutMilliseconds), 60_000))
        let reply = drctl_dns_query(
            name, CInt(type.rawValue), server?.address, server?.port ?? 0, milliseconds,
            CInt(min(max(0, retries), 10)), &answers, answers.count)
        let source = server.map { " by \($0)" } ?? ""
        return DNSReply(
            status: status(reply.status), records: answers.prefix(reply.count).compactMap(record),
            detail: detail(reply) + source)
    }

    private static func record(_ answer: drctl_dns_answer) -> Record? {
        let kind: Kind
        switch UInt32(answer.type) {
        case DRCTL_DNS_A.rawValue: kind = .ipv4
        case DRCTL_DNS_AAAA.rawValue: kind = .ipv6
        case DRCTL_DNS_CNAME.rawValue: kind = .alias
        default: return nil
        }
        return withUnsafePointer(to: answer) { pointer in
            Record(
                kind: kind, owner: String(cString: drctl_dns_owner(pointer)),
                data: String(cString: drctl_dns_rdata(pointer)), ttlSeconds: Int(answer.ttl_seconds))
        }
    }

    private static func status(_ status: drctl_dns_status) -> Status {
        switch status {
        case DRCTL_DNS_ANSWERS: .answers
        case DRCTL_DNS_NXDOMAIN: .noSuchName
        case DRCTL_DNS_NO_DATA: .noData
        case DRCTL_DNS_SERVER_FAILURE: .serverFailure
        case DRCTL_DNS_TIMEOUT: .timeout
        case DRCTL_DNS_NETWORK_ERROR: .network
        case DRCTL_DNS_BAD_ARGUMENT: .badName
        default: .malformed
        }
    }

    private static func detail(_ reply: drctl_dns_reply) -> String {
        switch reply.status {
        case DRCTL_DNS_NXDOMAIN: "NXDOMAIN"
        case DRCTL_DNS_SERVER_FAILURE: "DNS error \(reply.rcode)"
        case DRCTL_DNS_TIMEOUT: "not answered in time"
        case DRCTL_DNS_NETWORK_ERROR: "not delivered: " + String(cString: strerror(reply.system_error))
        case DRCTL_DNS_BAD_ARGUMENT: "not a domain name"
        case DRCTL_DNS_MALFORMED: "answered with what cannot be read"
        default: "no address given"
        }
    }
}

extension DNSReply.Status {
    /// The server has not spoken about the name.
    var isWorthAnotherServer: Bool {
        switch self {
        case .serverFailure, .timeout, .network, .malformed: true
        case .answers, .noSuchName, .noData, .badName: false
        }
    }

    var isFailure: Bool { self != .answers && self != .noData }

    func error(name: String, asked: String, _ detail: String) -> ResolveError {
        let kind: ResolveError.Kind =
            switch self {
            case .answers, .noData: .noAddress
            case .noSuchName: .noSuchName
            case .serverFailure: .serverFailure
            case .timeout: .timeout
            case .network: .network
            case .malformed: .malformed
            case .badName: .badName
            }
        return ResolveError(kind, name, DNSReply.isSameName(name, asked) ? detail : "\(asked): \(detail)")
    }
}

/// Follows a name through its aliases to its addresses. Blocks.
///
/// A recursive resolver gives the whole chain in one answer; a server that only speaks for its own zones,
/// like a name server of Route 53, stops at an alias that leaves them, so the walk goes on from there.
struct DNSWalk: Sendable {
    var name: String
    /// Empty: those of resolv.conf.
    var servers: [Resolver.Server]
    var timeoutMilliseconds: Int64
    var retries: Int

    func answer() -> DNSAnswer {
        var answer = DNSAnswer(name: name)
        // Each question after the first is for another name, so this many always suffice.
        for _ in 0...Resolver.maxChain {
            let asked = answer.canonicalName
            var reply = ask(asked, .ipv4)
            if reply.status == .noData, reply.records.isEmpty { reply = ask(asked, .ipv6) }
            guard follow(reply.records, &answer) else {
                answer.failure = ResolveError(
                    .chainTooLong, name, "more than \(Resolver.maxChain) aliases, or a circle of them")
                return answer
            }
            let end = answer.canonicalName
            answer.addresses = reply.records.filter { $0.kind != .alias && $0.isOwned(by: end) }.map {
                DNSAnswer.Address(text: $0.data, ttlSeconds: $0.ttlSeconds)
            }
            if !answer.addresses.isEmpty { return answer }
            if end == asked || reply.status.isFailure {
                answer.failure = reply.status.error(name: name, asked: end, reply.detail)
                return answer
            }
        }
        answer.failure = ResolveError(.chainTooLong, name, "the aliases do not end")
        return answer
    }

    /// Adds the aliases that lead on from the end of the chain. False when they lead too far, or back.
    private func follow(_ records: [DNSReply.Record], _ answer: inout DNSAnswer) -> Bool {
        let aliases = records.filter { $0.kind == .alias }
        while let alias = aliases.first(where: { $0.isOwned(by: answer.canonicalName) }) {
            let seen = [answer.name] + answer.chain.map(\.target)
            guard answer.chain.count < Resolver.maxChain,
                !seen.contains(where: { DNSReply.isSameName($0, alias.data) })
            else { return false }
            answer.chain.append(
                DNSAnswer.Alias(name: alias.owner, target: alias.data, ttlSeconds: alias.ttlSeconds))
        }
        return true
    }

    private func ask(_ asked: String, _ kind: DNSReply.Kind) -> DNSReply {
        guard !servers.isEmpty else {
            return DNSReply.ask(asked, kind, of: nil, timeoutMilliseconds, retries: retries)
        }
        var reply = DNSReply(status: .timeout, records: [], detail: "no resolver was asked")
        for _ in 0...max(0, retries) {
            for server in servers {
                reply = DNSReply.ask(asked, kind, of: server, timeoutMilliseconds, retries: 0)
                if !reply.status.isWorthAnotherServer { return reply }
            }
        }
        return reply
    }
}

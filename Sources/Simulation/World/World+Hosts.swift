import Execution
import Failover

/// What the world gives a host.
extension World {
    /// What a host's resolver says about a name. Zones are served from all over the world, so that only the
    /// host's own trouble keeps an answer away.
    func answers(for name: String, of life: Life) async -> DNSView {
        let message = Message(
            from: life.host, to: layout.workloads[0].standbyRegion, service: "dns", operation: "resolve",
            mutates: false)
        let passage = fabric.passage(of: message, at: time.now)
        guard let there = passage.there, let back = passage.back else {
            try? await life.pause(for: .seconds(5))
            return DNSView(names: [], addresses: [], failure: "no resolver answers")
        }
        try? await life.pause(for: there + back)
        guard let target = host(life.host)?.resolver.answer(for: name, from: estate) else {
            return DNSView(names: [], addresses: [], failure: "NXDOMAIN")
        }
        return DNSView(names: [target], addresses: ["192.0.2.1"])
    }

    /// One connection of a host's to an endpoint, through that or another name, with a question in SQL where
    /// there is one.
    func probe(
        _ name: String, at endpoint: Failover.Endpoint, of life: Life, asking sql: SQLAccess?
    ) async -> Reading<ProbeAnswer> {
        let resolved = name == endpoint.host ? name : await answers(for: name, of: life).names.last
        guard let target = resolved, let (_, node) = estate.find(host: target) else {
            return .unknown(reason: .nameNotResolved, detail: "\(name): NXDOMAIN")
        }
        let message = Message(
            from: life.host, to: node.region, service: "probe", operation: "connect", mutates: false)
        let passage = fabric.passage(of: message, at: time.now)
        let silent = Reading.known(value: ProbeAnswer(answered: false, detail: "no answer in 3 s"))
        guard let there = passage.there else {
            try? await life.pause(for: .seconds(3))
            return silent
        }
        try? await life.pause(for: there)
        guard let answer = answer(of: target, sql: sql), let back = passage.back else {
            try? await life.pause(for: .seconds(3))
            return silent
        }
        try? await life.pause(for: back)
        return .known(value: answer)
    }
}

import Failover

/// The network and the services' moods, as the faults of the moment make them.
final class FaultyFabric: Fabric {
    /// The network faults that are on now, in the order in which they began.
    private var active: [(fault: Fault, chance: Chance)] = []
    private let regionOf: [HostID: Region]
    private let seed: Seed

    init(_ layout: Layout, seed: Seed) {
        self.seed = seed
        regionOf = Dictionary(
            layout.hosts.map { ($0.id, $0.region) }, uniquingKeysWith: { first, _ in first })
    }

    func begin(_ fault: Fault) {
        // Of the fault's own: what one does must not change with another's being left out.
        active.append((fault, seed.stream("fabric/\(fault.index)")))
    }

    func end(_ fault: Fault) { active.removeAll { $0.fault.index == fault.index } }

    func passage(of message: Message, at now: Timestamp) -> Passage {
        let way = latency(from: message.from, to: message.to)
        var passage = Passage(there: way, back: way)
        for index in active.indices where active[index].fault.concerns(message) {
            // Drawn whether it is used or not: one draw a message and fault.
            let draw = active[index].chance.unit()
            guard draw < active[index].fault.rate else { continue }
            bend(&passage, by: active[index].fault.kind, draw / active[index].fault.rate, message)
        }
        return passage
    }

    /// `draw`: uniform in 0..<1.
    private func bend(
        _ passage: inout Passage, by kind: Fault.Kind, _ draw: Double, _ message: Message
    ) {
        switch kind {
        case .cutThere, .isolated, .leaseStoreDown, .resolverFails: passage.there = nil
        case .cutBack: passage.back = nil
        case .repliesLost:
            passage.back = nil
            passage.isReset = draw < 0.5
        case .slow:
            passage.there = passage.there.map { $0 + .milliseconds(Int64(draw * 8000)) }
            passage.back = passage.back.map { $0 + .milliseconds(Int64((1 - draw) * 4000)) }
        case .throttled: passage.treatment = .throttled
        case .serverErrors:
            passage.treatment = .serverError(status: draw < 0.5 ? 500 : 503, afterEffect: draw < 0.25)
        case .garbage: passage.treatment = .garbage
        case .accessDenied: passage.treatment = .denied
        case .expiredToken: passage.treatment = .expiredToken
        case .stale: passage.treatment = .stale(by: .milliseconds(Int64(draw * 20_000)))
        default: break
        }
    }

    /// One way, as light and routers have it.
    private func latency(from host: HostID, to region: Region) -> Duration {
        regionOf[host] == region ? .milliseconds(1) : .milliseconds(80)
    }
}

extension Fault {
    private var service: String? {
        switch kind {
        case .leaseStoreDown: "dynamodb"
        case .resolverFails: "dns"
        default: place.service
        }
    }

    func concerns(_ message: Message) -> Bool {
        (place.host == nil || place.host == message.from)
            && (place.region == nil || place.region == message.to)
            && (service == nil || service == message.service)
    }
}

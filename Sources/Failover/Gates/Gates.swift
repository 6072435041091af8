/// The conditions of a failover. All are always judged, so that a person sees every reason at once.
public enum Gates {
    /// May we, is it true, should we; in this order they are shown.
    public static let table: [Gate] = [
        .mode, .hold, .maintenance, .cooldown, .progress, .lease, .capacity,
        .freshness, .quorum, .window, .sourceAlive, .replicaView, .isolation, .provider, .fleet,
        .lag, .target, .targetLogin, .position, .selfDependency,
    ]

    /// Those that a person passes over in the same way, in the table's order.
    public static func ids(passedOver override: Gate.Override) -> [GateID] {
        table.filter { $0.override == override }.map(\.id)
    }

    public static func gate(_ id: GateID) -> Gate? { table.first { $0.id == id } }
}

/// A gate's stable id, such as `source-alive`; records name it, so an id is never reused for another gate.
public struct GateID: Name, CaseIterable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// In the table's order.
    public static var allCases: [GateID] { Gates.table.map(\.id) }

    /// What a person may take the responsibility for; never for a gate that this version does not have.
    public var override: Gate.Override { Gates.gate(self)?.override ?? .never }
}

/// Some of the table's gates.
struct GateSet: Equatable, Sendable {
    private var bits: UInt64

    private init(bits: UInt64) { self.bits = bits }

    /// What is not in the table (an id from another version's journal) is left out.
    init(_ ids: some Sequence<GateID>) {
        bits = ids.reduce(0) { bits, id in
            Gates.table.firstIndex { $0.id == id }.map { bits | 1 << UInt64($0) } ?? bits
        }
    }

    init(where holds: (Gate) -> Bool) {
        bits = 0
        for (index, gate) in Gates.table.enumerated() where holds(gate) { bits |= 1 << UInt64(index) }
    }

    static let none = GateSet(bits: 0)
    static let mode = GateSet([.mode])
    static let capacity = GateSet([.capacity])
    static let window = GateSet([.window])
    /// What ends by itself within minutes, and is worth waiting for.
    static let passing = GateSet([.window, .replicaView])
    /// A plan is itself what is in progress, and counts itself among the running.
    static let own = GateSet([.progress, .capacity])
    static let sourceAlive = GateSet([.sourceAlive])

    var isEmpty: Bool { bits == 0 }
    /// In the table's order.
    var ids: [GateID] {
        Gates.table.enumerated().filter { bits & 1 << UInt64($0.offset) != 0 }.map(\.element.id)
    }

    func contains(_ other: GateSet) -> Bool { bits & other.bits == other.bits }
    func union(_ other: GateSet) -> GateSet { GateSet(bits: bits | other.bits) }
    func subtracting(_ other: GateSet) -> GateSet { GateSet(bits: bits & ~other.bits) }
}

extension Situation {
    /// Which gates are closed, without a word.
    func judgeGates() -> GateSet { GateSet { !$0.judge(self).open } }

    /// Every gate's answer, spelled out, with what it was judged on.
    func gates() -> [GateResult] {
        let spelled = spelled()
        return Gates.table.map { gate in
            let judgement = gate.judge(spelled)
            return GateResult(
                id: gate.id, open: judgement.open, because: judgement.because, kind: gate.kind,
                evidence: gate.on.isEmpty ? [] : inquiries.flatMap { $0.testimonies(on: gate.on) })
        }
    }
}

extension Inquiry {
    /// The newest observation in each of `slots`, however old.
    func testimonies(on slots: [Slot]) -> [Testimony] {
        slots.compactMap { slot in
            evidence.newest(slot).map {
                Testimony(
                    database: database.id, slot: slot, source: $0.source, vantage: $0.vantage,
                    observedAt: $0.at)
            }
        }
    }
}

/// What a host's disk does with the next append. SQLite promises all or nothing, so nothing is ever torn.
final class DiskTrouble {
    enum Mishap {
        case none
        /// Nothing was written, and the journal knows.
        case full
        /// Nobody knows.
        case error(isKept: Bool)
        /// The process dies before or after the records are durable.
        case death(isKept: Bool)
    }

    private var active: [(fault: Fault, chance: Chance)] = []
    private let seed: Seed
    /// Ends the process that writes.
    var crash: () -> Void = {}

    init(_ seed: Seed) { self.seed = seed }

    func begin(_ fault: Fault) { active.append((fault, seed.stream("disk/\(fault.index)"))) }

    func end(_ fault: Fault) { active.removeAll { $0.fault.index == fault.index } }

    func next() -> Mishap {
        for index in active.indices {
            let fault = active[index].fault
            let draw = active[index].chance.unit()
            switch fault.kind {
            case .diskFull: return .full
            // Once and it is over: the process ends, and the next one must be able to write.
            case .diskError where draw < fault.rate:
                end(fault)
                return .error(isKept: draw < fault.rate / 2)
            case .crashAtAppend where draw < fault.rate / 4:
                end(fault)
                return .death(isKept: draw < fault.rate / 8)
            default: continue
            }
        }
        return .none
    }
}

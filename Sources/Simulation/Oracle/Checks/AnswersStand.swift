import Failover

struct AnswersStand: Invariant {
    static let id = "INV4"
    static let rule = "A name is never without an answer, and never leads back to a site that it has left"

    private let premises: Premises
    private var left: [String: Set<String>] = [:]
    private var current: [String: String] = [:]

    init(_ premises: Premises) { self.premises = premises }

    mutating func findings(on happening: Happening, after past: Chronicle) -> [String] {
        switch happening.kind {
        case .effect(.recordMoved(let name, let to)), .effect(.answerMoved(let name, let to)):
            if to.isEmpty { return ["\(name) leads nowhere"] }
            if left[name]?.contains(to) == true { return ["\(name) leads back to \(to)"] }
            if let before = current[name], before != to { left[name, default: []].insert(before) }
            current[name] = to
            return []
        case .effect(.leverFlipped(let name, let value)):
            return value == 1 ? [] : ["the lever of \(name) is put to \(value)"]
        default: return []
        }
    }
}

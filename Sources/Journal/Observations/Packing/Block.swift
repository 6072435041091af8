import Failover

/// What was seen of one workload within one hour, packed.
struct Block: Sendable {
    let workload: WorkloadID
    let first: Timestamp
    private(set) var last: Timestamp
    private(set) var observations = 0
    private(set) var strands: [Strand] = []
    private(set) var templates: [Entry] = []

    /// A template in its place.
    struct Entry: Sendable, Equatable {
        var id: Int64
        var kind: Samples.Kind
        var text: String
        fileprivate var essence: Template
    }

    /// Observations that come together, time and again: what one question to one source brings.
    struct Strand: Sendable {
        var key: [Key]
        var done: [Run] = []
        var growing: GrowingRun?

        struct Key: Sendable, Hashable {
            var database: DatabaseID
            var slot: Slot
            var source: String
            var vantage: String
        }

        var runs: [Run] { done + (growing.map { [$0.run] } ?? []) }
    }

    /// A block is closed at the end of its hour, or when it has this many runs or templates: evidence that
    /// changes with every look must not make it large.
    static let runLimit = 4096
    static let templateLimit = 256

    init(workload: WorkloadID, at now: Timestamp) {
        self.workload = workload
        (first, last) = (now, now)
    }

    /// True when what is seen at `now` belongs into the next block. Also when time has run backwards.
    func isOver(at now: Timestamp) -> Bool {
        now < last || Self.hour(of: now) != Self.hour(of: first)
            || templates.count >= Self.templateLimit
            || strands.reduce(0) { $0 + $1.done.count } >= Self.runLimit
    }

    static func hour(of instant: Timestamp) -> Int64 {
        let (hour, rest) = instant.milliseconds.quotientAndRemainder(dividingBy: 3_600_000)
        return rest < 0 ? hour - 1 : hour
    }

    /// Takes a batch in; all of this workload.
    mutating func take(_ batch: [Observation], at now: Timestamp) throws {
        guard let newest = batch.map(\.at).max() else { return }
        var parts: [Run.Part] = []
        for observation in batch { parts.append(try part(observation)) }
        let key = batch.map {
            Strand.Key(
                database: $0.database, slot: $0.fact.slot, source: $0.source, vantage: $0.vantage)
        }
        let place = strands.firstIndex { $0.key == key } ?? strands.count
        if place == strands.count { strands.append(Strand(key: key)) }
        strands[place].take(parts, at: now, age: now - newest)
        last = now
        observations += batch.count
    }

    private mutating func part(_ observation: Observation) throws -> Run.Part {
        let (rest, samples) = Samples.split(observation.fact)
        let template = Template(observation, fact: rest)
        let essence = template.essence
        let known = templates.lastIndex { $0.kind == samples.kind && $0.essence == essence }
        if let known { return Run.Part(template: known, samples: samples) }
        let text = try template.text()
        templates.append(Entry(id: Template.id(of: text), kind: samples.kind, text: text, essence: essence))
        return Run.Part(template: templates.count - 1, samples: samples)
    }
}

extension Block.Strand {
    fileprivate mutating func take(_ parts: [Run.Part], at now: Timestamp, age: Duration) {
        if growing?.run.parts == parts, growing?.grows(to: now, age: age) == true { return }
        if let run = growing?.run { done.append(run) }
        growing = GrowingRun(Run(parts: parts, first: now, last: now, count: 1, age: age))
    }
}

import Controller
import Failover
import Journal

/// What the journal says about the time of a replay and before it.
struct Past {
    /// Why there is none: without a journal nothing is known of before, and there is nothing to compare with.
    private(set) var absence: String?
    /// Of the time of the replay.
    private(set) var records: [Record] = []
    private(set) var precedents = Precedents()
    private(set) var aftermath = Aftermath()
    private(set) var petitions: [Reenactment.Petition] = []
    private var before: [Record] = []

    init(
        workloads: Set<WorkloadID>, from begin: Timestamp, to end: Timestamp, of journal: RecordSource
    ) async throws {
        guard try journal.hasJournal() else {
            absence = "there is no journal: nothing is known of before, and there is nothing to compare with"
            return
        }
        try await journal.eachRecord { record in
            guard record.at <= end else { return }
            aftermath.learn(record)
            guard record.workload.map({ workloads.contains($0) }) ?? true else { return }
            if record.at < begin {
                if record.changesState { before.append(record) }
            } else {
                take(record)
            }
        }
    }

    private mutating func take(_ record: Record) {
        records.append(record)
        precedents.learn(record)
        guard let workload = record.workload else { return }
        switch record.event {
        case .requestReceived(let request), .requestRefused(let request, _):
            petitions.append(Reenactment.Petition(at: record.at, workload: workload, request: request))
        default: break
        }
    }

    /// The machine as a process would be that starts with what was on record before the replay.
    func folded(into machine: DecisionMachine) -> DecisionMachine {
        var machine = machine
        for record in before { machine.replay(record) }
        return machine
    }
}

extension Record {
    /// Judgements and requests change nothing by themselves, and are most of a journal; of a judgement only
    /// the last would count, and the first look makes a new one.
    fileprivate var changesState: Bool {
        switch event {
        case .assessed, .requestReceived, .requestRefused, .controllerStarted, .controllerStopped: false
        default: true
        }
    }
}

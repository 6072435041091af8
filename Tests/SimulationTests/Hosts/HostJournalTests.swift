import Failover
import Journal
import Testing

@testable import Simulation

@Suite struct HostJournalTests {
    private static let start = World.start

    private struct Outcome: Sendable {
        var error: JournalError?
        var kept = 0
        var isAlive = true
    }

    /// Three appends on a disk with a fault of the given kind.
    private func appends(_ kind: Fault.Kind?, seed: UInt64 = 1) -> [Outcome] {
        VirtualTime.begin(at: Self.start) { time in
            let (life, shelf) = (Life(host: "a", time: time), Shelf(Trace(time)))
            let trouble = DiskTrouble(Seed(seed))
            trouble.crash = { life.end() }
            if let kind {
                trouble.begin(
                    Fault(index: 0, kind: kind, place: .init(host: "a"), from: Self.start, until: Self.start))
            }
            let journal = HostJournal(
                LocalStore(shelf: shelf, host: "a"), life: life, trouble: trouble)
            let outcomes = Found<[Outcome]>([])
            Task {
                for _ in 1...3 {
                    var outcome = Outcome()
                    do throws(JournalError) {
                        _ = try await journal.append([
                            Record(
                                at: Self.start, workload: nil, epoch: 0, rule: nil,
                                event: .controllerStopped(reason: "test"))
                        ])
                    } catch {
                        outcome.error = error
                    }
                    (outcome.kept, outcome.isAlive) = (shelf.entries.count, life.isAlive)
                    outcomes.value.append(outcome)
                }
            }
            time.run(until: Self.start + .seconds(1))
            return outcomes.value
        }
    }

    @Test func aGoodDiskKeepsEverything() {
        #expect(appends(nil).map(\.kept) == [1, 2, 3])
    }

    @Test func aFullDiskKeepsNothingAndSaysSo() {
        let outcomes = appends(.diskFull)
        #expect(outcomes.allSatisfy { $0.kept == 0 && $0.error?.retryIsSafe == true })
    }

    @Test func afterAnErrorOfTheDiskNobodyKnowsWhatIsOnIt() {
        var kept: Set<Int> = []
        for seed in UInt64(1)...20 {
            let outcomes = appends(.diskError, seed: seed)
            #expect(outcomes.allSatisfy { $0.error?.retryIsSafe == false })
            #expect(outcomes.last?.kept == outcomes.first?.kept)
            kept.insert(outcomes[0].kept)
        }
        #expect(kept == [0, 1])
    }

    @Test func aProcessMayDieBeforeOrAfterItsRecordsAreDurable() {
        var endings: Set<[Int]> = []
        for seed in UInt64(1)...60 {
            let outcomes = appends(.crashAtAppend, seed: seed)
            guard outcomes.last?.isAlive == false else { continue }
            #expect(outcomes.last?.error?.cause == .closed)
            let died = outcomes.firstIndex { !$0.isAlive } ?? 0
            endings.insert([died, outcomes[died].kept])
        }
        #expect(endings.isSuperset(of: [[0, 0], [0, 1]]))
    }
}

import Controller
import Failover
import Foundation
import Journal
import Testing

@testable import Simulation

/// What the real controller decided while it recorded, and what a replay of the recording decides.
@Suite final class RoundTripTests {
    private let path = FileManager.default.temporaryDirectory
        .appendingPathComponent("drctl-replay-\(UUID().uuidString).db").path

    deinit {
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    }

    @Test func theSameConfigurationDecidesTheSameAtTheSameTimes() throws {
        let watch = Watch()
        watch.outages = [400...430, 905...4000]
        let real = watch.run(2400, recordingTo: path)
        try #require(real.lines.contains { $0.contains("failed-over") })
        let reenactment = try replayed(watch.workload, real)
        #expect(reenactment.records.lines == real.lines)
        #expect(reenactment.assumedSteps.isEmpty)
        let compared = Comparison.all(
            then: Milestone.all(in: real), now: Milestone.all(in: reenactment.records))
        #expect(compared.map(\.result) == [.same])
        #expect(compared.first?.shift == .zero)
    }

    @Test(arguments: [[950], [985], [1003, 1060], [300, 905, 1100]])
    func aProcessThatDiedDecidesTheSameAgain(deaths: [Int]) throws {
        let watch = Watch()
        watch.outages = [905...4000]
        let real = watch.run(2400, deaths: deaths, recordingTo: path)
        try #require(real.lines.contains { $0.contains("failed-over") })
        let reenactment = try replayed(watch.workload, real)
        #expect(reenactment.records.lines == real.lines)
    }

    @Test func whatOperatorsAskedForCanBeTakenInOrLeftOut() throws {
        let watch = Watch()
        watch.outages = [905...1500]
        let real = watch.run(2000, requests: [(600, .hold), (1300, .release)], recordingTo: path)
        let without = try replayed(watch.workload, real)
        let with = try replayed(watch.workload, real, requests: true)
        #expect(with.records.lines == real.lines)
        #expect(!with.records.lines.contains { $0.contains("on hold") && !$0.contains("ana") })
        let compared = Comparison.all(then: Milestone.all(in: real), now: Milestone.all(in: without.records))
        #expect(compared.filter { $0.now?.kind == .failover }.map(\.result) == [.earlier])
    }

    @Test func aLongerWindowDecidesLaterByAsMuch() throws {
        let watch = Watch()
        watch.outages = [905...4000]
        let real = watch.run(2400, recordingTo: path)
        let compared = try compare(watch, real) { $0.confirmationWindow = .seconds(180) }
        #expect(compared.map(\.result) == [.later])
        let shift = try #require(compared.first?.shift)
        #expect(shift == .seconds(120))
    }

    @Test func aWitnessMoreInTheQuorumDecidesNothingWhereItDidNotAgree() throws {
        let watch = Watch { policy in policy.quorum = 2 }
        // Back before the metrics could show it.
        watch.outages = [905...1010]
        let real = watch.run(2400, recordingTo: path)
        let then = Milestone.all(in: real).map(\.kind)
        let compared = try compare(watch, real) { $0.quorum = 4 }
        #expect(compared.map(\.result) == then.map { _ in .not })
    }

    @Test func observingWouldHaveSaidWhatAutomaticDid() throws {
        let watch = Watch { policy in policy.mode = .observe }
        watch.outages = [905...4000]
        let real = watch.run(2400, recordingTo: path)
        let compared = try compare(watch, real) { $0.mode = .automatic }
        #expect(Set(compared.map(\.result)) == [.not, .wouldHave])
        let failover = try #require(compared.compactMap(\.now).first)
        #expect(failover.kind == .failover)
        #expect(failover.at == compared.compactMap(\.then).first?.at)
        let reenactment = try replayed(watch.workload.with { $0.mode = .automatic }, real)
        // Nobody ever ran its steps, so each counts as done in its typical time.
        #expect(reenactment.assumedSteps == failover.plan?.steps.map(\.id))
    }

    // MARK: - Replaying

    private func compare(
        _ watch: Watch, _ real: [Record], _ change: (inout Policy) -> Void
    ) throws -> [Comparison] {
        let reenactment = try replayed(watch.workload.with(change), real)
        return Comparison.all(then: Milestone.all(in: real), now: Milestone.all(in: reenactment.records))
    }

    private func replayed(
        _ workload: Workload, _ real: [Record], requests: Bool = false
    ) throws -> Reenactment {
        var precedents = Precedents()
        var aftermath = Aftermath()
        for record in real {
            precedents.learn(record)
            aftermath.learn(record)
        }
        let petitions = real.compactMap { record -> Reenactment.Petition? in
            guard requests, let workload = record.workload else { return nil }
            switch record.event {
            case .requestReceived(let request), .requestRefused(let request, _):
                return Reenactment.Petition(at: record.at, workload: workload, request: request)
            default: return nil
            }
        }
        var reenactment = Reenactment(
            machine: DecisionMachine(workloads: [workload], maxConcurrentFailovers: 4),
            workloads: [workload.id], precedents: precedents, aftermath: aftermath,
            requests: petitions)
        let recording = try Recording.openReadOnly(path: path)
        defer { recording.close() }
        for session in try recording.sessions() {
            #expect(session.lost == 0)
            reenactment.begin(session.session, at: session.session.startedAt)
            try recording.replay(
                session: session.number, from: session.session.startedAt, to: session.seenUntil
            ) { reenactment.take($0) }
            reenactment.end(at: session.seenUntil)
        }
        return reenactment
    }
}

extension Workload {
    fileprivate func with(_ change: (inout Policy) -> Void) -> Workload {
        var workload = self
        change(&workload.policy)
        return workload
    }
}

extension [Record] {
    /// Decisions, steps and requests with their times; not what people were told, nor judgements in between.
    fileprivate var lines: [String] {
        compactMap { record in
            let seconds = Double((record.at - Watch.start).milliseconds) / 1000
            let text: String
            switch record.event {
            case .controllerStarted, .controllerStopped, .assessed, .noticeIssued, .noticeSettled: return nil
            case .phaseChanged(let from, let to, let because, _):
                text = "\(from.rawValue) -> \(to.rawValue): \(because)"
            case .planAdopted(let plan): text = "plan \(plan.epoch), \(plan.forecast)"
            default: text = "\(record.event)"
            }
            return "\(seconds) s \(record.rule.map(\.rawValue) ?? "-"): \(text)"
        }
    }
}

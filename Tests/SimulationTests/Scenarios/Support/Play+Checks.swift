import Failover
import Testing

@testable import Simulation

extension Play {
    /// The same run with more troubles: up to their beginning it is the same, call by call.
    func again(
        with more: [Trouble], instead: Bool = false, sourceLocation: SourceLocation = #_sourceLocation
    ) -> Play {
        let all = (instead ? [] : troubles) + more
        let play = Play(
            Stage(seed: stage.seed, layout: stage.layout, troubles: all), troubles: all, sourceLocation)
        guard !instead, let first = more.map(\.from).min() else { return play }
        let isSame = play.happenings(before: first).starts(with: happenings(before: first))
        expect(isSame, "the same until then", sourceLocation)
        return play
    }

    /// Something but the troubles themselves went otherwise than there, while both runs went on: they have
    /// had an effect.
    func differs(from other: Play) -> Bool {
        let ends = [self, other].map { ($0.report.happenings.last?.at ?? World.start) - World.start }
        func rest(_ play: Play) -> [Happening] {
            play.happenings(before: min(ends[0], ends[1])).filter { happening in
                if case .fault = happening.kind { false } else { true }
            }
        }
        return rest(self) != rest(other)
    }

    /// But for the clients' commits, which are told at the end of a run, too.
    private func happenings(before moment: Duration) -> [Happening] {
        report.happenings.prefix { $0.at < World.start + moment }.filter { happening in
            if case .wrote = happening.kind { false } else { true }
        }
    }

    /// Nothing was decided, sent or changed, nothing was lost, and nobody suspects anything in the end.
    func cameToNothing(sourceLocation: SourceLocation = #_sourceLocation) {
        expect(plans.isEmpty && sent.isEmpty && effects.isEmpty, "nothing is done", sourceLocation)
        expect(phase == .watching, "watched in the end", sourceLocation)
        let counts = report.statistics
        expect(counts.commits > 0 && counts.commitsLost == 0, "nothing is lost", sourceLocation)
    }

    /// One plan was made and completed: each database was promoted once, to its standby, clients were led to
    /// the new writers and nowhere else, and people were told.
    func failedOverOnce(sourceLocation: SourceLocation = #_sourceLocation) {
        let standbys = stage.workload.databases.map(\.standby)
        let isOnce = promotions.map(\.what).sorted() == standbys.map { SiteName($0) }.sorted()
        expect(isOnce, "each standby is promoted once", sourceLocation)
        let isCompleted = plans.count == 1 && endings.map(\.what.outcome) == [.completed]
        expect(isCompleted && phase == .failedOver, "one plan is completed", sourceLocation)
        let isFollowed = ledTo == Set(standbys.map(\.endpoint.host))
        expect(isFollowed, "names lead to the new writers only", sourceLocation)
        expect(told.contains { $0.what.kind == .completed }, "people are told", sourceLocation)
    }

    /// Where it does not hold the run's log is kept, by `swift test --attachments-path DIRECTORY`.
    func expect(_ holds: Bool, _ what: Comment, _ sourceLocation: SourceLocation) {
        #expect(holds, "\(what): \(self)", sourceLocation: sourceLocation)
        guard !holds else { return }
        Attachment.record(
            report.log, named: "seed-\(stage.seed.value).log", sourceLocation: sourceLocation)
    }
}

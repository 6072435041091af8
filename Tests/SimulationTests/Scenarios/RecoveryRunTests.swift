import Failover
import Testing

@testable import Simulation

/// The scenarios of recovery in the simulator: what follows after a failover.
@Suite("Recovery in the simulator") struct RecoveryRunTests {
    /// Runs in which the lost Region comes back a minute after the failover was completed, with what else
    /// happens then.
    private func returns(
        _ count: Int, then more: (Duration) -> [Trouble] = { _ in [] },
        where took: (Play) -> Bool = { _ in true }
    ) throws -> [Play] {
        let scene = Scene(
            troubles: [.loss()],
            fits: \.isFenced)
        return try scene.plays(count, where: took).map { calm in
            let back = try #require(calm.endings.first).since + .seconds(60)
            var loss = Trouble.loss()
            loss.lasts = back - loss.from
            // An owed fence may take several tries: the run goes on for as long.
            let rest = Trouble.nothing(at: back + .seconds(900))
            return calm.again(with: [loss, rest] + more(back), instead: true)
        }
    }

    @Test("R1: an old primary that comes back is fenced, and nothing goes back to it")
    func oldPrimary() throws {
        for play in try returns(3) {
            play.failedOverOnce()
            let back = World.start + play.troubles[0].from + (play.troubles[0].lasts ?? .zero)
            let settled: [Play.Dated<FenceSettlement>] = play.dated {
                if case .fenceSettled(_, let settlement) = $0 { settlement } else { nil }
            }
            #expect(settled.count == play.stage.standbys.count, "\(play)")
            #expect(settled.allSatisfy { $0.at > back }, "\(play)")
            for database in play.stage.workload.databases {
                let isRebuilt = settled.contains { if case .cancelled = $0.what { true } else { false } }
                let isFenced = play.effects.contains {
                    $0.at > back && $0.what == .fenced(database.id, site: SiteName(database.primary))
                }
                #expect(isFenced || isRebuilt, "\(database.id): \(play)")
            }
            #expect(play.told.contains { $0.what.kind == .fenced }, "\(play)")
        }
    }

    @Test("R2: where the old side alone holds commits, nothing is deleted, restored, rebuilt or stopped")
    func keptCommits() throws {
        let destructive = ["Delete", "Restore", "Create", "Terminate", "Stop"]
        for play in try returns(3, where: { $0.report.statistics.commitsLost > 0 }) {
            #expect(!play.sent.isEmpty)
            for call in play.sent {
                let operation = call.what.operation
                #expect(!destructive.contains { operation.hasPrefix($0) }, "\(operation): \(play)")
            }
        }
    }

    @Test("R3: nobody gets the way back before the old side follows the new one")
    func failback() throws {
        let plays = try returns(2) { back in
            [Trouble(.operatorFailover, .asked(host: 0), from: back + .seconds(60), lasts: .zero)]
        }
        for play in plays {
            play.failedOverOnce()
            #expect(play.refusals.count == 1, "\(play)")
            #expect(play.refusals.first?.contains("rebuild replication") == true, "\(play.refusals)")
        }
    }

    @Test("R5: after a failover people are told that nothing protects the workload, and told again")
    func exposed() throws {
        let scene = Scene(
            troubles: [.loss()],
            fits: \.isFenced)
        for calm in try scene.plays(2) {
            let ended = try #require(calm.endings.first).since
            // Nothing more happens, for an hour.
            let play = calm.again(with: [.nothing(at: ended + .seconds(3600))])
            play.failedOverOnce()
            let completed = try #require(play.notices.first { $0.what.kind == .completed })
            #expect(completed.what.headline.contains("no standby"), "\(completed.what.headline)")
            // While a fence is owed, half an hour later.
            #expect(play.told.contains { $0.what.kind == .exposed }, "\(play)")
        }
    }
}

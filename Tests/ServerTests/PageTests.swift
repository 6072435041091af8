import Foundation
import Journal
import Testing

@testable import Failover
@testable import Server

@Suite(.timeLimit(.minutes(1))) struct PageTests {
    static let noon = Timestamp(milliseconds: 1_700_000_000_000)

    @Test func whateverIsPutIntoAPieceIsEscaped() {
        let hostile = "<script>alert('1')</script> & \"x\"\n\u{202e}\u{0}"
        let safe =
            "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot; \u{fffd}\u{fffd}"
        let piece: HTML = #"<p title="\#(hostile)">\#(hostile) \#("<b>" as HTML)</p>"#
        #expect(piece.text == "<p title=\"\(safe)\">\(safe) <b></p>")
        #expect(HTML.escaped("Zürich 東京 é") == "Zürich 東京 é")
    }

    @Test func theLagOfAnHourTakesAFixedRoom() {
        var history = LagHistory()
        let series = LagHistory.Series(workload: "orders", database: "orders")
        for second in 0..<9000 {
            let lag = second == 8998 ? 7.0 : 0.25
            history.take([Self.view(lag: lag)], now: Self.noon + .seconds(second))
        }
        let points = history.lately(series)
        #expect((240...241).contains(points.count))
        #expect(points.last?.seconds == 7.0, "the highest of a step stays to be seen")
        history.take([Self.view(lag: nil)], now: Self.noon + .seconds(9001))
        #expect(history.lately(series).count == points.count, "what is not known has no point")
    }

    @Test func aPlotSaysInWordsWhatItShowsAndBreaksWhereNothingWasKnown() {
        let points = [0, 15, 30, 600, 615].map {
            LagHistory.Point(at: Self.noon + .seconds($0), seconds: Double($0) / 100)
        }
        let plot = LagPlot(points: points, now: Self.noon + .seconds(630), limit: 10)
        #expect(plot.html.text.components(separatedBy: "<polyline").count == 3)
        #expect(plot.html.text.contains("limit 10 s"))
        #expect(
            plot.summary
                == "Lag in the last hour: 6.1 s at the end, 6.1 s at most, at most 10 s may be lost.")
        #expect(!LagPlot(points: points, now: Self.noon, limit: 300).html.text.contains("limit 5 min"))
        #expect(LagPlot(points: [], now: Self.noon, limit: nil).html == .nothing)
    }

    @Test func everyPhaseSaysWhatAPersonMustDo() {
        let expected: [(Phase, Duty.Level, String?)] = [
            (.watching, .calm, nil), (.suspected, .watch, nil), (.blocked, .act, "drctl explain orders"),
            (.awaitingApproval, .act, "drctl approve orders --reason '...'"), (.failingOver, .act, nil),
            (.needsOperator, .act, "drctl resume orders --reason '...'"), (.failedOver, .watch, nil),
        ]
        #expect(Set(expected.map(\.0)) == Set(Phase.allCases))
        for (phase, level, command) in expected {
            let duty = Duty(Self.view(phase: phase), runbook: nil)
            #expect(duty.level == level, "\(phase)")
            #expect(duty.tasks.first?.command == command, "\(phase)")
        }
    }

    @Test func healthyButNotReadyIsNotWell() {
        var view = Self.view(lag: 0.2)
        view.assessment?.gates = [
            GateResult(id: .lag, open: false, because: "too far behind", kind: .safe),
            GateResult(id: .quorum, open: false, because: "nothing says failed", kind: .evidence),
        ]
        let duty = Duty(view, runbook: nil)
        #expect(duty.level == .watch)
        #expect(duty.wrong == ["orders could not fail over now: lag: too far behind"])
    }

    @Test func theHeadlineIsTheWorstOfAll() {
        func headline(_ phases: [Phase], obstacle: String? = nil) -> String {
            let rows = phases.enumerated().map { index, phase in
                (id: WorkloadID("w\(index)"), duty: Duty(Self.view(phase: phase), runbook: nil))
            }
            return SummaryPiece(status: Self.status([]), duties: rows, obstacle: obstacle).headline
        }
        #expect(headline([.watching]) == "w0 is well")
        #expect(headline([.watching, .watching]) == "All 2 workloads are well")
        #expect(headline([.watching, .suspected]) == "w1: have a look")
        #expect(headline([.failedOver, .blocked, .needsOperator]) == "w1, w2 need attention")
        #expect(headline([.blocked, .blocked, .blocked, .blocked]) == "4 workloads need attention")
        #expect(headline([.watching], obstacle: "no round has ended yet") == "drctl itself needs you")
    }

    @Test func thePageIsMadeOnceASecondHoweverManyLook() async {
        let service = Counting()
        let feed = PageFeed(
            service, words: PageWords(record: { _ in "done" }, runbook: { _ in nil }, limit: { _ in nil }))
        for _ in 0..<10 { _ = await feed.snapshot() }
        #expect(service.asked.withLock { $0 } == 1)
        service.now.withLock { $0 = $0 + .seconds(1) }
        let snapshot = await feed.snapshot()
        #expect(service.asked.withLock { $0 } == 2)
        #expect(snapshot.pieces.map(\.id) == ["summary", "w-orders", "history", "service"])
        let page = StatusPage(snapshot: snapshot).html.text
        #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("us-east-1"))
    }

    // MARK: - Samples

    static func view(phase: Phase = .watching, lag: Double? = 0.2) -> WorkloadView {
        let view = lag.map {
            LagView(lagSeconds: $0, sampledAt: noon, appliedUpTo: noon, lossSeconds: $0)
        }
        let database = DatabaseAssessment(database: "orders", verdict: .healthy, votes: [], lag: view)
        let assessment = Assessment(
            at: noon, verdict: .healthy, sentence: "orders is healthy in us-east-1.", databases: [database],
            gates: [], suspectedSince: nil, quorumSince: nil)
        return WorkloadView(
            id: "orders", phase: phase, phaseSince: noon, mode: .automatic, primaryRegion: "us-east-1",
            standbyRegion: "us-west-2", activeRegion: "us-east-1", epoch: 0, assessment: assessment,
            owedFences: [], unfenced: [], heldLevers: [], undeliveredNotices: 0, priority: 0, ledgers: [])
    }

    static func status(_ views: [WorkloadView], now: Timestamp = noon) -> ServiceStatus {
        ServiceStatus(
            version: "1", region: "eu-west-1", configurationDigest: "0", now: now, startedAt: noon,
            lastRoundAt: now, journalFault: nil, workloads: views)
    }

    private final class Counting: Operations {
        let now = Locked(PageTests.noon)
        let asked = Locked(0)

        func status() async -> ServiceStatus {
            PageTests.status([PageTests.view()], now: now.withLock { $0 })
        }

        func gauges() async -> ServiceGauges {
            asked.withLock { $0 += 1 }
            return ServiceGauges(lastTurnAt: nil, round: .seconds(10), calls: [], webhook: nil)
        }

        func knows(_ workload: WorkloadID) async -> Bool { true }
        func dryRun(_ request: OperatorRequest, of workload: WorkloadID) async -> DryRunReport? { nil }
        func request(_ request: OperatorRequest, for workload: WorkloadID) async -> OperatorReply {
            .refused(message: "")
        }
        func history(after sequence: Int64, workload: WorkloadID?, limit: Int) async throws -> [Entry] { [] }
        func latest(workload: WorkloadID?, limit: Int) async throws -> [Entry] { [] }
        func explanation(of workload: WorkloadID, at time: Timestamp) async throws -> Explanation? { nil }
    }
}

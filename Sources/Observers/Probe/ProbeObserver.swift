import Failover

/// Our own connection to the endpoint of each side of every database; see `Probe`.
public struct ProbeObserver: Observer {
    public let name = "probe"
    public let context: ObserverContext

    private static let source = "TCP probe"
    private static let sqlSource = "SQL probe"
    private static let vantage = "this host"

    public init(context: ObserverContext) {
        self.context = context
    }

    public func errands(about workloads: [Workload], closer: Set<WorkloadID>) -> [Errand] {
        workloads.flatMap { workload in
            workload.databases.flatMap { database in
                Side.allCases.map { side in
                    errand(
                        Question(
                            workload: workload.id, database: database.id,
                            slot: side == .primary ? .primaryProbe : .standbyProbe),
                        side, database)
                }
            }
        }
    }

    private func errand(_ question: Question, _ side: Side, _ database: Database) -> Errand {
        let endpoint = database.site(side).endpoint
        let sql =
            side == .primary
            ? SQLQuestion.writer(of: database, in: question.workload)
            : SQLQuestion.replica(of: database, in: question.workload)
        let source = sql == nil ? Self.source : Self.sqlSource
        var errand = Errand(
            source: source, vantage: Self.vantage, questions: [question],
            // A last resort: the probe's own limits come first. The wait for other probes' sockets is in it,
            // those of probes that write, which do not wait for their turn, and one of sessions that hang.
            limit: context.probeLimit * 5 + .seconds(1) + (sql == nil ? .zero : context.sqlLimit * 2)
        ) {
            guard let reading = await Probe(context: context).read(endpoint, asking: sql) else { return [] }
            return [
                question.observed(
                    .probe(side: side, reading: reading), source: source, vantage: Self.vantage,
                    at: context.now())
            ]
        }
        errand.mayWait = sql == nil
        // One that writes waits for nothing: see `mayWait`.
        errand.takesTurn = sql == nil
        return errand
    }
}

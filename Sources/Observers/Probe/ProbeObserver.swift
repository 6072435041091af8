import Failover

/// Our own connection to the endpoint of each side of every database; see `Probe`.
public struct ProbeObserver: Observer {
    public let name = "probe"
    public let context: ObserverContext

    private static let source = "TCP probe"
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
                        side, database.site(side).endpoint)
                }
            }
        }
    }

    private func errand(_ question: Question, _ side: Side, _ endpoint: Endpoint) -> Errand {
        Errand(
            source: Self.source, vantage: Self.vantage, questions: [question],
            // A last resort: the probe's own limits come first. The wait for one of `ProbeThread.maxRunning`
            // turns is in it, four rounds of silent ones.
            limit: context.probeLimit * 5 + .seconds(1)
        ) {
            guard let reading = await Probe(context: context).read(endpoint) else { return [] }
            return [
                question.observed(
                    .probe(side: side, reading: reading), source: Self.source, vantage: Self.vantage,
                    at: context.now())
            ]
        }
    }
}

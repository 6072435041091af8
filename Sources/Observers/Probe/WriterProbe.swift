import Failover

/// Connections to servers that should write, for the steps that must see it. What a server is asked depends
/// on its database; one that config.yaml does not name (any more) proves nothing, whatever answers there.
public struct WriterProbe: Sendable {
    private let probe: Probe
    private let workloads: [Workload]

    public init(_ probe: Probe, of workloads: [Workload]) {
        self.probe = probe
        self.workloads = workloads
    }

    /// With a write where config.yaml has `sql` for the database.
    public func once(_ endpoint: Endpoint) async -> Reading<ProbeAnswer> {
        guard let (workload, database) = owner(of: endpoint) else { return Self.unnamed(endpoint) }
        let question = SQLQuestion.writer(of: database, in: workload, host: endpoint.host)
        return await probe.once(endpoint, asking: question)
    }

    /// Through a name of the clients' that leads to the endpoint; its certificate names the endpoint and
    /// nothing else. `writing`: as far as config.yaml says so; otherwise it is only asked. Nil where there is
    /// no `sql`.
    public func through(
        _ name: String, to endpoint: Endpoint, writing: Bool
    ) async -> Reading<ProbeAnswer>? {
        guard let (workload, database) = owner(of: endpoint) else { return Self.unnamed(endpoint) }
        let question = SQLQuestion.writer(
            of: database, in: workload, host: endpoint.host, writing: writing)
        guard let question else { return nil }
        return await probe.once(Endpoint(host: name, port: endpoint.port), asking: question)
    }

    private func owner(of endpoint: Endpoint) -> (WorkloadID, Database)? {
        for workload in workloads {
            for database in workload.databases
            where database.primary.endpoint == endpoint || database.standby.endpoint == endpoint {
                return (workload.id, database)
            }
        }
        return nil
    }

    private static func unnamed(_ endpoint: Endpoint) -> Reading<ProbeAnswer> {
        .unknown(
            reason: .missing,
            detail:
                "config.yaml names no database at \(endpoint) any more, so that nobody knows what is to be "
                + "asked there: abandon the plan")
    }
}

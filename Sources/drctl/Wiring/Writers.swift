import Failover
import Observers

/// Which database an endpoint belongs to, for the steps that must see it write.
struct Writers: Sendable {
    let workloads: [Workload]

    /// What a server at the endpoint is asked in SQL, whatever name led to it: its certificate names the
    /// endpoint and nothing else. Nil where config.yaml has no `sql`.
    func question(at endpoint: Endpoint) -> SQLQuestion? {
        for workload in workloads {
            for database in workload.databases
            where database.primary.endpoint == endpoint || database.standby.endpoint == endpoint {
                return SQLQuestion.writer(of: database, in: workload.id, host: endpoint.host)
            }
        }
        return nil
    }
}

import Failover
import Journal

/// What the operator API can ask of the controller.
public protocol Operations: Sendable {
    func status() async -> ServiceStatus
    func knows(_ workload: WorkloadID) async -> Bool
    func dryRun(_ request: OperatorRequest, of workload: WorkloadID) async -> DryRunReport?
    func request(_ request: OperatorRequest, for workload: WorkloadID) async -> OperatorReply
    /// Ascending; at most `limit`.
    func history(after sequence: Int64, workload: WorkloadID?, limit: Int) async throws -> [Entry]
    func latest(workload: WorkloadID?, limit: Int) async throws -> [Entry]
}

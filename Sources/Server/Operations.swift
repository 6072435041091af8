import Failover
import Journal

/// What the operator API can ask of the controller.
public protocol Operations: Measured {
    func knows(_ workload: WorkloadID) async -> Bool
    func dryRun(_ request: OperatorRequest, of workload: WorkloadID) async -> DryRunReport?
    func request(_ request: OperatorRequest, for workload: WorkloadID) async -> OperatorReply
    /// Ascending; at most `limit`.
    func history(after sequence: Int64, workload: WorkloadID?, limit: Int) async throws -> [Entry]
    func latest(workload: WorkloadID?, limit: Int) async throws -> [Entry]
    /// What the journal says of a time that has passed; nil when it begins later. Reads all of it.
    func explanation(of workload: WorkloadID, at time: Timestamp) async throws -> Explanation?
}

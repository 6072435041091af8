import Failover

/// Asked by somebody who cannot wait: nil when there is no answer in time. A call that hangs in whatever way,
/// for credentials that never come too, is left behind.
extension LeaseStore {
    public func read(
        within patience: Duration, sleep: @escaping @Sendable (Duration) async throws -> Void
    ) async -> Result<LeaseRecord?, JournalError>? {
        await firstAnswer(within: patience, sleep: sleep) {
            do throws(JournalError) { return .success(try await read()) } catch { return .failure(error) }
        }
    }

    public func replace(
        _ expected: LeaseRecord?, with next: LeaseRecord, within patience: Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) async -> Result<Bool, JournalError>? {
        await firstAnswer(within: patience, sleep: sleep) {
            do throws(JournalError) {
                return .success(try await replace(expected, with: next))
            } catch {
                return .failure(error)
            }
        }
    }
}

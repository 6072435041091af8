import AWS
import Failover
import Observers
import Settings

/// What the examinations ask through. Nothing here changes anything: only operations that read, and EC2's
/// dry run. The probe's own row is written where config.yaml has `sql`, as the service writes it.
struct DoctorContext: Sendable {
    let assembly: Assembly
    let socketPath: String

    var configuration: Configuration { assembly.configuration }
    var clock: MachineClock { assembly.clock }

    /// Whatever the configuration's patience: an answer comes within milliseconds, and somebody waits.
    static let options = CallOptions(
        connectTimeout: .seconds(2), attemptTimeout: .seconds(4), deadline: .seconds(8), maxAttempts: 3)

    func ask<O: Operation>(_ operation: O, in region: Region) async throws(AWSError) -> O.Output {
        try await assembly.aws.call(operation, region: region.rawValue, options: Self.options)
    }

    func all<O: PaginatedOperation>(
        _ operation: O, in region: Region, maxPages: Int = 10
    ) async throws(AWSError) -> [O.Item] {
        try await assembly.aws.all(
            operation, region: region.rawValue, options: Self.options, maxPages: maxPages)
    }

    var regions: [Region] { configuration.regions }

    /// Evidence as the service gathers it, but with our own patience: a poll interval may be minutes.
    /// `moved`: whose configured primary must not be written to.
    func observations(sparing moved: Set<WorkloadID>) async -> [Observation] {
        let (assembly, clock) = (assembly, clock)
        let watch = Watch(
            context: ObserverContext(
                aws: assembly.aws, now: { clock.now() }, sleep: { try await clock.sleep(for: $0) },
                metricPeriodSeconds: configuration.aws.metricPeriod, resolver: assembly.resolver,
                callOptions: Self.options))
        return await watch.round(configuration.workloads.sparing(moved), closer: [])
    }
}

/// A call's answer or why there is none, for findings that need several answers at once.
typealias Asked<Value> = Swift.Result<Value, AWSError>

func asked<Value: Sendable>(_ call: () async throws(AWSError) -> Value) async -> Asked<Value> {
    do throws(AWSError) {
        return .success(try await call())
    } catch {
        return .failure(error)
    }
}

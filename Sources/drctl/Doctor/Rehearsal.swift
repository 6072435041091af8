import Failover
import Server

/// A dry run: by the service, which has watched for longer, else here on one look.
struct Rehearsal {
    let context: DoctorContext
    let standings: Standings
    let observations: [Observation]

    private static let request = OperatorRequest(
        verb: .failover, by: "doctor", reason: "dry run", overrides: [])

    func dryRun(of workload: Workload) async -> DryRun? {
        if standings.service != nil {
            let client = ServiceClient(socketPath: context.socketPath)
            let id = workload.id
            let report = await within(.seconds(4), context.clock) {
                try? await client.dryRun(Self.request, of: id)
            }
            if let report = report ?? nil { return report.dryRun }
        }
        var machine = standings.machine
        let now = context.clock.now()
        // The look took as long as its slowest answer: what came first must not be stale for it.
        let atOnce = observations.map { observation in
            var observation = observation
            observation.at = now
            return observation
        }
        _ = machine.handle(.observed(atOnce), now: now)
        return machine.dryRun(Self.request, of: workload.id, now: now)
    }
}

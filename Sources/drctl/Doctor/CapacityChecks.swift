import AWS
import Execution
import Failover

/// Would what serves the clients grow? Asked in both Regions: after the way back it is the other one's turn.
struct CapacityChecks {
    let context: DoctorContext
    let workload: Workload

    var examinations: [Examination] {
        workload.capacity.map { capacity in
            Examination(workload.id.rawValue, name(of: capacity)) { [await finding(capacity)] }
        }
    }

    private func name(of capacity: Capacity) -> String { "capacity \(capacity.region) \(capacity.name)" }

    private func finding(_ capacity: Capacity) async -> Finding {
        let name = name(of: capacity)
        let looked = await asked { () async throws(AWSError) in
            try await CapacityView.look(at: capacity, context.assembly.aws, DoctorContext.options)
        }
        switch looked {
        case .failure(let error) where error.kind == .notFound: return .fail(name, Self.absent(capacity))
        case .failure(let error): return .fail(name, error)
        case .success(nil): return .fail(name, Self.absent(capacity))
        case .success(let view?):
            return Self.finding(name, capacity, view, grows: capacity.region == workload.standbyRegion)
        }
    }

    private static func absent(_ capacity: Capacity) -> String {
        "there is no \(capacity.label): correct its names under capacity, or make it"
    }

    /// Pure: what a look amounts to.
    static func finding(_ name: String, _ capacity: Capacity, _ view: CapacityView, grows: Bool) -> Finding {
        if view.takesNoNumber {
            return .fail(
                name,
                "\(capacity.label) is a DAEMON: one task on each instance, and no number to raise. Name the "
                    + "Auto Scaling group of its instances instead")
        }
        if let refusal = view.refusal(of: capacity.desired) {
            return .fail(name, "\(capacity.label) \(refusal)")
        }
        let now = "\(capacity.label): \(view.running) of \(view.desired) run"
        guard grows else {
            return .ok(name, "\(now); raised when clients are led there, once the roles are turned")
        }
        if view.holds(capacity.desired) { return .ok(name, "\(now), a failover raises it no further") }
        let least = view.desired >= capacity.desired ? "its MinSize" : "it"
        return .ok(name, "\(now), a failover raises \(least) to \(capacity.desired)")
    }
}

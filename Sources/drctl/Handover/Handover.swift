import Failover

/// What is left to people after a failover, and after a failback: replication has to be rebuilt, and both
/// this configuration and whatever made the databases must say the roles as they are now.
struct Handover: Encodable {
    var workload: WorkloadID
    /// Which failover of the workload; nil when it was made without the service.
    var epoch: Int?
    /// Where the writer was.
    var from: Region
    /// Where it is.
    var to: Region
    /// In the order in which they are to be done.
    var steps: [HandoverStep]

    /// - Parameter view: how the service sees it; nil when none runs.
    init(_ workload: Workload, view: WorkloadView?, controller: Region) {
        self.workload = workload.id
        epoch = view?.epoch
        from = workload.primaryRegion
        to = workload.standbyRegion
        steps = Self.before(workload, view)
        steps += workload.databases.map { Rebuilding(workload: workload.id, database: $0) }.flatMap(\.steps)
        steps.append(
            HandoverStep(
                "tell drctl the roles as they are (a host of deploy/pulumi is told by the step above)",
                edits: Handover.edits(workload, controller: controller),
                commands: ["drctl validate", "sudo systemctl restart drctl"]))
        steps.append(
            HandoverStep(
                "let drctl watch again, in the other direction",
                commands: [
                    "drctl doctor", "drctl release \(workload.id) --reason 'the roles are turned'",
                    "drctl status \(workload.id)",
                ]))
        steps += Self.shrinking(workload)
    }

    /// Nothing else takes away what served the clients in the old Region: drctl only ever raises. Once the
    /// roles are turned, since a way home before that would need it.
    private static func shrinking(_ workload: Workload) -> [HandoverStep] {
        let left = workload.capacity.filter { $0.region == workload.primaryRegion }
        guard !left.isEmpty else { return [] }
        return [
            HandoverStep(
                "make what served in \(workload.primaryRegion) small again, as a standby is "
                    + "(deploy/pulumi did it with the roles)",
                commands: ["SMALL=1    # as many as your standby keeps"]
                    + left.map { $0.command(desired: "$SMALL") })
        ]
    }

    private static func before(_ workload: Workload, _ view: WorkloadView?) -> [HandoverStep] {
        var steps: [HandoverStep] = []
        for fence in view?.owedFences ?? [] {
            let title = "wait until \(fence.identifier) in \(fence.region) is fenced, or fence it by hand"
            steps.append(HandoverStep(title, commands: ["drctl status \(workload.id)"]))
        }
        for ledger in view?.ledgers ?? [] {
            let close = "drctl ledger close \(workload.id) --failover \(ledger.failover) --reason '...'"
            steps.append(
                HandoverStep(
                    "look for what was not replicated, while the old writer still has it",
                    commands: ["drctl ledger \(workload.id)", close]))
        }
        let hold = "drctl hold \(workload.id) --reason 'the roles are being turned'"
        return steps + [HandoverStep("keep drctl from acting meanwhile", commands: [hold])]
    }
}

/// One thing to do.
struct HandoverStep: Encodable {
    var title: String
    var edits: [HandoverEdit]
    var commands: [String]

    init(_ title: String, edits: [HandoverEdit] = [], commands: [String] = []) {
        self.title = title
        self.edits = edits
        self.commands = commands
    }
}

/// One value in config.yaml.
struct HandoverEdit: Encodable, Equatable {
    var path: String
    /// What is there; nil when it is not written there.
    var from: String?
    /// What belongs there; nil when only people know it, and `note` says what it is.
    var to: String?
    var note: String?
}

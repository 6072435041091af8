import Failover

/// The replica, and the host of drctl.
extension EventKind {
    static let replicaKinds: [EventKind] = [
        EventKind(
            name: "lag", aliases: ["replica-lagging", "replication-lag", "replica-lag"],
            parameters: [EventParameter(key: "is", form: .span, required: true)]
        ) { now, event, _ in now.lag = event.span("is") ?? now.lag },
        EventKind(
            name: "lag-grows", aliases: ["lag-growing", "replica-falls-behind"],
            parameters: [EventParameter(key: "rate", form: .share)]
        ) { now, event, _ in now.growth = event.share("rate") ?? 1 },
        // AWS says so: the metric is -1 and the replica's status is not normal.
        EventKind(
            name: "replica-broken", aliases: ["replication-broken", "replication-error"]
        ) { now, _, _ in (now.replicationBroken, now.replicationText) = (true, "error") },
        EventKind(
            name: "replication-terminated", aliases: ["replica-terminated"]
        ) { now, _, _ in (now.replicationBroken, now.replicationText) = (true, "terminated") },
        // Nobody says so: nothing arrives, and the lag grows.
        EventKind(
            name: "replication-stalled", aliases: ["replication-stops", "replica-receives-nothing"]
        ) { now, _, _ in now.cuts.insert(.init(.primaryDatabase, .standbyDatabase)) },
        EventKind(
            name: "replica-down", aliases: ["standby-down", "replica-dead"], parameters: [.how, .status]
        ) { now, event, _ in
            now.standbyServer = event.word("how") == "refused" ? .refusing : .silent
            now.standbyStatus = event.word("status") ?? now.standbyStatus
        },
        EventKind(
            name: "replica-upgrading", aliases: ["standby-upgrading"], parameters: [.status]
        ) { now, event, _ in now.standbyStatus = event.word("status") ?? "upgrading" },
        EventKind(
            name: "replica-headless", aliases: ["standby-headless"]
        ) { now, _, _ in now.standbyInstances = 0 },
        EventKind(
            name: "replica-version", aliases: ["standby-version"],
            parameters: [EventParameter(key: "is", form: .word, required: true)]
        ) { now, event, _ in now.standbyVersion = event.word("is") },
        EventKind(
            name: "replica-promoted", aliases: ["standby-promoted"]
        ) { now, _, _ in now.standbyIsWriter = true },
        EventKind(
            name: "replica-deleted", aliases: ["standby-deleted"]
        ) { now, _, _ in (now.standbyExists, now.standbyServer) = (false, .silent) },
    ]

    static let hostKinds: [EventKind] = [
        EventKind(
            name: "controller-paused", aliases: ["host-paused", "controller-down", "host-down"]
        ) { now, _, _ in now.hostRuns = false },
        EventKind(name: "hold", aliases: ["operator-hold"]) { now, _, _ in now.onHold = true },
        // drctl's clock only follows the monotonic one, and AWS tells the time in every answer.
        EventKind(
            name: "clock-steps", aliases: ["clock-jumps"],
            parameters: [EventParameter(key: "by", form: .word)]
        ),
    ]
}

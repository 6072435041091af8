import Failover

/// The primary's Region and the database itself.
extension EventKind {
    static let regionKinds: [EventKind] = [
        EventKind(
            name: "region-down",
            aliases: ["region-dead", "region-lost", "region-outage", "region-fails", "region-gone"],
            parameters: [.region]
        ) { now, event, places in
            let name = event.word("region")
            if places.isPrimary(name) { (now.primaryRegionUp, now.primaryAPI) = (false, .unknown(.silent)) }
            if places.isStandby(name) { loseStandbyRegion(&now, places) }
            if places.isMetricsHome(name) { now.metricsHome = .unknown(.silent) }
        },
        // Alive inside, and cut off from everybody outside, its own API and replication included.
        EventKind(
            name: "region-unreachable",
            aliases: ["region-partitioned", "region-isolated", "region-cut-off"], parameters: [.region]
        ) { now, event, places in
            let name = event.word("region")
            if places.isPrimary(name) {
                for end in [Conditions.End.host, .standby, .checkers] {
                    now.cuts.insert(.init(end, .primary))
                }
            }
            if places.isStandby(name) {
                now.cuts.formUnion([.init(.host, .standby), .init(.primary, .standby)])
                now.standbyMetrics = .unknown(.silent)
            }
            if places.isMetricsHome(name) { now.metricsHome = .unknown(.silent) }
        },
        // Its public edge: what comes over the internet, while AWS's backbone (replication) works.
        EventKind(
            name: "region-edge-down", aliases: ["region-internet-down", "edge-down"]
        ) { now, _, _ in
            now.cuts.formUnion([.init(.host, .primary), .init(.checkers, .primary)])
        },
    ]

    private static func loseStandbyRegion(_ now: inout Conditions, _ places: Places) {
        (now.standbyRegionUp, now.standbyAPI) = (false, .unknown(.silent))
        now.standbyMetrics = .unknown(.silent)
        if places.host == .standby { now.hostRuns = false }
    }

    static let databaseKinds: [EventKind] = [
        EventKind(
            name: "database-down",
            aliases: [
                "database-dead", "db-down", "instance-down", "primary-down", "primary-dead", "writer-down",
                "database-crashed", "instance-dead",
            ], parameters: [.how, .status]
        ) { now, event, _ in
            now.server = event.word("how") == "refused" ? .refusing : .silent
            now.status = event.word("status") ?? now.status
        },
        EventKind(
            name: "instance-failed", aliases: ["database-failed", "encryption-key-lost"],
            parameters: [.status]
        ) { now, event, _ in
            (now.server, now.status) = (.silent, event.word("status") ?? "failed")
        },
        EventKind(
            name: "multi-az-failover", aliases: ["provider-recovery", "provider-failover", "aws-recovers"],
            parameters: [.status]
        ) { now, event, _ in
            (now.server, now.status) = (.silent, event.word("status") ?? "failing-over")
        },
        EventKind(
            name: "rebooting", aliases: ["reboot", "restart", "database-restarts"], parameters: [.status]
        ) { now, event, _ in
            (now.server, now.status) = (.refusing, event.word("status") ?? "rebooting")
        },
        EventKind(
            name: "maintenance", aliases: ["upgrading", "upgrade", "patching"], parameters: [.status]
        ) { now, event, _ in
            (now.server, now.status) = (.refusing, event.word("status") ?? "upgrading")
        },
        EventKind(name: "stopped", aliases: ["database-stopped"]) { now, _, _ in
            (now.server, now.status) = (.silent, "stopped")
        },
        EventKind(name: "deleted", aliases: ["database-deleted"]) { now, _, _ in
            (now.server, now.exists, now.nameLost) = (.silent, false, .forAll)
        },
        // Only what the API says; the server goes on as it is.
        EventKind(
            name: "status", aliases: ["status-is"],
            parameters: [EventParameter(key: "is", form: .word, required: true), .side]
        ) { now, event, _ in
            let text = event.word("is") ?? now.status
            if event.word("side") == "standby" { now.standbyStatus = text } else { now.status = text }
        },
        EventKind(
            name: "gray", aliases: ["gray-failure", "grey", "writes-hang", "storage-stall"]
        ) { now, _, _ in now.writesHang = true },
        EventKind(
            name: "writes-refused", aliases: ["read-only"]
        ) { now, _, _ in now.writesRefused = true },
        EventKind(
            name: "logical-fault", aliases: ["id-exhaustion", "bad-schema-change", "poison-query"]
        ) { now, _, _ in now.applicationFails = true },
        EventKind(
            name: "disk-full", aliases: ["storage-full"]
        ) { now, _, _ in (now.writesRefused, now.status) = (true, "storage-full") },
        EventKind(
            name: "connections-exhausted", aliases: ["too-many-connections", "overloaded"]
        ) { now, _, _ in now.logins = .crowded },
        EventKind(
            name: "logins-fail", aliases: ["password-expired", "certificate-expired"]
        ) { now, _, _ in now.logins = .refused },
        EventKind(name: "demoted", aliases: ["primary-is-replica"]) { now, _, _ in now.isDemoted = true },
        EventKind(
            name: "idle", aliases: ["clients-idle", "no-writes", "quiet"]
        ) { now, _, _ in now.idle = true },
    ]
}

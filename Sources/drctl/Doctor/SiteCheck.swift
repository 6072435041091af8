import Failover

/// One side of a database: is it what the configuration says?
struct SiteCheck {
    var database: Failover.Database
    var side: Side
    var facts: SiteFacts
    /// Where the writer should be.
    var active: Side

    private var name: String { "\(side.rawValue) \(database.id)" }
    private var site: Site { database.site(side) }
    private var isAurora: Bool { database.kind != .rdsReplica }

    var findings: [Finding] {
        (status + role + endpoint + engine).orOK(
            name,
            "\(site.identifier) in \(site.region) is \(facts.status), a "
                + "\(facts.isReplica ? "replica" : "writer"), \(facts.engine) \(facts.engineVersion), "
                + "\(Set(facts.classes).sorted().joined(separator: ", "))"
        )
    }

    private var status: [Finding] {
        let status = facts.status
        switch StatusMeaning(status: status) {
        case .serving: break
        case .recovering: return [.warn(name, "\(site.identifier) is \(status): wait until AWS is done")]
        case .failed, .deliberate, .unknown:
            return [
                .fail(
                    name,
                    "\(site.identifier) is \(status): see what AWS says of it in the console of "
                        + "\(site.region)"
                )
            ]
        }
        guard isAurora else { return [] }
        if facts.instanceStatuses.isEmpty {
            return [
                .fail(
                    name,
                    "\(site.identifier) is headless: it has no instance and cannot serve. Add one in "
                        + "\(site.region)"
                )
            ]
        }
        guard !facts.instanceStatuses.contains(where: { StatusMeaning(status: $0) == .serving }) else {
            return []
        }
        return [
            .fail(
                name,
                "no instance of \(site.identifier) serves: \(facts.instanceStatuses.joined(separator: ", "))")
        ]
    }

    private var role: [Finding] {
        let shouldWrite = side == active
        guard facts.isReplica == shouldWrite else { return [] }
        if active == .standby, side == .primary {
            // A failover has left it where it was; that it writes to nobody is the fence's business.
            return []
        }
        return [
            .fail(
                name,
                shouldWrite
                    ? "\(site.identifier) is a replica, not the writer: are primary and standby the right "
                        + "way round?"
                    : "\(site.identifier) is a writer, not a replica: nothing keeps it like the primary. "
                        + "Build a replica, or swap primary and standby")
        ]
    }

    private var endpoint: [Finding] {
        guard let endpoint = facts.endpoint else {
            return [.warn(name, "AWS names no endpoint of \(site.identifier) yet")]
        }
        let same =
            endpoint.host.lowercased() == site.endpoint.host.lowercased()
            && endpoint.port == site.endpoint.port
        guard !same else { return [] }
        return [
            .fail(name, "the endpoint is \(endpoint), the configuration says \(site.endpoint): correct it")
        ]
    }

    private var engine: [Finding] {
        let isAuroraEngine = facts.engine.hasPrefix("aurora")
        guard isAuroraEngine != isAurora else { return [] }
        return [
            .fail(
                name,
                "\(site.identifier) runs \(facts.engine), which is "
                    + "\(isAurora ? "not Aurora: use type rds-replica" : "Aurora: use type aurora-global")"
            )
        ]
    }
}

extension Proposal {
    /// Where the package puts the schema: an editor that knows the YAML language server completes and checks.
    static let schemaPath = "/usr/share/drctl/config.schema.json"

    /// The proposal as a commented `config.yaml`.
    public var text: String {
        var lines = YAMLLines()
        lines.comment("yaml-language-server: $schema=\(Self.schemaPath)")
        for line in origin { lines.comment(line) }
        lines.comment(
            "Every key and its default: the reference config.yaml, /usr/share/doc/drctl/examples. After each "
                + "change: drctl validate, drctl doctor, systemctl reload drctl.")
        if hasGuesses {
            lines.comment(
                "GUESS marks what nothing proves: look at each, then remove the mark. mode: observe does "
                    + "nothing but watch and say what it would do.")
        }
        lines.gap()
        lines.section("controller") { lines in
            lines.comment("Where this host runs: never in the Region that it must evacuate.")
            lines.pair("region", region)
        }
        if let webhook { write(webhook, &lines) }
        lines.gap()
        lines.section("workloads") { lines in
            for workload in workloads { workload.write(&lines) }
        }
        return lines.text
    }

    private func write(_ webhook: Webhook, _ lines: inout YAMLLines) {
        lines.gap()
        lines.comment("Alarms make drctl look at once; they start no failover by themselves.")
        lines.section("webhook") { lines in
            lines.section("topics") { lines in
                for workload in workloads {
                    for topic in workload.topics {
                        lines.item { lines in
                            lines.pair("arn", topic.value)
                            lines.list("workloads", [workload.name])
                        }
                    }
                }
            }
            lines.comment("One secret a line, at least 32 characters each, for POST /hooks/generic.")
            lines.pair("secret_file", webhook.secretFile)
        }
    }

    private var hasGuesses: Bool {
        let facts = workloads.flatMap { workload in
            [
                workload.database.method, workload.database.healthCheck, workload.database.fencingMethod,
                workload.policy.maximumDataLoss,
            ].compactMap { $0 } + workload.topics
        }
        let levers = workloads.flatMap(\.levers)
        return region.guess != nil || facts.contains { $0.guess != nil }
            || levers.contains { $0.guess != nil }
    }
}

extension ProposedWorkload {
    func write(_ lines: inout YAMLLines) {
        lines.section(name) { lines in
            lines.comment("Where the writer is while nothing has happened, and where it would go.")
            lines.pair("primary_region", primaryRegion)
            lines.pair("standby_region", standbyRegion)
            lines.section("databases") { lines in database.write(&lines) }
            policy.write(&lines)
            if !capacity.isEmpty {
                lines.comment("What must run before clients come; only the standby Region's is raised.")
                lines.section("capacity") { lines in
                    for item in capacity { lines.item { item.writeKeys(&$0) } }
                }
            }
            if !levers.isEmpty {
                lines.comment("What makes the clients follow the writer.")
                lines.section("traffic") { lines in
                    for lever in levers { lever.write(&lines, of: database.name) }
                }
            }
            guard !topics.isEmpty else { return }
            lines.comment("Who is told. The standby Region's topics answer when the primary's do not.")
            lines.section("notifications") { $0.lines("topics", topics) }
        }
    }
}

extension ProposedDatabase {
    func write(_ lines: inout YAMLLines) {
        lines.section(name) { lines in
            lines.pair("type", type)
            if let globalCluster { lines.pair("global_cluster", globalCluster) }
            if let method { lines.pair("method", method) }
            for (role, side) in [("primary", primary), ("standby", standby)] {
                lines.section(role) { lines in
                    lines.pair("identifier", side.identifier)
                    lines.pair("endpoint", side.endpoint)
                }
            }
            if let healthCheck {
                lines.comment("Route 53's view of the primary, for the witness route53.")
                lines.pair("health_check", healthCheck)
            }
            if let sql { write(sql, &lines) }
            lines.comment("How the old writer is kept from writing: a promotion alone fences nothing.")
            lines.section("fencing") { lines in
                lines.pair("method", fencingMethod)
                if !fencingGroups.isEmpty { lines.list("security_groups", fencingGroups) }
            }
        }
    }

    private func write(_ sql: SQL, _ lines: inout YAMLLines) {
        lines.comment("Does the writer commit, can the standby be read? docs/sql-probe.md makes the role.")
        lines.section("sql") { lines in
            lines.pair("database", sql.database)
            lines.pair("user", sql.user)
            lines.pair("password_file", sql.passwordFile)
            lines.pair("ca_bundle", sql.caBundle)
        }
    }
}

extension ProposedPolicy {
    func write(_ lines: inout YAMLLines) {
        lines.section("policy") { lines in
            lines.comment("observe: watch and say; approval: prepare and ask; automatic: act.")
            lines.pair("mode", mode)
            lines.comment("Kinds of evidence, and how many of them must say that the primary has failed.")
            lines.list("witnesses", witnesses)
            lines.bare("quorum", quorum)
            lines.comment("The most data, as time, that may be lost without a person's word.")
            lines.pair("maximum_data_loss", maximumDataLoss)
            if let recoveryTime {
                lines.comment("The longest outage allowed, clients included: doctor holds TTLs against it.")
                lines.pair("recovery_time", recoveryTime)
            }
            if let providerRecoveryLimit {
                lines.comment("How long AWS's own recovery is waited for.")
                lines.pair("provider_recovery_limit", providerRecoveryLimit)
            }
            guard promotionTimeout != nil || capacityTimeout != nil else { return }
            lines.section("timeouts") { lines in
                if let promotionTimeout { lines.pair("promotion", promotionTimeout) }
                if let capacityTimeout { lines.pair("capacity", capacityTimeout) }
            }
        }
    }
}

extension ProposedCapacity {
    func writeKeys(_ lines: inout YAMLLines) {
        switch kind {
        case .ecsService(let cluster, let service):
            lines.pair("type", CapacityType.ecsService.rawValue)
            lines.pair("region", region)
            lines.pair("cluster", cluster)
            lines.pair("service", service)
        case .autoScalingGroup(let name):
            lines.pair("type", CapacityType.autoScalingGroup.rawValue)
            lines.pair("region", region)
            lines.pair("group", name)
        }
        lines.bare("desired", desired)
    }
}

extension ProposedLever {
    func write(_ lines: inout YAMLLines, of database: String) {
        if let guess { lines.comment("GUESS: \(guess)") }
        lines.item { writeKeys(&$0, of: database) }
    }

    private func writeKeys(_ lines: inout YAMLLines, of database: String) {
        switch kind {
        case .record(let zone, let name, let setIdentifier):
            lines.pair("lever", LeverType.record.rawValue)
            lines.pair("database", database)
            lines.pair("zone", zone)
            lines.pair("name", name)
            if let setIdentifier { lines.pair("set_identifier", setIdentifier) }
        case .healthCheck(let name, let id, let namespace, let metric, let dimensions):
            lines.pair("lever", LeverType.healthCheck.rawValue)
            lines.pair("database", database)
            lines.pair("name", name)
            lines.pair("health_check", id)
            lines.pair("namespace", namespace)
            lines.pair("metric", metric)
            lines.section("dimensions") { lines in
                for (key, value) in dimensions.sorted(by: { $0.key < $1.key }) { lines.pair(key, value) }
            }
        }
    }
}

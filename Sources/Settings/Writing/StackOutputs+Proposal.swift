extension StackOutputs {
    /// What the outputs say of their one workload.
    /// - Throws: which keys are missing.
    public func workload() throws(OutputsError) -> ProposedWorkload {
        try required([
            .workload, .primaryRegion, .standbyRegion, .hostRegion, .databaseType, .primaryIdentifier,
            .primaryEndpoint, .standbyIdentifier, .standbyEndpoint, .fencingMethod, .mode, .witnesses,
            .quorum,
            .maximumDataLoss, .lever, .leverName, .topics,
        ])
        let name = self[.workload] ?? ""
        return ProposedWorkload(
            name: name, primaryRegion: self[.primaryRegion] ?? "", standbyRegion: self[.standbyRegion] ?? "",
            database: try database(named: name), policy: policy, capacity: try capacity(),
            levers: [try lever()],
            topics: list(.topics).map { Proposal.Fact($0) })
    }

    private func database(named name: String) throws(OutputsError) -> ProposedDatabase {
        if self[.databaseType] == DatabaseType.auroraGlobal.rawValue {
            try required([.globalCluster, .failoverMethod])
        }
        if self[.fencingMethod] != "none" { try required([.fencingSecurityGroups]) }
        if list(.witnesses).contains("route53") { try required([.healthCheck]) }
        return ProposedDatabase(
            name: name, type: self[.databaseType] ?? "", globalCluster: self[.globalCluster],
            method: self[.failoverMethod].map { Proposal.Fact($0) },
            primary: side(.primaryIdentifier, .primaryEndpoint),
            standby: side(.standbyIdentifier, .standbyEndpoint),
            healthCheck: self[.healthCheck].map { Proposal.Fact($0) }, sql: try sql(),
            fencingMethod: Proposal.Fact(self[.fencingMethod] ?? ""),
            fencingGroups: list(.fencingSecurityGroups))
    }

    private func side(_ identifier: OutputKey, _ endpoint: OutputKey) -> ProposedDatabase.Side {
        .init(identifier: self[identifier] ?? "", endpoint: self[endpoint] ?? "")
    }

    private func sql() throws(OutputsError) -> ProposedDatabase.SQL? {
        guard let user = self[.sqlUser] else { return nil }
        try required([.sqlDatabase, .sqlPasswordFile, .sqlCaBundle])
        return .init(
            database: self[.sqlDatabase] ?? "", user: user, passwordFile: self[.sqlPasswordFile] ?? "",
            caBundle: self[.sqlCaBundle] ?? "")
    }

    private var policy: ProposedPolicy {
        ProposedPolicy(
            mode: self[.mode] ?? "", witnesses: list(.witnesses), quorum: self[.quorum] ?? "",
            maximumDataLoss: Proposal.Fact(self[.maximumDataLoss] ?? ""), recoveryTime: self[.recoveryTime],
            providerRecoveryLimit: self[.providerRecoveryLimit], promotionTimeout: self[.promotionTimeout],
            capacityTimeout: self[.capacityTimeout])
    }

    /// `type:region:name:desired`, joined with commas; an ECS service's name is `cluster/service`.
    private func capacity() throws(OutputsError) -> [ProposedCapacity] {
        var found: [ProposedCapacity] = []
        for item in list(.capacity) {
            let parts = item.split(separator: ":").map(String.init)
            let names = parts.count == 4 ? parts[2].split(separator: "/").map(String.init) : []
            switch CapacityType(rawValue: parts.first ?? "") {
            case .ecsService? where names.count == 2:
                let kind = ProposedCapacity.Kind.ecsService(cluster: names[0], service: names[1])
                found.append(ProposedCapacity(kind, region: parts[1], desired: parts[3]))
            case .autoScalingGroup? where parts.count == 4:
                found.append(
                    ProposedCapacity(
                        .autoScalingGroup(name: parts[2]), region: parts[1], desired: parts[3]))
            default:
                throw OutputsError(
                    "has the capacity \(shown(item)); it is ecs-service:REGION:CLUSTER/SERVICE:NUMBER or "
                        + "auto-scaling-group:REGION:GROUP:NUMBER, joined with commas")
            }
        }
        return found
    }

    private func lever() throws(OutputsError) -> ProposedLever {
        let name = self[.leverName] ?? ""
        switch LeverType(rawValue: self[.lever] ?? "") {
        case .record?:
            try required([.leverZone])
            return ProposedLever(.record(zone: self[.leverZone] ?? "", name: name, setIdentifier: nil))
        case .healthCheck?:
            try required([.leverHealthCheck, .leverNamespace, .leverMetric, .leverDimensions])
            return ProposedLever(
                .healthCheck(
                    name: name, id: self[.leverHealthCheck] ?? "", namespace: self[.leverNamespace] ?? "",
                    metric: self[.leverMetric] ?? "", dimensions: try dimensions()))
        case nil:
            let known = LeverType.allCases.map(\.rawValue)
            throw OutputsError("has a lever that \(notOneOf(self[.lever] ?? "", known))")
        }
    }

    private func dimensions() throws(OutputsError) -> [String: String] {
        var found: [String: String] = [:]
        for pair in list(.leverDimensions) {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw OutputsError(
                    "has the leverDimensions \(shown(pair)); they are Name=value, joined with commas")
            }
            found[parts[0]] = parts[1]
        }
        return found
    }
}

extension Proposal {
    /// One host's configuration for one stack or several.
    /// - Parameter region: where the host stands; nil for what the outputs say, which must be one Region.
    /// - Throws: why these stacks cannot share a host.
    public init(_ stacks: [StackOutputs], region: String?, origin: [String]) throws(OutputsError) {
        var workloads: [ProposedWorkload] = []
        for stack in stacks { workloads.append(try stack.workload()) }
        let regions = stacks.compactMap { $0[.hostRegion] }
        let secrets = Set(stacks.compactMap { $0[.hookSecretFile] })
        if region == nil, Set(regions).count > 1 {
            throw OutputsError(
                "the stacks have their hosts in \(Set(regions).sorted().joined(separator: " and ")); "
                    + "say with --region where this host stands")
        }
        if secrets.count > 1 {
            throw OutputsError("the stacks name more than one hookSecretFile; one host has one")
        }
        self.init(
            origin: origin, region: Fact(region ?? regions.first ?? ""),
            webhook: secrets.first.map { Webhook(secretFile: $0) }, workloads: workloads)
    }
}

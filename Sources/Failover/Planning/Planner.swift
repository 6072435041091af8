/// Builds the plan of a failover: a pure function of the workload and of what was observed of it.
struct Planner {
    var workload: Workload
    var inquiries: [Inquiry]
    var databases: [DatabaseAssessment]
    var origin: Plan.Origin
    var epoch: Int
    var now: Timestamp

    /// Why no plan can be made.
    struct Obstacle: Error, Equatable {
        var because: String
    }

    func plan() throws(Obstacle) -> Plan {
        var drafts = [Draft(.recheck, nil, timeouts.recheck, tries: 1, .abandon)]
        for inquiry in inquiries { drafts.append(contentsOf: try fence(inquiry)) }
        for inquiry in inquiries { drafts.append(try promotion(inquiry)) }
        // What serves the clients starts while the database is promoted; its minutes cost nothing then.
        if let raise = raiseCapacity { drafts.append(raise) }
        for inquiry in inquiries { drafts.append(try awaitWriter(inquiry)) }
        if let wait = awaitCapacity { drafts.append(wait) }
        for lever in workload.traffic { drafts.append(try move(lever)) }
        // All moves first: waiting for one name's proof would keep the next name's clients waiting.
        for lever in workload.traffic { drafts.append(try confirm(lever)) }
        let steps = drafts.enumerated().map { index, draft in
            let suffix = draft.subject.map { ":\($0)" } ?? ""
            return Step(
                id: StepID("\(index + 1)-\(draft.action.name)\(suffix)"), action: draft.action,
                timeout: draft.timeout, tries: draft.tries, onFailure: draft.onFailure)
        }
        let plan = Plan(
            workload: workload.id, epoch: epoch, createdAt: now, origin: origin, steps: steps,
            forecast: forecast(of: steps))
        let findings = PlanLint.findings(on: plan)
        guard findings.isEmpty else { throw Obstacle(because: findings.joined(separator: "; ")) }
        return plan
    }

    private var timeouts: Policy.Timeouts { workload.policy.timeouts }

    private struct Draft {
        var action: Action
        var subject: String?
        var timeout: Duration
        var tries: Int
        var onFailure: Step.OnFailure

        init(
            _ action: Action, _ subject: String?, _ timeout: Duration, tries: Int, _ onFailure: Step.OnFailure
        ) {
            self.action = action
            self.subject = subject
            self.timeout = timeout
            self.tries = tries
            self.onFailure = onFailure
        }
    }

    /// A person who overrides the proof of life may do so only behind a fence that holds.
    private var mustFence: Bool {
        if case .manual(_, _, let overrides) = origin { overrides.contains(.sourceAlive) } else { false }
    }

    private func fence(_ inquiry: Inquiry) throws(Obstacle) -> [Draft] {
        let database = inquiry.database
        guard database.fencing.method != .none else {
            guard mustFence else { return [] }
            throw Obstacle(
                because:
                    "\(database.id) has no fencing in config.yaml: beside a primary that may be alive a "
                    + "promotion needs a fence that holds")
        }
        let isCluster = if case .auroraGlobal = database.kind { true } else { false }
        let action = FenceAction(
            database: database.id, region: database.primary.region, identifier: database.primary.identifier,
            isCluster: isCluster, resourceID: inquiry.lastKnownState(.primary)?.resourceID,
            method: database.fencing.method)
        if database.fencing.required || mustFence {
            // A person who overrides the proof of life has not configured a fence to be waited for.
            let timeout =
                database.fencing.required
                ? timeouts.fence : max(timeouts.fence, Policy.Timeouts.provenFence)
            return [Draft(.fence(action), database.id.rawValue, timeout, tries: 10, .askOperator)]
        }
        // A control plane that is silent already gets one short try: each second here is a second of outage,
        // and the fence stays owed until it is made.
        let silent = inquiry.state(.primary)?.unknownReason == .silent
        let timeout = silent ? min(timeouts.fence, .seconds(10)) : timeouts.fence
        return [Draft(.fence(action), database.id.rawValue, timeout, tries: silent ? 1 : 3, .owe)]
    }

    private func target(_ inquiry: Inquiry) throws(Obstacle) -> DatabaseState {
        if let state = inquiry.state(.standby)?.value ?? inquiry.lastKnownState(.standby) { return state }
        throw Obstacle(
            because: "\(inquiry.database.standby.identifier) was never observed, so its identity is unknown")
    }

    private func promotion(_ inquiry: Inquiry) throws(Obstacle) -> Draft {
        let database = inquiry.database
        let site = database.standby
        let target = try target(inquiry)
        let action: Action =
            switch database.kind {
            case .rdsReplica:
                .promoteReplica(
                    PromoteReplica(
                        database: database.id, region: site.region, identifier: site.identifier,
                        resourceID: target.resourceID))
            case .auroraGlobal(let globalCluster, .detach):
                .detachFromGlobalCluster(
                    DetachFromGlobalCluster(
                        database: database.id, region: site.region, globalCluster: globalCluster,
                        clusterIdentifier: site.identifier, clusterARN: target.arn))
            case .auroraGlobal(let globalCluster, .managedFailover):
                .failoverGlobalCluster(
                    FailoverGlobalCluster(
                        database: database.id, region: site.region, globalCluster: globalCluster,
                        clusterIdentifier: site.identifier, clusterARN: target.arn))
            }
        return Draft(action, database.id.rawValue, timeouts.promotion, tries: 20, .askOperator)
    }

    private func awaitWriter(_ inquiry: Inquiry) throws(Obstacle) -> Draft {
        let database = inquiry.database
        let globalCluster: String? =
            if case .auroraGlobal(let name, _) = database.kind { name } else { nil }
        let action = AwaitWriter(
            database: database.id, region: database.standby.region, identifier: database.standby.identifier,
            globalCluster: globalCluster, resourceID: try target(inquiry).resourceID,
            endpoint: database.standby.endpoint)
        return Draft(.awaitWriter(action), database.id.rawValue, timeouts.promotion, tries: 20, .askOperator)
    }

    /// Accepted or not within seconds, and the new writer is looked for only afterwards: a control plane in
    /// trouble gets a minute, once. The one try asks again and again until then.
    private static let raiseLimit = Duration.seconds(60)

    private var raiseCapacity: Draft? {
        let capacities = workload.standbyCapacity
        guard !capacities.isEmpty else { return nil }
        let action = Action.raiseCapacity(RaiseCapacity(capacities: capacities))
        return Draft(action, nil, Self.raiseLimit, tries: 1, .noteUnconfirmed)
    }

    /// Nil also where the policy leaves no time for it: traffic then moves without having looked.
    private var awaitCapacity: Draft? {
        let capacities = workload.standbyCapacity
        guard !capacities.isEmpty, timeouts.capacity > .zero else { return nil }
        let action = Action.awaitCapacity(AwaitCapacity(capacities: capacities))
        return Draft(action, nil, timeouts.capacity, tries: 3, .noteUnconfirmed)
    }

    private func database(of lever: TrafficLever) throws(Obstacle) -> Database {
        if let database = workload.database(lever.database) { return database }
        throw Obstacle(because: "the traffic of \(lever.recordName) names no database of \(workload.id)")
    }

    private func move(_ lever: TrafficLever) throws(Obstacle) -> Draft {
        let database = try database(of: lever)
        let action: Action =
            switch lever {
            case .route53Record(let record):
                .moveRecord(
                    MoveRecord(
                        zoneID: record.zoneID, name: record.name, type: record.type,
                        setIdentifier: record.setIdentifier, oldValue: database.primary.endpoint.host,
                        newValue: database.standby.endpoint.host))
            case .route53HealthCheck(let check): .flipHealthCheck(FlipHealthCheck(lever: check, value: 1))
            }
        return Draft(action, lever.recordName, timeouts.traffic, tries: 60, .askOperator)
    }

    private func confirm(_ lever: TrafficLever) throws(Obstacle) -> Draft {
        let endpoint = try database(of: lever).standby.endpoint
        let action = Action.confirmTraffic(ConfirmTraffic(name: lever.recordName, endpoint: endpoint))
        return Draft(action, lever.recordName, timeouts.confirmation, tries: 5, .noteUnconfirmed)
    }

    private func forecast(of steps: [Step]) -> Forecast {
        let lags = databases.map(\.lag)
        let losses = lags.compactMap { $0?.lossSeconds }
        let known = losses.count == lags.count
        return Forecast(
            rtoSeconds: steps.map { $0.action.typicalSeconds(timeout: $0.timeout) }.reduce(0, +),
            lossSeconds: known ? losses.max() : nil,
            appliedUpTo: known ? lags.compactMap { $0?.appliedUpTo }.min() : nil)
    }
}

extension Action {
    /// Typical duration in seconds, never over the step's timeout. From the AWS fact sheet's ranges where AWS
    /// gives any: a promotion reboots the engine (3 to 15 min is common, several minutes here), a detach
    /// takes about a minute, managed failover "a few minutes", Route 53 usually propagates within 60 s.
    public func typicalSeconds(timeout: Duration) -> Double {
        let typical: Double =
            switch self {
            case .recheck: 5
            case .fence: 60
            case .promoteReplica: 10
            case .detachFromGlobalCluster: 60
            case .failoverGlobalCluster: 120
            case .raiseCapacity: 5
            case .awaitWriter(let action): action.globalCluster == nil ? 300 : 60
            // One or two minutes for Fargate's tasks, most of which have passed with the promotion.
            case .awaitCapacity: 30
            case .moveRecord: 60
            case .flipHealthCheck: 5
            case .confirmTraffic: 60
            }
        return min(typical, timeout.inSeconds)
    }
}

/// Samples carry the clocks of other machines; proof of life must be newer than the outage by more than their
/// usual error (NTP in one Region: well under a second).
let clockMargin = Duration.seconds(2)

/// Networks fail before machines do (OVHcloud, 2021-03-10): for so long after our own connection is lost,
/// what reaches the replica may be the last of a primary that dies.
let deathThroes = Duration.seconds(60)

extension Inquiry {
    func vote(of witness: WitnessKind) -> Vote {
        switch witness {
        case .route53: routeHealthVote
        case .controlPlane: controlPlaneVote
        case .replication: replicationVote
        case .probe: probeVote
        }
    }

    /// Our own connection. An answer proves life, whatever else is said, unless the server was asked to write
    /// and did not.
    private var probeVote: Vote {
        guard let observation = fresh(.primaryProbe), case .probe(_, let reading) = observation.fact else {
            return nothing(.probe, slot: .primaryProbe)
        }
        let opinion: Vote.Opinion
        switch reading {
        case .known(let answer): opinion = self.opinion(on: answer)
        case .unknown(let reason, _): opinion = reason.isConfigurationFault ? .configurationFault : .unknown
        }
        return vote(.probe, opinion, observation, probeText(reading))
    }

    private func opinion(on answer: ProbeAnswer) -> Vote.Opinion {
        guard answer.answered else { return .failed }
        switch answer.sql?.outcome {
        case nil, .wrote, .looked: return .alive
        case .stalled: return .failed
        case .crowded: return stallPersists ? .failed : .alive
        case .readOnly, .turnedAway, .misconfigured: return .configurationFault
        }
    }

    /// The last server that could be asked to write did not, and nothing since has said that it does: clients
    /// that wait for a stalled server are what uses its connections up.
    private var stallPersists: Bool {
        evidence.lastTelling(.primaryProbe)?.sql?.outcome == .stalled
    }

    private func probeText(_ reading: Reading<ProbeAnswer>) -> String {
        switch reading {
        case .known(let answer):
            "\(database.primary.endpoint): "
                + (answer.sql.map { sqlText($0, after: answer.detail) } ?? answer.detail)
        case .unknown(let reason, let detail): "\(database.primary.endpoint): \(reason.rawValue): \(detail)"
        }
    }

    private func sqlText(_ sql: SQLAnswer, after connected: String) -> String {
        switch sql.outcome {
        case .wrote, .looked: "\(connected), \(sql.detail)"
        case .stalled: "write-probe: \(sql.detail)"
        case .readOnly: "not a writer: \(sql.detail)"
        case .crowded where stallPersists: "write-probe: no write since the last one stalled; \(sql.detail)"
        case .crowded: "too many connections: \(sql.detail)"
        case .turnedAway, .misconfigured: "it answers, but drctl cannot ask it: \(sql.detail)"
        }
    }

    /// The RDS API of the primary's Region. Its silence counts as failed only beside another kind of witness:
    /// many outages of AWS have taken APIs away and left databases running (us-east-1, 2021-12-07).
    private var controlPlaneVote: Vote {
        guard let observation = fresh(.primaryDatabase), case .database(_, let reading) = observation.fact
        else {
            return nothing(.controlPlane, slot: .primaryDatabase)
        }
        switch reading {
        case .unknown(.silent, let detail):
            return vote(
                .controlPlane, .failed, observation, "\(observation.source) gives no answer: \(detail)")
        case .unknown(let reason, let detail):
            let opinion: Vote.Opinion = reason.isConfigurationFault ? .configurationFault : .unknown
            return vote(
                .controlPlane, opinion, observation, "\(observation.source): \(reason.rawValue): \(detail)")
        case .known(let state):
            var text: String { "\(database.primary.identifier) is \(state.status)" }
            if state.role == .replica {
                return vote(
                    .controlPlane, .configurationFault, observation, "\(text), but a replica, not the writer")
            }
            if let failover = state.globalFailover {
                return vote(.controlPlane, .recovering, observation, "\(text), global cluster \(failover)")
            }
            return vote(.controlPlane, opinion(on: state.status), observation, text)
        }
    }

    private func opinion(on status: String) -> Vote.Opinion {
        switch StatusMeaning(status: status) {
        case .serving: .healthy
        case .recovering: .recovering
        case .failed: .failed
        case .deliberate: .configurationFault
        case .unknown: .unknown
        }
    }

    /// Route 53's checkers, through their aggregate metric.
    private var routeHealthVote: Vote {
        guard let observation = fresh(.routeHealth), case .routeHealth(let reading) = observation.fact else {
            return nothing(.route53, slot: .routeHealth)
        }
        switch reading {
        case .unknown(let reason, let detail):
            if planted(.countsMissingAsFailed) { return vote(.route53, .failed, observation, detail) }
            let opinion: Vote.Opinion = reason == .denied ? .configurationFault : .unknown
            return vote(.route53, opinion, observation, "\(reason.rawValue): \(detail)")
        case .known(let sample):
            var text: String { "checkers say \(sample.healthy ? "healthy" : "unhealthy")" }
            guard isCurrent(sample.sampledAt) else {
                return vote(
                    .route53, opinion(onDated: sample.sampledAt), observation,
                    "\(text), but that is \(datedText(sample.sampledAt))")
            }
            guard sample.healthy else { return vote(.route53, .failed, observation, text) }
            guard let dark = attention.darkSince else { return vote(.route53, .healthy, observation, text) }
            return sample.sampledAt > dark + clockMargin
                ? vote(.route53, .alive, observation, "\(text) since the outage began")
                : vote(.route53, .unknown, observation, "\(text), but before the outage began")
        }
    }

    /// The replica's own view: a change that the primary committed after it went dark for us proves that it
    /// lives; a lag beyond `stallAfter`, or AWS's own word that replication has stopped, says that it does
    /// not.
    private var replicationVote: Vote {
        if let heartbeatVote { return heartbeatVote }
        let broken = brokenReplication
        guard let observation = fresh(.replication), case .replication(let reading) = observation.fact else {
            return broken ?? nothing(.replication, slot: .replication)
        }
        if case .unknown(let reason, let detail) = reading {
            let opinion: Vote.Opinion = reason == .denied ? .configurationFault : .unknown
            return broken ?? vote(.replication, opinion, observation, "\(reason.rawValue): \(detail)")
        }
        guard let sample = newestLag else {
            return broken ?? vote(.replication, .unknown, observation, "missing: no sample of the lag")
        }
        guard isCurrent(sample.sampledAt) else {
            return broken
                ?? vote(
                    .replication, opinion(onDated: sample.sampledAt), observation,
                    "the newest lag sample is \(datedText(sample.sampledAt))")
        }
        guard let seconds = sample.lagSeconds else {
            return vote(.replication, .failed, observation, "replication is not running (lag metric -1)")
        }
        guard let lag = sample.lag, let applied = sample.appliedUpTo else {
            return broken ?? vote(.replication, .unknown, observation, "malformed: a lag of \(seconds) s")
        }
        var lagText: String { "lag \(lag.text)" }
        if lag >= policy.stallAfter {
            return vote(
                .replication, .failed, observation,
                "the replica receives nothing: \(lagText), over \(policy.stallAfter.text)")
        }
        guard let dark = attention.darkSince else {
            return broken ?? vote(.replication, .healthy, observation, "receiving, \(lagText)")
        }
        if applied > dark + clockMargin {
            return vote(
                .replication, .alive, observation,
                "the replica has changes from \((applied - dark).text) after the outage began, \(lagText)")
        }
        return broken ?? vote(.replication, .unknown, observation, "\(lagText): too small to tell")
    }

    /// A change that the primary committed after it went dark for us: of clients inside its Region, or a row
    /// of another host's probe. What has committed nothing since may have died meanwhile: the longer it went
    /// on, the longer that is not believed.
    private var heartbeatVote: Vote? {
        guard let dark = attention.darkSince, let observation = fresh(.standbyProbe),
            let newest = heartbeats.first, let age = newest.lag, let applied = newest.appliedUpTo,
            applied > dark + clockMargin,
            age < (applied > dark + deathThroes ? policy.stallAfter : deathThroes)
        else { return nil }
        return vote(
            .replication, .alive, observation,
            "the replica has a commit from \((applied - dark).text) after the outage began")
    }

    /// AWS's own judgement on the replica's stream, when it is bad.
    private var brokenReplication: Vote? {
        guard let observation = fresh(.standbyDatabase),
            case .database(_, .known(let state)) = observation.fact,
            let replication = state.replication, !replication.normal
        else { return nil }
        return vote(.replication, .failed, observation, "the replica reports replication \(replication.text)")
    }

    private func vote(
        _ witness: WitnessKind, _ opinion: Vote.Opinion, _ observation: Observation,
        _ because: @autoclosure () -> String
    ) -> Vote {
        Vote(
            witness: witness, opinion: opinion, because: words(because()), observedAt: observation.at,
            source: observation.source, vantage: observation.vantage, may: influence(of: witness))
    }

    /// A kind that is not in use may object, and starts nothing.
    private func influence(of witness: WitnessKind) -> Vote.Influence {
        policy.witnesses.contains(witness) ? .trigger : .veto
    }

    private func nothing(_ witness: WitnessKind, slot: Slot) -> Vote {
        let last = evidence.newest(slot)
        return Vote(
            witness: witness, opinion: planted(.countsUnknownAsHealthy) ? .healthy : .unknown,
            because: words(
                last.map { "stale: last observed \(age($0.at).text) ago" } ?? "nothing observed yet"),
            observedAt: last?.at, source: last?.source, vantage: last?.vantage, may: influence(of: witness))
    }
}

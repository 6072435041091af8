import Failover

/// What truly is, as a witness at the right place would tell.
extension World {
    /// What AWS answers to an errand at this moment; nil when no answer comes.
    func answer(to errand: Errand, treatment: Passage.Treatment) -> [Observation]? {
        let region = estate.state(of: errand.region)
        guard errand.service != "probe" else {
            return errand.questions.first.flatMap { probe(errand, $0) }.map { [$0] }
        }
        guard region.hasData || region.control == .up else { return nil }
        var asOf = time.now
        switch treatment {
        case .served: break
        case .throttled: return errand.unknown(.throttled, "Throttling")
        case .serverError(let status, _): return errand.unknown(.silent, "HTTP \(status)")
        case .garbage: return errand.unknown(.malformed, "no XML")
        case .denied: return errand.unknown(.denied, "AccessDenied")
        case .expiredToken: return errand.unknown(.denied, "ExpiredToken")
        case .stale(let by): asOf = asOf - by
        }
        switch region.control {
        case .silent: return nil
        case .failing: return errand.unknown(.silent, "HTTP 503")
        case .up: return errand.questions.map { errand.observation($0, fact($0, asOf)) }
        }
    }

    private func fact(_ question: Errand.Question, _ asOf: Timestamp) -> Fact {
        let database = question.database
        switch question.slot {
        case .primaryDatabase, .standbyDatabase:
            let side: Side = question.slot == .primaryDatabase ? .primary : .standby
            let site = database.site(side)
            return .database(
                side: side,
                reading: estate.databaseState(of: site.identifier, in: site.region, asOf: asOf))
        case .replication:
            guard let (twin, _) = estate.find(SiteName(database.standby)) else {
                return .replication(reading: .unknown(reason: .notFound, detail: "no such replica"))
            }
            let samples = estate.lagSamples(of: twin, publishedBy: asOf)
            guard !samples.isEmpty else {
                return .replication(reading: .unknown(reason: .missing, detail: "no samples"))
            }
            return .replication(reading: .known(value: samples))
        case .routeHealth:
            let sample = database.healthCheckID.flatMap { estate.healthSample(of: $0, publishedBy: asOf) }
            guard let sample else {
                return .routeHealth(reading: .unknown(reason: .missing, detail: "no samples"))
            }
            return .routeHealth(reading: .known(value: sample))
        case .primaryProbe, .standbyProbe: preconditionFailure("a probe asks no AWS")
        }
    }

    private func probe(_ errand: Errand, _ question: Errand.Question) -> Observation? {
        let side: Side = question.slot == .primaryProbe ? .primary : .standby
        let host = question.database.site(side).endpoint.host
        guard let answer = answer(of: host, sql: question.database.sql) else { return nil }
        return errand.observation(question, .probe(side: side, reading: .known(value: answer)))
    }

    /// What somebody who connects is told, and what the server says in SQL where it is asked.
    func answer(of host: String, sql: SQLAccess?) -> ProbeAnswer? {
        guard var answer = estate.probe(host) else { return nil }
        answer.sql = sql.flatMap { estate.sql(host, writes: $0.canary) }
        return answer
    }
}

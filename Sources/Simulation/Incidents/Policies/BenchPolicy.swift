import Failover

/// That a policy began to fail a workload over.
public struct FailoverCall: Sendable, Equatable, Codable {
    public var workload: String
    /// On the timeline.
    public var at: Duration
    /// What it said would be lost; nil when it says nothing about that.
    public var predictedLoss: Duration?
}

/// Something that decides on a timeline.
public protocol BenchPolicy: Sendable {
    /// As the table names it.
    var name: String { get }
    /// Where this form of it is written down.
    var citation: String { get }

    /// The failovers that it begins, at most one for each workload.
    func play(_ incident: Incident) -> [FailoverCall]
}

/// A policy that looks at one database by itself, second by second: what people run as a script or an alarm.
protocol SimplePolicy: BenchPolicy {
    associatedtype Memory
    func start(_ incident: Incident, _ member: Cast.Member) -> Memory
    /// Nil while it does nothing; otherwise it fails over, and says what that loses if it says so at all.
    func step(at second: Int, _ view: SimpleView, _ memory: inout Memory) -> SimpleVerdict?
}

struct SimpleVerdict {
    var predictedLoss: Duration?
}

extension SimplePolicy {
    public func play(_ incident: Incident) -> [FailoverCall] {
        Cast(incident).members.flatMap { member -> [FailoverCall] in
            let calls = member.onlookers.compactMap { play(incident, member, SimpleView(onlooker: $0)) }
            return calls.min { $0.at < $1.at }.map { [$0] } ?? []
        }
    }

    private func play(_ incident: Incident, _ member: Cast.Member, _ view: SimpleView) -> FailoverCall? {
        var memory = start(incident, member)
        for second in -600...incident.length.wholeSeconds {
            guard let verdict = step(at: second, view, &memory) else { continue }
            return FailoverCall(
                workload: member.role.name, at: .seconds(second), predictedLoss: verdict.predictedLoss)
        }
        return nil
    }
}

/// What simple policies look at.
struct SimpleView {
    let onlooker: Onlooker
    private var history: DatabaseCourse { onlooker.history }

    func conditions(at second: Int) -> Conditions { history.track.at(.seconds(second)) }

    /// A login and `SELECT 1` from the host of the controller.
    func connects(at second: Int) -> Bool {
        let now = conditions(at: second)
        if let saying = now.said[.probe] { return saying == .answers(true) }
        return now.primaryServes && now.logins == .fine && now.nameLost == .none
            && !now.isCut(.host, .primaryDatabase)
    }

    /// The newest sample of the health check's metric, as CloudWatch in us-east-1 has it. Nil: no data.
    func health(at second: Int) -> DatabaseCourse.Sample? {
        let now = conditions(at: second)
        switch now.said[.route53] {
        case .health(let healthy, let age)?:
            return .init(at: second - age.wholeSeconds, published: second, value: healthy ? 1 : 0)
        case .some: return nil
        case nil: return now.metricsHome == .unknown(.silent) ? nil : history.healthSamples.newest(at: second)
        }
    }

    /// The newest sample of the replica's lag, in the standby Region. Nil: no data.
    func lag(at second: Int) -> DatabaseCourse.Sample? {
        let now = conditions(at: second)
        switch now.said[.replication] {
        case .lag(let seconds, let age)?:
            return .init(at: second - age.wholeSeconds, published: second, value: seconds ?? -1)
        case .some: return nil
        case nil: return now.standbyMetrics == .unknown(.silent) ? nil : history.lagSamples.newest(at: second)
        }
    }

    /// The replica could be promoted by whoever asks for it.
    func standbyServes(at second: Int) -> Bool {
        let now = conditions(at: second)
        return now.standbyRegionUp && now.standbyServer == .serving && now.standbyExists
    }
}

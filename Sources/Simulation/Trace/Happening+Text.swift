import Failover

/// One line, the same in every process: no hash order, no addresses.
extension Happening: CustomStringConvertible {
    public var description: String { "\(at) \(kind.text)" }
}

extension Happening.Kind {
    var text: String {
        switch self {
        case .record(let host, let record):
            "\(host) record \(record.workload?.rawValue ?? "-") \(record.event.text)"
        case .mutation(let host, let mutation): "\(host) sends \(mutation.text)"
        case .called(let host, let call, _):
            "\(host) called \(call.service) \(call.operation) in \(call.region)"
        case .observed(let host, let observations): "\(host) observed \(observations.count) facts"
        case .effect(let effect): "effect \(effect.text)"
        case .wrote(let commits):
            "wrote \(commits.database) at \(commits.site): \(commits.count), position \(commits.position)"
        case .delivered(let id, let kind, let workload, let topic):
            "delivered \(kind.rawValue) of \(workload) by \(topic.region): \(id)"
        case .host(let host, let event): "\(host) \(event.text)"
        case .fault(let fault, let begins): "fault \(begins ? "begins" : "ends"): \(fault)"
        case .request(let host, let workload, let request, let reply):
            "\(host) request \(request.verb.rawValue) \(workload) by \(request.by): \(reply.text)"
        case .lease(let holder, let epoch, _): "lease \(epoch) is \(holder)'s"
        case .leaseAsked(let host): "\(host) asks for the lease"
        case .alarm(let host, let workload, let name):
            "\(host) hears of \(workload): \(name.debugDescription)"
        case .problem(let host, let message): "\(host) problem: \(message)"
        }
    }
}

extension Happening.HostEvent {
    var text: String {
        switch self {
        case .started: "started"
        case .crashed: "crashed"
        case .paused: "paused"
        case .resumed: "resumed"
        case .stopped(let reason): "stopped: \(reason)"
        }
    }
}

extension OperatorReply {
    var text: String {
        switch self {
        case .accepted(let message): "accepted: \(message)"
        case .refused(let message): "refused: \(message)"
        case .inDoubt(let message): "in doubt: \(message)"
        }
    }
}

extension Mutation {
    var text: String {
        "\(service) \(operation) \(target) to \(region)" + (cause.map { " for \($0.text)" } ?? "")
    }
}

extension Effect {
    var text: String {
        switch self {
        case .promoted(let id, let site, let writers): "promoted \(id) \(site), writers \(writers)"
        case .detached(let id, let site, let writers): "detached \(id) \(site), writers \(writers)"
        case .globalFailover(let id, let site, let writers): "failed over \(id) \(site), writers \(writers)"
        case .writerReady(let id, let site): "writer ready \(id) \(site)"
        case .fenced(let id, let site): "fenced \(id) \(site)"
        case .lost(let id, let commits, let seconds): "lost \(commits) commits of \(id), \(seconds) s"
        case .recordMoved(let name, let to): "record \(name) is \(to)"
        case .leverFlipped(let name, let value): "lever of \(name) is \(value)"
        case .answerMoved(let name, let to): "answer for \(name) is \(to)"
        }
    }
}

extension Event {
    /// Short: the whole of it is in the happening's value.
    var text: String {
        switch self {
        case .controllerStarted: "controller started"
        case .controllerStopped(let reason): "controller stopped: \(reason)"
        case .phaseChanged(let from, let to, let because, _):
            "\(from.rawValue) -> \(to.rawValue): \(because)"
        case .assessed(let assessment): "assessed \(assessment.databases.map(\.text).joined(separator: "; "))"
        case .requestReceived(let request): "request received: \(request.verb.rawValue) by \(request.by)"
        case .requestRefused(let request, let because):
            "request refused: \(request.verb.rawValue): \(because)"
        case .planAdopted(let plan): "plan adopted: \(plan.steps.map(\.id.rawValue).joined(separator: ", "))"
        case .stepStarted(let step, let attempt): "step \(step) begins, try \(attempt)"
        case .stepFinished(let step, let attempt, let outcome):
            "step \(step) ends, try \(attempt): \(outcome)"
        case .stepUnconfirmed(let step, let because): "step \(step) unconfirmed: \(because)"
        case .planEnded(let ending): "plan ended: \(ending.outcome.rawValue): \(ending.because)"
        case .fenceOwed(let fence, let because): "fence owed: \(fence.identifier): \(because)"
        case .fenceSettled(let fence, let settlement): "fence settled: \(fence.identifier): \(settlement)"
        case .holdPlaced(let hold): "hold by \(hold.by)"
        case .holdReleased(let by, _): "hold released by \(by)"
        case .noticeIssued(let notice): "notice \(notice.id) \(notice.kind.rawValue): \(notice.headline)"
        case .noticeSettled(let id, let deliveries):
            "notice \(id) settled, \(deliveries.filter { $0.messageID != nil }.count) of \(deliveries.count)"
        case .exposureEnded(let because): "exposure ended: \(because)"
        case .planRewound(let because): "plan rewound: \(because)"
        case .nudged(let source): "nudged by \(source)"
        case .lossFrozen(let ledger):
            "ledger of failover \(ledger.failover): "
                + (ledger.predictedLossSeconds.map { "\($0) s" } ?? "unknown")
        case .ledgerClosed(let failover, let by, _): "ledger of failover \(failover) closed by \(by)"
        }
    }
}

extension DatabaseAssessment {
    fileprivate var text: String {
        let said = votes.map { "\($0.witness.rawValue) \($0.opinion.rawValue)" }.joined(separator: ", ")
        return "\(database) \(verdict.rawValue) (\(said))" + (darkSince.map { ", dark since \($0)" } ?? "")
            + (aliveAt.map { ", alive at \($0)" } ?? "")
    }
}

import AWS
import Failover

/// Replaces a record's one value. The old set goes and the new one comes in one batch that names every field
/// of the old one: Route 53's nearest thing to a compare-and-set.
struct MoveRecordRunner: StepRunner, Effect {
    let action: MoveRecord
    /// Written into the zone's change history.
    let comment: String

    var what: String { "the move of \(action.name) to \(action.newValue)" }
    var place: String { "Route 53" }
    var advice: String {
        "Look at \(action.name) in zone \(action.zoneID), set it to \(action.newValue) by hand if need "
            + "be, then resume the plan."
    }
    /// Route 53 lists what was changed at once, also while it is pending.
    var confirmations: Int { 1 }
    /// The second time around the set was read afresh; a third would change nothing.
    var refusalLimit: Int { 3 }

    func isPassingRefusal(_ error: AWSError) -> Bool { error.code == "InvalidChangeBatch" }

    func run(_ trial: Trial, inDoubt: Bool) async -> StepOutcome {
        var move = Pursuit(self, trial, inDoubt: inDoubt)
        let ending = await move.run()
        guard case .done(let text, let change?) = ending, change.status != RecordChangeInSync.word else {
            return ending.outcome
        }
        let brief = Trial(
            context: trial.context,
            deadline: min(trial.deadline, trial.context.now() + RecordChangeInSync.patience))
        var spread = Pursuit(
            RecordChangeInSync(action: action, region: region, change: change.id), brief, inDoubt: true)
        switch await spread.run() {
        case .failed(let failure):
            let doubt = "not yet on all of Route 53's servers as far as known: \(failure.detail)"
            return .succeeded(detail: "\(text), \(doubt)".oneLine())
        case .done, .unneeded: return .succeeded(detail: "\(text), on all of Route 53's servers".oneLine())
        }
    }

    func look(_ trial: Trial, _ stage: Stage) async throws(AWSError) -> Sighting<ResourceRecordSet> {
        let page = try await trial.ask(list, in: region)
        guard let found = page.resourceRecordSets.first(where: isMeant) else {
            let others = page.resourceRecordSets.contains {
                $0.isNamed(action.name) && $0.type == action.type
            }
            return .refuse(
                others
                    ? "\(label) has other set identifiers than config.yaml says. Correct set_identifier"
                    : "there is no \(label) in zone \(action.zoneID). Check the zone, the name and the type")
        }
        let values = found.resourceRecords.map(\.value)
        if values.count == 1, let value = values.first {
            if DNSView.bare(value) == DNSView.bare(action.newValue) {
                return .done("\(action.name) is \(action.newValue)")
            }
            guard found.unknownElements.isEmpty else {
                return .refuse(
                    "\(label) has \(listed(found.unknownElements)), which this version cannot write "
                        + "back. Set it to \(action.newValue) by hand")
            }
            if DNSView.bare(value) == DNSView.bare(action.oldValue) {
                return .notYet("\(label) still is \(value)", found)
            }
        }
        let there = found.aliasTarget.map { "an alias of \($0.dnsName)" } ?? listed(values)
        return .refuse(
            "\(label) is \(there), expected was \(action.oldValue): somebody else has changed it, so it "
                + "is left alone. Set it to \(action.newValue) by hand, or abandon the plan")
    }

    func act(on found: ResourceRecordSet, _ trial: Trial) async throws(AWSError) -> ChangeInfo {
        try await trial.change(replacement(of: found), in: region)
    }

    private var label: String {
        "\(action.name) \(action.type)" + (action.setIdentifier.map { " (\($0))" } ?? "")
    }

    private func isMeant(_ set: ResourceRecordSet) -> Bool {
        set.isNamed(action.name) && set.type == action.type && set.setIdentifier == action.setIdentifier
    }

    /// One global service a partition: any Region of the partition that the new writer lives in will do, and
    /// the one that its control plane lives in says it best.
    private var region: Region {
        let host = DNSView.bare(action.newValue)
        if host.hasSuffix(".amazonaws.com.cn") { return "cn-northwest-1" }
        return host.contains(".us-gov-") ? "us-gov-west-1" : "us-east-1"
    }

    private var list: ListResourceRecordSets {
        ListResourceRecordSets(
            hostedZoneId: action.zoneID, startRecordName: action.name, startRecordType: action.type,
            startRecordIdentifier: action.setIdentifier, maxItems: 1)
    }

    private func replacement(of found: ResourceRecordSet) -> ChangeResourceRecordSets {
        var new = found
        new.resourceRecords = [ResourceRecord(value: action.newValue)]
        return ChangeResourceRecordSets(
            hostedZoneId: action.zoneID, changes: [RecordChange(.delete, found), RecordChange(.create, new)],
            comment: comment)
    }

    var plannedCalls: [PlannedCall] {
        let expected = ResourceRecordSet(
            name: action.name, type: action.type, setIdentifier: action.setIdentifier, ttl: 0,
            resourceRecords: [ResourceRecord(value: action.oldValue)])
        var change = PlannedCall(replacement(of: expected), in: region)
        for index in change.parameters.indices where change.parameters[index].name.hasSuffix(".TTL") {
            change.parameters[index].value = "<as found>"
        }
        let progress = PlannedCall(
            GetChange(id: "CHANGE"), in: region, learnt: ["Path": "<the change's path>"])
        return [PlannedCall(list, in: region), change, progress]
    }
}

/// Waits until all of Route 53's authoritative servers have a change. Its control plane tells that, and may
/// be in trouble though it has accepted the change: nothing waits for it for long. Whether clients are led to
/// the new writer is what the step that confirms the traffic sees.
struct RecordChangeInSync: Awaited {
    let action: MoveRecord
    let region: Region
    let change: String

    static let word = "INSYNC"
    /// Route 53: usually within 60 s. The clients of the next name wait meanwhile.
    static let patience = Duration.seconds(60)

    var what: String { "the spread of \(action.name) to all of Route 53's servers" }
    var place: String { "Route 53" }
    var confirmations: Int { 1 }
    var advice: String { "The record is changed; look at change \(change)." }

    func look(_ trial: Trial, _ stage: Stage) async throws(AWSError) -> Sighting<Never> {
        do throws(AWSError) {
            let status = try await trial.ask(GetChange(id: change), in: region).status
            return status == Self.word
                ? .done("change \(change) is everywhere") : .wait("change \(change) is \(status)")
        } catch {
            guard error.kind == .notFound else { throw error }
            return .wait("Route 53 does not know change \(change) yet")
        }
    }
}

extension ResourceRecordSet {
    /// Route 53 gives names back in lower case, with the final dot, and with other characters than letters,
    /// digits, `-` and `_` as `\ooo`.
    func isNamed(_ other: String) -> Bool { Self.plainName(name) == Self.plainName(other) }

    private static func plainName(_ name: String) -> String {
        var result = ""
        var rest = Substring(DNSView.bare(name))
        while let first = rest.first {
            let code = rest.dropFirst().prefix(3)
            if first == "\\", code.count == 3, let value = UInt8(code, radix: 8) {
                result.unicodeScalars.append(Unicode.Scalar(value))
                rest = rest.dropFirst(4)
            } else {
                result.append(first)
                rest = rest.dropFirst()
            }
        }
        return result
    }
}

import AWS
import Failover

/// Route 53's control plane: one for the partition.
extension Estate {
    func route53(_ call: WireCall, asOf time: Timestamp, _ xml: inout XMLText) throws(Refusal) {
        let segments = call.path.split(separator: "/").map(String.init)
        switch call.operation {
        case "ListResourceRecordSets": try list(zone: segments[1], call, &xml)
        case "GetChange":
            guard let change = changes[segments[1]] else {
                throw Refusal("NoSuchChange", "A change with id \(segments[1]) does not exist.", status: 404)
            }
            xml.change(change, isInSync: isInSync(change))
        case "ChangeResourceRecordSets":
            let (edits, comment) = try call.edits()
            xml.change(try edit(segments[1], edits, comment: comment), isInSync: false)
        default: throw .noOperation(call)
        }
    }

    /// From a place on, in the order of names, as far as `maxitems`. Pending changes are shown.
    private func list(zone id: String, _ call: WireCall, _ xml: inout XMLText) throws(Refusal) {
        guard let zone = zones[id] else {
            throw Refusal("NoSuchHostedZone", "No hosted zone found with ID: \(id)", status: 404)
        }
        let from = Self.place(
            call.fields["name"] ?? "", call.fields["type"] ?? "", call.fields["identifier"] ?? "")
        let sets = zone.sets.sorted { $0.place.lexicographicallyPrecedes($1.place) }
            .filter { !$0.place.lexicographicallyPrecedes(from) }
        let limit = call.fields["maxitems"].flatMap { Int($0) } ?? 300
        xml.nest("ResourceRecordSets") { list in
            for set in sets.prefix(limit) { list.recordSet(set) }
        }
        xml.element("IsTruncated", sets.count > limit)
        if sets.count > limit {
            xml.element("NextRecordName", "\(sets[limit].name).")
            xml.element("NextRecordType", sets[limit].type)
            xml.element("NextRecordIdentifier", sets[limit].setIdentifier)
        }
        xml.element("MaxItems", limit)
    }

    /// Route 53 sorts by the labels from the last one on.
    fileprivate static func place(_ name: String, _ type: String, _ identifier: String) -> [String] {
        name.lowercased().split(separator: ".").reversed().map(String.init) + ["", type, identifier]
    }
}

extension RecordSet {
    fileprivate var place: [String] { Estate.place(name, type, setIdentifier ?? "") }

    fileprivate init(_ xml: XMLElement) throws(MalformedResponse) {
        let name = try xml.requiredString("Name")
        self.init(
            name: name.hasSuffix(".") ? String(name.dropLast()) : name, type: try xml.requiredString("Type"),
            setIdentifier: xml.string("SetIdentifier"), ttl: try xml.int("TTL") ?? 0,
            value: try xml.required("ResourceRecords").required("ResourceRecord").requiredString("Value"),
            failover: xml.string("Failover"), healthCheck: xml.string("HealthCheckId"))
    }
}

extension WireCall {
    fileprivate func edits() throws(Refusal) -> (edits: [RecordEdit], comment: String) {
        do {
            let batch = try XMLDocument.parse(body).required("ChangeBatch")
            let edits = try batch.list("Changes", item: "Change") { change throws(MalformedResponse) in
                guard let action = RecordEdit.Action(rawValue: try change.requiredString("Action")) else {
                    throw MalformedResponse("there is no such action")
                }
                return RecordEdit(action: action, set: try RecordSet(change.required("ResourceRecordSet")))
            }
            return (edits, batch.string("Comment") ?? "")
        } catch {
            throw Refusal("InvalidInput", "The change batch cannot be read: \(error.detail)")
        }
    }
}

extension XMLText {
    fileprivate mutating func recordSet(_ set: RecordSet) {
        nest("ResourceRecordSet") { xml in
            xml.element("Name", "\(set.name.lowercased()).")
            xml.element("Type", set.type)
            xml.element("SetIdentifier", set.setIdentifier)
            xml.element("Failover", set.failover)
            xml.element("TTL", set.ttl)
            xml.nest("ResourceRecords") { records in
                records.nest("ResourceRecord") { $0.element("Value", set.value) }
            }
            xml.element("HealthCheckId", set.healthCheck)
        }
    }

    fileprivate mutating func change(_ change: ZoneChange, isInSync: Bool) {
        nest("ChangeInfo") { xml in
            xml.element("Id", "/change/\(change.id)")
            xml.element("Status", isInSync ? "INSYNC" : "PENDING")
            xml.element("SubmittedAt", change.submittedAt.description)
            if !change.comment.isEmpty { xml.element("Comment", change.comment) }
        }
    }
}

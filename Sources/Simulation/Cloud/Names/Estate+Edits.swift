import Failover

/// A change batch that was accepted.
struct ZoneChange {
    var id: String
    var submittedAt: Timestamp
    var comment: String
    /// When it is INSYNC.
    var inSyncAt: Timestamp
}

/// One line of a change batch.
struct RecordEdit: Equatable {
    enum Action: String { case create = "CREATE", delete = "DELETE", upsert = "UPSERT" }

    var action: Action
    var set: RecordSet
}

extension Estate {
    /// All of the edits or none.
    func edit(
        _ zoneID: String, _ edits: [RecordEdit], comment: String
    ) throws(Refusal) -> ZoneChange {
        guard var zone = zones[zoneID] else {
            throw Refusal("NoSuchHostedZone", "No hosted zone found with ID: \(zoneID)", status: 404)
        }
        if let last = lastEdit[zoneID], now - last < .milliseconds(500) {
            throw Refusal(
                "PriorRequestNotComplete",
                "The request was rejected because Route 53 was still processing a prior request.")
        }
        var sets = zone.sets
        for edit in edits { try Self.apply(edit, to: &sets) }
        let before = zone.sets
        let spreadBy = now + nameChance.duration(temper.propagation)
        zone.change(to: sets, at: now, spreadBy: spreadBy)
        zones[zoneID] = zone
        lastEdit[zoneID] = now
        let change = ZoneChange(
            id: "C\(nextID())", submittedAt: now, comment: comment, inSyncAt: spreadBy)
        changes[change.id] = change
        for set in sets {
            guard let old = before.first(where: set.isSame), old.value != set.value else { continue }
            note(.recordMoved(name: set.name, to: set.value))
            time.at(spreadBy) { [unowned self] in
                guard zones[zoneID]?.versions.last?.spreadBy == spreadBy else { return }
                note(.answerMoved(name: set.name, to: set.value))
            }
        }
        return change
    }

    private static func apply(_ edit: RecordEdit, to sets: inout [RecordSet]) throws(Refusal) {
        let label = "resource record set [name='\(edit.set.name).', type='\(edit.set.type)']"
        let index = sets.firstIndex(where: edit.set.isSame)
        switch (edit.action, index) {
        case (.create, nil), (.upsert, nil): sets.append(edit.set)
        case (.upsert, let index?): sets[index] = edit.set
        case (.create, _?):
            throw .changeBatch("Tried to create \(label) but it already exists")
        case (.delete, nil):
            throw .changeBatch("Tried to delete \(label) but it was not found")
        case (.delete, let index?):
            // Every field has to be the one that is there.
            guard sets[index].matches(edit.set) else {
                throw .changeBatch(
                    "Tried to delete \(label) but the values provided do not match the current values")
            }
            sets.remove(at: index)
        }
    }

    /// INSYNC, unless changes are stuck just now.
    func isInSync(_ change: ZoneChange) -> Bool { !changesStayPending && change.inSyncAt <= now }
}

extension RecordSet {
    fileprivate func matches(_ other: RecordSet) -> Bool {
        isSame(as: other) && ttl == other.ttl && value.lowercased() == other.value.lowercased()
            && failover == other.failover && healthCheck == other.healthCheck
    }
}

extension Refusal {
    static func changeBatch(_ message: String) -> Refusal { Refusal("InvalidChangeBatch", message) }
}

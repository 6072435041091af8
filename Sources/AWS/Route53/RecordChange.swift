/// One change of a batch.
public struct RecordChange: Sendable, Hashable {
    public enum Action: String, Sendable, Hashable {
        case create = "CREATE"
        /// Refused unless every member is the same as what is there. Together with a `CREATE` in one batch
        /// this is the compare-and-set that Route 53 does not have otherwise.
        case delete = "DELETE"
        /// Creates or replaces, whatever is there.
        case upsert = "UPSERT"
    }

    public var action: Action
    public var recordSet: ResourceRecordSet

    public init(_ action: Action, _ recordSet: ResourceRecordSet) {
        self.action = action
        self.recordSet = recordSet
    }

    func encode(into xml: inout XMLWriter) {
        xml.add("Action", action.rawValue)
        xml.structure("ResourceRecordSet") { recordSet.encode(into: &$0) }
    }
}

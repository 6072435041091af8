import Failover

enum LeaseKey: String, SectionKey {
    case table, region, ttl, holder

    static let places = ["controller.lease"]
}

/// What the file says about the lease; nil where it says nothing usable.
struct LeaseDraft {
    var region: Located<Region>?
    var settings: LeaseSettings?

    init(_ section: Section<LeaseKey>) {
        let table = section.required(.table, "write the DynamoDB table that the hosts share")?.text(
            Shapes.table)
        region = section.required(.region, "write the table's Region")?.text(Shapes.region)
        // Shorter ones do not outlast one slow answer of DynamoDB; longer ones only prolong the outage.
        let ttl = section.field(.ttl)?.duration(in: .seconds(6) ... .minutes(5))
        let holder = section.field(.holder)?.text(Shapes.holder)
        guard let table, let region else { return }
        var settings = LeaseSettings(table: table.value, region: region.value)
        if let ttl { settings.ttl = ttl.value }
        settings.holder = holder?.value
        self.settings = settings
    }
}

extension Shapes {
    /// Source: botocore, dynamodb `TableName`: 3 to 255 characters.
    static func table(_ text: String) throws(Refusal) -> String {
        if text.hasPrefix("arn:") { throw Refusal("is an ARN; write the table's name alone") }
        guard text.wholeMatch(of: /[a-zA-Z0-9_.-]{3,255}/) != nil else {
            throw Refusal("is \(shown(text)); use 3 to 255 of letters, digits, _, - and .")
        }
        return text
    }

    static func holder(_ text: String) throws(Refusal) -> String {
        guard text.wholeMatch(of: /[a-zA-Z0-9_.-]{1,63}/) != nil else {
            throw Refusal("is \(shown(text)); use 1 to 63 of letters, digits, _, - and .")
        }
        return text
    }
}

import Failover

enum WorkloadKey: String, SectionKey {
    case databases, policy, capacity, traffic, notifications, priority
    case primaryRegion = "primary_region"
    case standbyRegion = "standby_region"

    static let places = ["workloads.*"]
}

enum NotificationsKey: String, SectionKey {
    case topics

    static let places = ["workloads.*.notifications"]
}

/// A workload as written, before anything is compared.
struct WorkloadDraft {
    var id: Located<WorkloadID>
    var primaryRegion: Located<Region>?
    var standbyRegion: Located<Region>?
    var databases: [DatabaseDraft]
    var policy: PolicyDraft
    var priority: Located<Int>?
    var capacities: [CapacityDraft]
    var levers: [LeverDraft]
    var topics: [Located<Topic>]
    /// False when a list of topics could not be read, so that nobody is told that there are none.
    var knowsTopics = true
    /// Filled by `PolicyCheck`.
    var checkedPolicy: Policy?

    init(_ section: Section<WorkloadKey>, id: Located<WorkloadID>, defaults: PolicyDraft) {
        self.id = id
        primaryRegion = section.required(.primaryRegion, "the Region of the writers")?.text(Shapes.region)
        standbyRegion = section.required(.standbyRegion, "the Region to fail over to")?.text(Shapes.region)
        databases = Self.databases(section)
        let own = section.field(.policy).map { $0.section(PolicyKey.self).map(PolicyDraft.init) }
        policy = ((own ?? nil) ?? PolicyDraft()).over(defaults)
        priority = section.field(.priority)?.integer(in: 0...100)
        capacities = section.field(.capacity)?.items(atMost: 20)?.compactMap { CapacityDraft($0) } ?? []
        levers =
            section.field(.traffic)?.items(atMost: 40)?.compactMap { LeverDraft($0, workload: id.value) }
            ?? []
        topics = []
        guard let notifications = section.field(.notifications) else { return }
        let list = notifications.section(NotificationsKey.self).flatMap {
            $0.required(.topics, "the ARNs of SNS topics")?.items(atMost: 20)
        }
        topics = list?.compactMap { $0.text(Shapes.topic) } ?? []
        knowsTopics = list.map { $0.count == topics.count } ?? false
    }

    private static func databases(_ section: Section<WorkloadKey>) -> [DatabaseDraft] {
        guard let field = section.required(.databases, "at least one database"),
            let named = field.named(atMost: 50)
        else { return [] }
        if named.isEmpty { field.refuse("is empty; a workload has at least one database") }
        return named.compactMap { name, field in
            if (try? Shapes.name(name)) == nil {
                field.findings.refuse(
                    field.keyPosition, field.path, "is not a usable name; use \(Shapes.nameForm)")
            }
            let id = Located(value: DatabaseID(name), position: field.keyPosition, path: field.path)
            return field.section(DatabaseKey.self).map { DatabaseDraft($0, id: id) }
        }
    }

    /// Nil while something is missing; that has been reported then.
    func workload() -> Workload? {
        guard let primary = primaryRegion?.value, let standby = standbyRegion?.value, let checkedPolicy else {
            return nil
        }
        let built = databases.compactMap { $0.database(primaryRegion: primary, standbyRegion: standby) }
        let traffic = levers.compactMap { $0.lever(standbyRegion: standby) }
        let capacity = capacities.compactMap(\.capacity)
        guard !built.isEmpty, built.count == databases.count, traffic.count == levers.count,
            capacity.count == capacities.count
        else { return nil }
        // The standby Region's topics first: they answer when the primary's do not.
        let near = topics.map(\.value).filter { $0.region == standby }
        let far = topics.map(\.value).filter { $0.region != standby }
        return Workload(
            id: id.value, databases: built, policy: checkedPolicy, traffic: traffic, topics: near + far,
            priority: priority?.value ?? 50, capacity: capacity.map(\.value))
    }
}

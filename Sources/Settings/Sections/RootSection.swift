import Failover

enum RootKey: String, SectionKey {
    case controller, aws, webhook, notifications, api, defaults, workloads

    static let places = [""]
}

/// The whole file as written.
struct RootDraft {
    var controller: ControllerDraft?
    var aws = AWSSettings()
    var webhook: WebhookDraft?
    var notifications: NotificationSettings?
    var api: APISettings?
    var workloads: [WorkloadDraft] = []

    init(_ section: Section<RootKey>) {
        controller = section.required(.controller, "write at least its region")?
            .section(ControllerKey.self).map(ControllerDraft.init)
        if let aws = section.field(.aws)?.section(AWSKey.self) { self.aws = AWSSettings(aws) }
        webhook = section.field(.webhook)?.section(WebhookKey.self).map(WebhookDraft.init)
        notifications = section.field(.notifications)?.section(TellingKey.self)
            .map(NotificationSettings.init)
        api = section.field(.api)?.section(APIKey.self).map(APISettings.init)
        let defaults = section.field(.defaults)?.section(DefaultsKey.self)?
            .field(.policy)?.section(PolicyKey.self).map(PolicyDraft.init)
        // Every workload may override it, and then nobody else would look.
        if let quorum = defaults?.quorum.located {
            PolicyCheck.check(quorum, of: WitnessKind.allCases.count, section.findings)
        }
        guard let field = section.required(.workloads, "write at least one workload"),
            let named = field.named(atMost: 500)
        else { return }
        if named.isEmpty { field.refuse("is empty; there must be at least one workload") }
        workloads = named.compactMap { name, field in
            if (try? Shapes.name(name)) == nil {
                field.findings.refuse(
                    field.keyPosition, field.path, "is not a usable name; use \(Shapes.nameForm)")
            }
            let id = Located(value: WorkloadID(name), position: field.keyPosition, path: field.path)
            return field.section(WorkloadKey.self).map {
                WorkloadDraft($0, id: id, defaults: defaults ?? PolicyDraft())
            }
        }
    }
}

/// Every kind of section, for the test that holds `config.yaml` against them.
enum KnownKeys {
    static var all: [any SectionKey.Type] {
        [
            RootKey.self, ControllerKey.self, RecordingKey.self, LeaseKey.self,
            FleetBrakeKey.self, BudgetKey.self, MaintenanceKey.self,
            AWSKey.self, EndpointKey.self, WebhookKey.self, WebhookTopicKey.self, WebhookAlarmKey.self,
            WebhookDatabaseKey.self, TellingKey.self, NotifierKey.self, HeartbeatKey.self, DeadManKey.self,
            APIKey.self,
            DefaultsKey.self, PolicyKey.self,
            TimeoutKey.self, WorkloadKey.self, DatabaseKey.self, SiteKey.self, FencingKey.self, SQLKey.self,
            CapacityKey.self, LeverKey.self, NotificationsKey.self,
        ]
    }
}

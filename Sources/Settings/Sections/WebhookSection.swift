import Failover

enum WebhookKey: String, SectionKey {
    case listen, store, topics, alarms, databases
    case caFile = "ca_file"
    case secretFile = "secret_file"
    case certificateFile = "certificate_file"
    case keyFile = "key_file"

    static let places = ["webhook"]
}

enum WebhookTopicKey: String, SectionKey {
    case arn, workloads

    static let places = ["webhook.topics[]"]
}

enum WebhookAlarmKey: String, SectionKey {
    case alarm, workloads

    static let places = ["webhook.alarms[]"]
}

enum WebhookDatabaseKey: String, SectionKey {
    case identifier, region, workloads

    static let places = ["webhook.databases[]"]
}

/// What the file says about the webhook, before the names in it are compared with the workloads.
struct WebhookDraft {
    private var settings: WebhookSettings
    private var store: Located<String>?
    private var named: [Located<WorkloadID>] = []
    private let findings: Findings

    init(_ section: Section<WebhookKey>) {
        findings = section.findings
        settings = WebhookSettings(store: "")
        let listen = section.field(.listen)?.text(Shapes.address)
        if let listen { settings.listen = listen.value }
        let identity = section.identity(.certificateFile, .keyFile)
        (settings.certificateFile, settings.keyFile) = (identity.certificate, identity.key)
        // Whom it heeds is proved by each message's own signature.
        section.needs(identity.isThere ? [] : [identityNeed], at: listen)
        store = section.field(.store)?.text(Shapes.absolutePath)
        settings.caFile = section.field(.caFile)?.text(Shapes.absolutePath)?.value
        settings.secretFile = section.field(.secretFile)?.text(Shapes.secretPlace)?.value
        readTopics(section.field(.topics))
        readAlarms(section.field(.alarms))
        readDatabases(section.field(.databases))
        if section.field(.topics) == nil, section.field(.secretFile) == nil {
            let purpose = "write the SNS topics that may tell drctl to look, or a secret_file"
            _ = section.required(.topics, purpose)
        }
    }

    private mutating func readTopics(_ field: Field?) {
        let sections = field?.items(atMost: 100)?.compactMap { $0.section(WebhookTopicKey.self) } ?? []
        var arns: [Located<Topic>] = []
        for section in sections {
            let arn = section.required(.arn, "the topic's ARN")?.text(Shapes.topic)
            let workloads = names(section.field(.workloads))
            guard let arn else { continue }
            arns.append(arn)
            settings.topics.append(.init(arn: arn.value.arn, workloads: workloads))
        }
        findings.refuseDuplicates(arns)
    }

    private mutating func readAlarms(_ field: Field?) {
        let sections = field?.items(atMost: 1000)?.compactMap { $0.section(WebhookAlarmKey.self) } ?? []
        var alarms: [Located<String>] = []
        for section in sections {
            let alarm = section.required(.alarm, "the alarm's name or ARN")?.text()
            let workloads = names(section.required(.workloads, "whom the alarm concerns"))
            guard let alarm else { continue }
            alarms.append(alarm)
            settings.alarms.append(.init(alarm: alarm.value, workloads: workloads))
        }
        findings.refuseDuplicates(alarms)
    }

    private mutating func readDatabases(_ field: Field?) {
        let sections = field?.items(atMost: 1000)?.compactMap { $0.section(WebhookDatabaseKey.self) } ?? []
        for section in sections {
            let purpose = "the instance's or the cluster's name in RDS"
            let identifier = section.required(.identifier, purpose)?.text(Shapes.databaseIdentifier)
            let region = section.required(.region, "its Region")?.text(Shapes.region)
            let workloads = names(section.required(.workloads, "whom it concerns"))
            guard let identifier, let region else { continue }
            settings.databases.append(
                .init(identifier: identifier.value, region: region.value, workloads: workloads))
        }
    }

    private mutating func names(_ field: Field?) -> [WorkloadID] {
        let items = field?.items(atMost: 500)
        if let items, items.isEmpty { field?.refuse("is empty; name at least one workload") }
        let found = items?.compactMap { $0.text() }.map { $0.map { WorkloadID($0) } } ?? []
        named += found
        return found.map(\.value)
    }

    /// Nil when the controller's own settings are not known.
    func settings(workloads: [WorkloadID], controller: ControllerSettings?) -> WebhookSettings? {
        for name in named where !workloads.contains(name.value) {
            findings.refuse(name, notOneOf(name.value.rawValue, workloads.map(\.rawValue)))
        }
        guard let controller else { return nil }
        var settings = settings
        settings.store = store?.value ?? WebhookSettings.store(besideJournal: controller.journal)
        if let store, [controller.journal, controller.recording.path].contains(store.value) {
            findings.refuse(store, "is another file's of drctl; write another path")
        }
        return settings
    }
}

import Failover

/// `config.yaml` as typed values, checked as a whole. Whatever it holds was written by somebody or is a
/// documented default; nothing misspelt ever becomes one.
public struct Configuration: Sendable, Equatable {
    public var controller: ControllerSettings
    public var aws: AWSSettings
    /// Nil when nobody may tell drctl to look.
    public var webhook: WebhookSettings?
    /// Nil when nobody is told but the workloads' topics, and no heartbeat is sent.
    public var notifications: NotificationSettings?
    /// Nil when the API is on the Unix socket alone.
    public var api: APISettings?
    /// In the order of the file; at least one.
    public var workloads: [Workload]
    /// 16 hexadecimal digits that say which content was in force.
    public var digest: String
    /// What is allowed and probably not meant, sorted by place.
    public var warnings: [Problem]
    /// Where `controller.budget` stands, for whoever holds it against the calls that will be made.
    public var budgetPosition: Position?

    /// Reads and checks a file of at most 1 MiB.
    /// - Throws: everything that is wrong, not only the first thing.
    public static func load(path: String) throws(ConfigurationErrors) -> Configuration {
        let findings = Findings(file: path)
        let text = ConfigurationFile.text(path: path, findings: findings)
        return try finished(text.flatMap { read($0, findings: findings) }, findings)
    }

    /// Checks a text; `file` is what problems name.
    /// - Throws: everything that is wrong, not only the first thing.
    public static func parse(_ text: String, file: String) throws(ConfigurationErrors) -> Configuration {
        let findings = Findings(file: file)
        return try finished(read(text, findings: findings), findings)
    }

    private static func finished(
        _ configuration: Configuration?, _ findings: Findings
    ) throws(ConfigurationErrors) -> Configuration {
        guard var configuration, !findings.hasErrors else {
            if !findings.hasErrors { findings.refuse("cannot be read") }
            throw ConfigurationErrors(problems: findings.problems)
        }
        configuration.warnings = findings.warnings
        return configuration
    }

    /// Nil when too little is right to have a configuration; the findings say why.
    static func read(_ text: String, findings: Findings) -> Configuration? {
        guard let source = SourceText(text, findings: findings),
            let composed = Composer(source: source, findings: findings).compose(),
            let tree = TreeBuilder.build(composed, findings: findings)
        else { return nil }
        let root = Field(tree, keyPosition: tree.position, path: "", findings: findings)
        guard let section = root.section(RootKey.self) else { return nil }
        let draft = RootDraft(section)
        let workloads = checked(draft, findings)
        let webhook = draft.webhook?.settings(
            workloads: draft.workloads.map(\.id.value), controller: draft.controller?.settings)
        guard let controller = draft.controller?.settings, workloads.count == draft.workloads.count else {
            return nil
        }
        return Configuration(
            controller: controller, aws: draft.aws, webhook: webhook,
            notifications: draft.notifications, api: draft.api, workloads: workloads,
            digest: Digest.of(tree), warnings: [], budgetPosition: draft.controller?.budgetPosition)
    }

    private static func checked(_ draft: RootDraft, _ findings: Findings) -> [Workload] {
        let defaultInterval = Located<Duration>(
            value: .seconds(10), position: Position(line: 1, column: 1), path: "")
        let workloads = draft.workloads.map { workload in
            var workload = workload
            WorkloadCheck(
                workload: workload, controllerRegion: draft.controller?.region,
                leaseRegion: draft.controller?.leaseRegion, findings: findings
            )
            .run()
            TrafficCheck(workload: workload, findings: findings).run()
            workload.checkedPolicy =
                PolicyCheck(
                    workload: workload, pollInterval: draft.controller?.pollInterval ?? defaultInterval,
                    metricPeriod: draft.aws.metricPeriod,
                    controllerRegion: draft.controller?.region, findings: findings
                ).policy()
            return workload
        }
        UniquenessCheck(workloads: workloads, findings: findings).run()
        return workloads.compactMap { $0.workload() }
    }
}

extension Configuration {
    /// Nothing to protect, and AWS reached as it is by default: for looking around before there is a file.
    public static func bare(in region: Region) -> Configuration {
        Configuration(
            controller: ControllerSettings(region: region), aws: AWSSettings(), webhook: nil, workloads: [],
            digest: "", warnings: [])
    }

    /// Where this process stands. Its credentials depend on no one Region: keys have none, an instance's or a
    /// container's are the host's own, and STS is asked in whichever of the workloads' Regions answers.
    public var hostFacts: HostFacts {
        HostFacts(region: controller.region)
    }
}

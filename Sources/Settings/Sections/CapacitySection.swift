import Failover

enum CapacityKey: String, SectionKey {
    case type, region, desired, cluster, service, group

    static let places = ["workloads.*.capacity[]"]
}

enum CapacityType: String, CaseIterable {
    case ecsService = "ecs-service"
    case autoScalingGroup = "auto-scaling-group"
}

/// Something that grows, as written.
struct CapacityDraft {
    var region: Located<Region>?
    /// Nil while something is missing; that has been reported then.
    var capacity: Located<Capacity>?

    /// Nil when it is no set of keys at all.
    init?(_ field: Field) {
        guard let section = field.section(CapacityKey.self) else { return nil }
        let kinds = listed(CapacityType.allCases.map(\.rawValue))
        let type = section.required(.type, kinds)?.choice(CapacityType.self)
        region = section.required(.region, "the Region that it is in, one of the workload's two")?
            .text(Shapes.region)
        // ECS runs up to 5000 tasks a service; Auto Scaling has no such limit, and no more is needed.
        let desired = section.required(.desired, "how many must run before clients come")?
            .integer(in: 1...5000)
        guard let type, let resource = Self.resource(type.value, section), let region, let desired else {
            return
        }
        capacity = field.located(
            Capacity(region: region.value, resource: resource, desired: desired.value))
    }

    private static func resource(
        _ type: CapacityType, _ section: Section<CapacityKey>
    ) -> Capacity.Resource? {
        switch type {
        case .ecsService:
            section.forbid(.group, because: "belongs to type \(CapacityType.autoScalingGroup.rawValue)")
            let cluster = section.required(.cluster, "the cluster's name")?.text(Shapes.ecsName)
            let service = section.required(.service, "the service's name")?.text(Shapes.ecsName)
            guard let cluster, let service else { return nil }
            return .ecsService(cluster: cluster.value, service: service.value)
        case .autoScalingGroup:
            section.forbid(
                .cluster, .service, because: "belongs to type \(CapacityType.ecsService.rawValue)")
            return section.required(.group, "the group's name")?.text(Shapes.autoScalingGroup)
                .map { .autoScalingGroup(name: $0.value) }
        }
    }
}

extension Shapes {
    /// Of a cluster or a service. Source: ECS, `CreateService`, `serviceName`.
    static func ecsName(_ text: String) throws(Refusal) -> String {
        if text.hasPrefix("arn:") { throw Refusal("is an ARN; write the name alone, its last part") }
        guard text.wholeMatch(of: /[A-Za-z0-9_-]{1,255}/) != nil else {
            throw Refusal("is \(shown(text)); use 1 to 255 of letters, digits, - and _")
        }
        return text
    }

    /// AWS allows all but colons; what a command line would need quotes for is somebody's slip.
    static func autoScalingGroup(_ text: String) throws(Refusal) -> String {
        if text.hasPrefix("arn:") { throw Refusal("is an ARN; write the name alone, its last part") }
        guard text.wholeMatch(of: /[A-Za-z0-9._\/+=@-]{1,255}/) != nil else {
            throw Refusal("is \(shown(text)); use 1 to 255 of letters, digits and . _ / + = @ -")
        }
        return text
    }
}

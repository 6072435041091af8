import Failover

enum FencingKey: String, SectionKey {
    case method, required
    case securityGroups = "security_groups"

    static let places = ["workloads.*.databases.*.fencing"]
}

private enum FencingMethod: String, CaseIterable {
    case none, quarantine
    case revokeIngress = "revoke-ingress"
}

extension Fencing {
    /// Nil when it was refused.
    static func read(_ field: Field) -> Located<Fencing>? {
        guard let section = field.section(FencingKey.self) else { return nil }
        let purpose =
            "quarantine, revoke-ingress, or none, which accepts in writing that two writers may live"
        let method = section.required(.method, purpose)?.choice(FencingMethod.self)
        let required = section.field(.required)?.flag()
        let listed = section.field(.securityGroups)
        // 16 is the most that EC2 allows on one network interface.
        let items = listed?.items(atMost: 16)
        let groups = items?.compactMap { $0.text(Shapes.securityGroup) } ?? []
        section.findings.refuseDuplicates(groups)
        guard let method else { return nil }
        if method.value == .none {
            section.forbid(.securityGroups, because: "has no meaning with method none")
            if let required, required.value {
                section.findings.refuse(
                    required, "is true, but method none fences nothing; choose a method or false")
            }
        } else if listed == nil {
            _ = section.required(.securityGroups, "method \(method.value.rawValue) needs at least one")
        } else if let listed, let items, items.isEmpty {
            listed.refuse("is empty; method \(method.value.rawValue) needs at least one")
        }
        let ids = groups.map(\.value)
        let chosen: Method =
            switch method.value {
            case .none: .none
            case .quarantine: .quarantine(securityGroups: ids)
            case .revokeIngress: .revokeIngress(securityGroups: ids)
            }
        return field.located(Fencing(method: chosen, required: required?.value ?? false))
    }
}

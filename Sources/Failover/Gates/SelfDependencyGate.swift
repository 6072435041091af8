extension GateID { public static let selfDependency: GateID = "self-dependency" }

extension Gate {
    /// A plan that needs the Region that it leaves stops halfway exactly when it is needed.
    static let selfDependency = Gate(
        .selfDependency, .safe, override: .named,
        asks: "nothing that has to work needs the Region that is left"
    ) { situation in
        let needs = situation.dependencies
        return situation.answer(
            needs.isEmpty,
            needs.isEmpty
                ? "nothing in the plan needs \(situation.workload.primaryRegion)"
                : needs.joined(separator: "; ") + ". It stays closed until config.yaml or the host is changed"
        )
    }
}

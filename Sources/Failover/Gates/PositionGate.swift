extension GateID { public static let position: GateID = "position" }

extension Gate {
    static let position = Gate(
        .position, .safe, override: .never, asks: "the roles are as config.yaml has them",
        on: [.primaryDatabase, .standbyDatabase]
    ) { situation in
        let home = situation.workload.primaryRegion
        if let active = situation.state.activeRegion, active != home {
            return situation.closed(
                "runs in \(active), not in \(home): swap primary and standby in config.yaml")
        }
        let wrong = situation.inquiries.contains(where: \.hasOtherRoles)
        return situation.answer(
            !wrong,
            wrong
                ? situation.inquiries.compactMap(\.otherRoles).joined(separator: "; ")
                : "the roles are as configured")
    }
}

extension Inquiry {
    fileprivate var hasOtherRoles: Bool {
        state(.standby)?.value?.role == .writer || state(.primary)?.value?.role == .replica
    }

    fileprivate var otherRoles: String? {
        if state(.standby)?.value?.role == .writer {
            return "\(database.id): \(database.standby.identifier) is a writer already"
        }
        guard state(.primary)?.value?.role == .replica else { return nil }
        return "\(database.id): \(database.primary.identifier) is a replica, not the writer"
    }
}

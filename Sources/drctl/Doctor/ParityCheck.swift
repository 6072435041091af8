import Failover

/// Could the standby do what the primary does?
struct ParityCheck {
    var database: Failover.Database
    var primary: SiteFacts
    var standby: SiteFacts

    private var name: String { "parity \(database.id)" }

    var findings: [Finding] {
        (versions + size + encryption + protection + backups + pending).orOK(
            name,
            "version, class, encryption, protection and backups of the standby are as good as the primary's")
    }

    private var versions: [Finding] {
        let both = "\(primary.engineVersion) and \(standby.engineVersion)"
        if case .auroraGlobal(_, .managedFailover) = database.kind {
            guard minor(primary.engineVersion) != minor(standby.engineVersion) else { return [] }
            return [
                .fail(
                    name,
                    "the engine versions are \(both): managed failover needs the same major and minor "
                        + "version. Upgrade one, or use method: detach")
            ]
        }
        guard primary.engineVersion != standby.engineVersion else { return [] }
        return [.warn(name, "the engine versions are \(both): bring the replica to the primary's")]
    }

    private func minor(_ version: String) -> [Substring] { Array(version.split(separator: ".").prefix(2)) }

    private var size: [Finding] {
        let (ours, theirs) = (largest(standby), largest(primary))
        guard let ours, let theirs, ours < theirs else { return [] }
        return [
            .warn(
                name,
                "\(standby.identifier) (\(standby.classes.joined(separator: ", "))) is smaller than "
                    + "\(primary.identifier) (\(primary.classes.joined(separator: ", "))): it may not carry "
                    + "the load")
        ]
    }

    private func largest(_ facts: SiteFacts) -> Double? {
        facts.classes.compactMap { InstanceClass($0)?.size }.max()
    }

    private var encryption: [Finding] {
        guard let ours = standby.isEncrypted, let theirs = primary.isEncrypted, ours != theirs else {
            return []
        }
        return [
            .warn(
                name,
                "only \(ours ? standby.identifier : primary.identifier) has its storage encrypted: rebuild "
                    + "the other"
            )
        ]
    }

    private var protection: [Finding] {
        let bare = [primary, standby].filter { $0.isDeletionProtected == false }.map(\.identifier)
        guard !bare.isEmpty else { return [] }
        return [
            .warn(
                name,
                "no deletion protection on \(bare.joined(separator: " and ")): one wrong click, and it is "
                    + "gone"
            )
        ]
    }

    private var backups: [Finding] {
        guard standby.backupRetention == 0 else { return [] }
        return [
            .warn(
                name,
                "\(standby.identifier) has no automated backups: its promotion would make the very first "
                    + "one, and take longer. Set a backup retention period on it")
        ]
    }

    private var pending: [Finding] {
        guard !standby.pendingChanges.isEmpty else { return [] }
        let names = standby.pendingChanges.keys.sorted().joined(separator: ", ")
        return [
            .warn(
                name,
                "\(standby.identifier) has changes waiting (\(names)): the reboot of its promotion would "
                    + "make them"
            )
        ]
    }
}

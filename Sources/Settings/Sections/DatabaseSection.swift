import Failover

enum DatabaseKey: String, SectionKey {
    case type, method, primary, standby, fencing, heartbeat, sql
    case globalCluster = "global_cluster"
    case healthCheck = "health_check"

    static let places = ["workloads.*.databases.*"]
}

enum SiteKey: String, SectionKey {
    case identifier, endpoint

    static let places = ["workloads.*.databases.*.primary", "workloads.*.databases.*.standby"]
}

enum DatabaseType: String, CaseIterable {
    case rdsReplica = "rds-replica"
    case auroraGlobal = "aurora-global"
}

/// One side of a database as written.
struct SiteDraft {
    var identifier: Located<String>?
    var endpoint: Located<Endpoint>?

    static func read(_ field: Field) -> SiteDraft? {
        guard let section = field.section(SiteKey.self) else { return nil }
        return SiteDraft(
            identifier: section.required(.identifier, "the instance's or the cluster's name in RDS")?
                .text(Shapes.databaseIdentifier),
            endpoint: section.required(.endpoint, "the writer endpoint, host:port")?.text(Shapes.endpoint))
    }
}

/// A database as written, before anything is compared.
struct DatabaseDraft {
    var id: Located<DatabaseID>
    var type: DatabaseType?
    var globalCluster: Located<String>?
    var method: AuroraMethod
    var primary: SiteDraft?
    var standby: SiteDraft?
    var healthCheck: Setting<String>
    /// A row is written on the primary every few seconds, so that replication lag is true when nobody else
    /// writes.
    var heartbeat: Bool
    var fencing: Located<Fencing>?
    /// Nil: it is not asked in SQL.
    var sql: SQLDraft?

    init(_ section: Section<DatabaseKey>, id: Located<DatabaseID>) {
        self.id = id
        let type = section.required(.type, "rds-replica or aurora-global")?.choice(DatabaseType.self)
        self.type = type?.value
        primary = section.required(.primary, "the writer while nothing has happened").flatMap(SiteDraft.read)
        standby = section.required(.standby, "the replica that is promoted").flatMap(SiteDraft.read)
        healthCheck = Setting(section.field(.healthCheck)) { $0.text(Shapes.healthCheck) }
        let purpose = "say how the old writer is kept from writing, or method none"
        fencing = section.required(.fencing, purpose).flatMap(Fencing.read)
        method = section.field(.method)?.choice(AuroraMethod.self)?.value ?? .detach
        heartbeat = section.field(.heartbeat)?.flag()?.value ?? false
        sql = section.field(.sql).map { SQLDraft.read($0) ?? SQLDraft() }
        sql?.check([primary, standby], section.findings)
        switch type?.value {
        case .auroraGlobal?:
            globalCluster = section.required(.globalCluster, "the global cluster's identifier")?
                .text(Shapes.globalClusterIdentifier)
            section.forbid(.heartbeat, because: "belongs to type rds-replica; Aurora's lag needs none")
        case .rdsReplica?:
            section.forbid(.globalCluster, .method, because: "belongs to type aurora-global")
        case nil: break
        }
    }

    /// Nil while something is missing; that has been reported then.
    func database(primaryRegion: Region, standbyRegion: Region) -> Database? {
        guard let type, let primary = primary?.site(in: primaryRegion), let fencing,
            let standby = standby?.site(in: standbyRegion)
        else { return nil }
        // What was refused is never taken for what was left out.
        if let sql, sql.access == nil { return nil }
        let kind: Database.Kind
        switch type {
        case .rdsReplica: kind = .rdsReplica
        case .auroraGlobal:
            guard let globalCluster else { return nil }
            kind = .auroraGlobal(globalCluster: globalCluster.value, method: method)
        }
        return Database(
            id: id.value, kind: kind, primary: primary, standby: standby, fencing: fencing.value,
            healthCheckID: healthCheck.located?.value, sql: sql?.access)
    }
}

extension SiteDraft {
    func site(in region: Region) -> Site? {
        guard let identifier, let endpoint else { return nil }
        return Site(region: region, identifier: identifier.value, endpoint: endpoint.value)
    }
}

import AWS
import Failover

/// Everything about one database that the RDS and EC2 APIs can tell.
struct DatabaseChecks {
    let context: DoctorContext
    let workload: Workload
    let database: Failover.Database
    let active: Side

    var examination: Examination {
        Examination(workload.id.rawValue, "database \(database.id)") { await findings() }
    }

    private func findings() async -> [Finding] {
        let look = await DatabaseLook.at(database, context)
        let (primary, standby) = (look.primary.facts, look.standby.facts)
        var findings = side(.primary, look.primary) + side(.standby, look.standby)
        // After a failover the old pair says nothing any more.
        if active == .primary {
            findings += replication(look)
            if let primary, let standby {
                findings += ParityCheck(database: database, primary: primary, standby: standby).findings
            }
        }
        return findings + (await FencingCheck(database: database, writer: primary).findings(context))
    }

    private func side(_ side: Side, _ look: Asked<DatabaseLook.Answer>) -> [Finding] {
        let name = "\(side.rawValue) \(database.id)"
        switch look {
        case .failure(let error): return [.fail(name, error)]
        case .success(let found):
            guard let facts = found.facts else {
                let site = database.site(side)
                let kind = database.kind == .rdsReplica ? "instance" : "cluster"
                return [
                    .fail(
                        name,
                        "there is no DB \(kind) \(site.identifier) in \(site.region): correct the identifier "
                            + "or the Region"
                    )
                ]
            }
            return SiteCheck(database: database, side: side, facts: facts, active: active).findings
        }
    }

    private func replication(_ look: DatabaseLook) -> [Finding] {
        switch database.kind {
        case .rdsReplica:
            guard let replica = try? look.standby.get().instance, SiteFacts(replica).isReplica else {
                return []
            }
            return ReplicationCheck.findings(of: replica, database, primary: look.primary.facts)
        case .auroraGlobal(let identifier, _):
            switch look.global {
            case .failure(let error): return [.fail("replication \(database.id)", error)]
            case .success(let global):
                return ReplicationCheck.findings(
                    of: global, named: identifier, database, primary: look.primary.facts,
                    standby: look.standby.facts)
            }
        }
    }
}

extension Asked<DatabaseLook.Answer> {
    var facts: SiteFacts? { (try? get())?.facts }
}

import Failover

/// How a database gets a standby again, where the old writer was.
struct Rebuilding {
    let workload: WorkloadID
    let database: Database

    private var old: Site { database.primary }
    private var new: Site { database.standby }
    private var from: Region { old.region }
    private var to: Region { new.region }

    var steps: [HandoverStep] {
        switch database.kind {
        case .rdsReplica: [snapshot, replacement, replica]
        case .auroraGlobal(_, .managedFailover): [secondary, release]
        case .auroraGlobal(let global, .detach): [clusterSnapshot, newGlobal(global)]
        }
    }

    private var snapshot: HandoverStep {
        HandoverStep(
            "keep the last state of \(old.identifier)",
            commands: [
                "aws rds create-db-snapshot --region \(from) --db-instance-identifier \(old.identifier) "
                    + "--db-snapshot-identifier \(old.identifier)-before-rebuild-\(Self.now)"
            ])
    }

    /// A name that was not taken yet: the way home ends with the same commands.
    private static let now = "$(date +%Y%m%d%H%M)"

    /// What production puts on it, and neither Pulumi nor RDS deletes while it is there. Without it, it does
    /// nothing.
    private var unlock: String {
        "aws rds modify-db-instance --region \(from) --db-instance-identifier \(old.identifier) "
            + "--no-deletion-protection --apply-immediately"
    }

    /// The program ignores whom an instance replicates, since a failover changes it: only a new one follows.
    /// All else that it deletes at a change of roles, it does not protect.
    private var replacement: HandoverStep {
        HandoverStep(
            "with deploy/pulumi: \(old.identifier) is deleted, and a replica of \(new.identifier) takes its "
                + "place and its name (what else a system needs, such as the secrets of orders: its README)",
            commands: [
                "URN=$(pulumi stack --show-urns | grep -o "
                    + "'urn:[^ ]*rds/instance:Instance::\(workload)-database-\(from)-[a-z0-9]*')",
                "pulumi state unprotect --yes \"$URN\"    # this and the next: in production",
                unlock,
                "pulumi config set drctl:activeRegion \(to)",
                "pulumi up --replace \"$URN\"",
            ])
    }

    private var replica: HandoverStep {
        let account = "$(aws sts get-caller-identity --query Account --output text)"
        return HandoverStep(
            "without it, by hand: add the key, the subnets and the groups that it had",
            commands: [
                unlock,
                "aws rds delete-db-instance --region \(from) --db-instance-identifier \(old.identifier) "
                    + "--final-db-snapshot-identifier \(old.identifier)-final-\(Self.now)",
                "aws rds create-db-instance-read-replica --region \(from) --source-region \(to) "
                    + "--db-instance-identifier \(old.identifier) "
                    + "--source-db-instance-identifier \"arn:aws:rds:\(to):\(account):db:\(new.identifier)\"",
            ])
    }

    private var secondary: HandoverStep {
        HandoverStep(
            "wait until AWS has made \(old.identifier) a secondary again; copy the snapshot "
                + "rds:unplanned-global-failover-... that it leaves, which expires",
            commands: [
                "aws rds describe-db-clusters --region \(from) --db-cluster-identifier \(old.identifier) "
                    + "--query 'DBClusters[0].[Status,GlobalWriteForwardingStatus]' --output text"
            ])
    }

    private var release: HandoverStep {
        let open =
            "aws rds modify-db-cluster --region \(from) --db-cluster-identifier \(old.identifier) "
            + "--apply-immediately --vpc-security-group-ids"
        return HandoverStep(
            "with deploy/pulumi: let clients into it again, and turn the roles (without it: its own groups)",
            commands: [
                "\(open) \"$(pulumi stack output primaryDatabaseGroup)\"",
                "pulumi config set drctl:activeRegion \(to)",
                "pulumi up",
            ])
    }

    private var clusterSnapshot: HandoverStep {
        HandoverStep(
            "keep the last state of \(old.identifier)",
            commands: [
                "aws rds create-db-cluster-snapshot --region \(from) "
                    + "--db-cluster-identifier \(old.identifier) "
                    + "--db-cluster-snapshot-identifier \(old.identifier)-before-rebuild-\(Self.now)"
            ])
    }

    /// A detached cluster cannot come back into the global cluster while the old writer is in it.
    static func successor(of global: String) -> String { "\(global)-2" }

    private func newGlobal(_ global: String) -> HandoverStep {
        let account = "$(aws sts get-caller-identity --query Account --output text)"
        return HandoverStep(
            "make \(new.identifier) the first of a new global cluster, and add a secondary in \(from); "
                + "\(global) is left with \(old.identifier) alone (global_cluster in config.yaml)",
            commands: [
                "aws rds create-global-cluster --region \(to) "
                    + "--global-cluster-identifier \(Self.successor(of: global)) "
                    + "--source-db-cluster-identifier "
                    + "\"arn:aws:rds:\(to):\(account):cluster:\(new.identifier)\""
            ])
    }
}

import AWS
import Failover
import Settings

/// Everything that a failover of a workload changes in AWS, as IAM has it: what no look can prove.
struct NeededActions {
    struct Need: Equatable {
        var resource: String
        var actions: [String]
        /// What a condition of the policy asks for: key and value.
        var context: [String: String] = [:]
    }

    var workload: Workload
    var lease: LeaseSettings?
    /// Of our credentials: its ARNs are made of it.
    var account: String
    /// `aws`, `aws-us-gov`.
    var partition: String

    var needs: [Need] {
        var needs: [Need] = []
        for database in workload.databases { needs += promotion(database) + fence(database) }
        needs += workload.standbyCapacity.map(growth)
        for lever in workload.traffic { needs += self.needs(of: lever) }
        for topic in Set(workload.topics.map(\.arn)).sorted() {
            needs.append(Need(resource: topic, actions: ["sns:Publish"]))
        }
        return needs + shared
    }

    private func arn(_ service: String, _ region: Region?, _ rest: String) -> String {
        "arn:\(partition):\(service):\(region?.rawValue ?? ""):\(account):\(rest)"
    }

    private func promotion(_ database: Failover.Database) -> [Need] {
        let standby = database.standby
        switch database.kind {
        case .rdsReplica:
            return [
                Need(
                    resource: arn("rds", standby.region, "db:\(standby.identifier)"),
                    actions: ["rds:PromoteReadReplica"])
            ]
        case .auroraGlobal(let global, let method):
            let action = method == .detach ? "rds:RemoveFromGlobalCluster" : "rds:FailoverGlobalCluster"
            return [
                Need(resource: arn("rds", nil, "global-cluster:\(global)"), actions: [action]),
                Need(
                    resource: arn("rds", standby.region, "cluster:\(standby.identifier)"), actions: [action]),
            ]
        }
    }

    private func fence(_ database: Failover.Database) -> [Need] {
        let primary = database.primary
        let isInstance = database.kind == .rdsReplica
        let resource = arn(
            "rds", primary.region, "\(isInstance ? "db" : "cluster"):\(primary.identifier)")
        switch database.fencing.method {
        case .none: return []
        case .quarantine:
            return [
                Need(
                    resource: resource,
                    actions: isInstance
                        ? ["rds:ModifyDBInstance", "rds:RebootDBInstance"] : ["rds:ModifyDBCluster"])
            ]
        case .revokeIngress(let groups):
            return groups.map { group in
                Need(
                    resource: arn("ec2", primary.region, "security-group/\(group)"),
                    actions: ["ec2:RevokeSecurityGroupIngress"])
            } + (isInstance ? [Need(resource: resource, actions: ["rds:RebootDBInstance"])] : [])
        }
    }

    private func growth(_ capacity: Capacity) -> Need {
        switch capacity.resource {
        case .ecsService(let cluster, let service):
            Need(
                resource: arn("ecs", capacity.region, "service/\(cluster)/\(service)"),
                actions: ["ecs:UpdateService"])
        case .autoScalingGroup(let name):
            // A group's ARN has an id that only AWS knows; a policy that names the group does not ask for it.
            Need(
                resource: arn(
                    "autoscaling", capacity.region,
                    "autoScalingGroup:00000000-0000-0000-0000-000000000000:autoScalingGroupName/\(name)"),
                actions: ["autoscaling:UpdateAutoScalingGroup"])
        }
    }

    private func needs(of lever: TrafficLever) -> [Need] {
        switch lever {
        case .route53Record(let lever):
            return [
                Need(
                    resource: "arn:\(partition):route53:::hostedzone/\(lever.zoneID)",
                    actions: ["route53:ChangeResourceRecordSets"],
                    context: [
                        "route53:ChangeResourceRecordSetsNormalizedRecordNames": lever.name,
                        "route53:ChangeResourceRecordSetsRecordTypes": lever.type,
                        "route53:ChangeResourceRecordSetsActions": "CREATE",
                    ]),
                Need(resource: "arn:\(partition):route53:::change/C0", actions: ["route53:GetChange"]),
            ]
        case .route53HealthCheck(let lever):
            return [
                Need(
                    resource: "*", actions: ["cloudwatch:PutMetricData"],
                    context: ["cloudwatch:namespace": lever.namespace])
            ]
        }
    }

    private var shared: [Need] {
        guard let lease else { return [] }
        return [
            Need(
                resource: arn("dynamodb", lease.region, "table/\(lease.table)"),
                actions: [
                    "dynamodb:ConditionCheckItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query",
                    "dynamodb:UpdateItem",
                ])
        ]
    }
}

import HTTPTransport
import Testing

@testable import AWS

/// The services of later steps, one after another against one server: it takes seconds to start.
@Suite("Against moto, the other services", .serialized)
struct MotoServicesTests {
    private static let home = "eu-west-1"

    @Test("each of them takes what we write, and we read what it answers")
    func services() async throws {
        let moto = try await MotoServer.start()
        let made = try await moto.boto3(
            """
            rds = aws("rds")
            arn = rds.create_db_instance(DBInstanceIdentifier="orders", DBInstanceClass="db.m5.large",
                Engine="postgres", AllocatedStorage=20, BackupRetentionPeriod=1)["DBInstance"]["DBInstanceArn"]
            aws("dynamodb").create_table(TableName="drctl", BillingMode="PAY_PER_REQUEST",
                KeySchema=[dict(AttributeName="pk", KeyType="HASH")],
                AttributeDefinitions=[dict(AttributeName="pk", AttributeType="S")])
            secret = aws("secretsmanager").create_secret(Name="db", SecretString="old")["ARN"]
            ec2 = aws("ec2")
            vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
            subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"]
            acl = ec2.create_network_acl(VpcId=vpc)["NetworkAcl"]["NetworkAclId"]
            group = ec2.create_security_group(GroupName="g", Description="d", VpcId=vpc)["GroupId"]
            ecs = aws("ecs")
            ecs.create_cluster(clusterName="apps")
            ecs.register_task_definition(family="t",
                containerDefinitions=[dict(name="c", image="i", memory=64)])
            ecs.create_service(cluster="apps", serviceName="web", taskDefinition="t", desiredCount=1)
            scaling = aws("autoscaling")
            scaling.create_launch_configuration(LaunchConfigurationName="l", ImageId="ami-12c6146b",
                InstanceType="t2.micro")
            scaling.create_auto_scaling_group(AutoScalingGroupName="web", LaunchConfigurationName="l",
                MinSize=0, MaxSize=4, DesiredCapacity=0, VPCZoneIdentifier=subnet)
            aws("route53").create_hosted_zone(Name="example.com", CallerReference="1")
            check = aws("route53").create_health_check(CallerReference="1", HealthCheckConfig=dict(
                Type="TCP", IPAddress="192.0.2.1", Port=5432))["HealthCheck"]["Id"]
            print(arn, secret, acl, group, check)
            """
        ).split(separator: " ").map(String.init)
        let aws = moto.client()
        try await snapshots(aws, instance: made[0])
        try await alarms(aws)
        try await items(aws)
        try await secrets(aws, arn: made[1])
        try await networks(aws, acl: made[2], group: made[3])
        try await counts(aws)
        try await zones(aws, check: made[4])
    }

    private func snapshots(_ aws: AWSClient, instance: String) async throws {
        let tags = [RDSTag(key: "made by", value: "drctl & é")]
        let made = try await aws.call(
            CreateDBSnapshot(dbSnapshotIdentifier: "one", dbInstanceIdentifier: "orders", tags: tags),
            region: Self.home)
        #expect(made.dbSnapshotIdentifier == "one" && made.status == "available")
        _ = try await aws.call(
            CopyDBSnapshot(
                sourceDBSnapshotIdentifier: "one", targetDBSnapshotIdentifier: "two", copyTags: true),
            region: Self.home)
        let all = try await aws.all(DescribeDBSnapshots(dbInstanceIdentifier: "orders"), region: Self.home)
        // Beside the one that moto makes by itself.
        #expect(Set(all.compactMap(\.dbSnapshotIdentifier)).isSuperset(of: ["one", "two"]))
        let twice = try await failure { () async throws(AWSError) in
            try await aws.call(
                CreateDBSnapshot(dbSnapshotIdentifier: "one", dbInstanceIdentifier: "orders"),
                region: Self.home)
        }
        #expect(twice.code == "DBSnapshotAlreadyExists" && twice.outcome == .notDone)
        _ = try await aws.call(AddTagsToResource(resourceName: instance, tags: tags), region: Self.home)
        let listed = ListTagsForResource(resourceName: instance)
        #expect(try await aws.call(listed, region: Self.home).tagList == tags)
        _ = try await aws.call(
            RemoveTagsFromResource(resourceName: instance, tagKeys: ["made by"]), region: Self.home)
        #expect(try await aws.call(listed, region: Self.home).tagList == [])
        let replica = try await aws.call(
            CreateDBInstanceReadReplica(
                dbInstanceIdentifier: "orders-away", sourceDBInstanceIdentifier: instance),
            region: "eu-central-1")
        #expect(replica.dbInstanceIdentifier == "orders-away")
    }

    private func alarms(_ aws: AWSClient) async throws {
        let alarm = PutMetricAlarm(
            alarmName: "lag", metricName: "Lag", namespace: "Drctl", statistic: "Maximum",
            dimensions: [Dimension(name: "Workload", value: "orders")], period: 60, evaluationPeriods: 3,
            threshold: 30, comparisonOperator: "GreaterThanThreshold", treatMissingData: "breaching")
        _ = try await aws.call(alarm, region: Self.home)
        _ = try await aws.call(
            SetAlarmState(alarmName: "lag", stateValue: "ALARM", stateReason: "a test"), region: Self.home)
        let found = try await aws.pages(DescribeAlarms(alarmNames: ["lag"]), region: Self.home)
        let read = try #require(found.first?.metricAlarms.first)
        #expect(read.stateValue == "ALARM" && read.threshold == 30 && read.treatMissingData == "breaching")
        _ = try await aws.call(DisableAlarmActions(alarmNames: ["lag"]), region: Self.home)
        _ = try await aws.call(EnableAlarmActions(alarmNames: ["lag"]), region: Self.home)
        _ = try await aws.call(DeleteAlarms(alarmNames: ["lag"]), region: Self.home)
        let left = try await aws.pages(DescribeAlarms(), region: Self.home)
        #expect(left.first?.metricAlarms.isEmpty == true)
    }

    private func items(_ aws: AWSClient) async throws {
        func put(_ owner: String) -> PutItem {
            PutItem(
                tableName: "drctl", item: ["pk": .string("lease"), "owner": .string(owner)],
                conditionExpression: "attribute_not_exists(pk) OR #o = :me",
                expressionAttributeNames: ["#o": "owner"],
                expressionAttributeValues: [":me": .string(owner)])
        }
        _ = try await aws.call(put("a"), region: Self.home)
        let refused = try await failure { () async throws(AWSError) in
            try await aws.call(put("b"), region: Self.home)
        }
        #expect(refused.isConditionalCheckFailure)
        let update = TransactWriteItems.Update(
            tableName: "drctl", key: ["pk": .string("lease")], updateExpression: "SET #o = :b",
            conditionExpression: "#o = :a", expressionAttributeNames: ["#o": "owner"],
            expressionAttributeValues: [":a": .string("a"), ":b": .string("b")])
        _ = try await aws.call(
            TransactWriteItems([.update(update)], clientRequestToken: "t-1"), region: Self.home)
        let read = try await aws.call(
            TransactGetItems(["lease", "none"].map { .init(tableName: "drctl", key: ["pk": .string($0)]) }),
            region: Self.home)
        #expect(read.map { $0?["owner"]?.string } == ["b", nil])
    }

    private func secrets(_ aws: AWSClient, arn: String) async throws {
        let token = "11111111-aaaa-bbbb-cccc-222222222222"
        let old = try await aws.call(GetSecretValue(secretId: "db"), region: Self.home)
        #expect(old.secretString == "old" && old.arn == arn && old.createdDate != nil)
        let put = PutSecretValue(secretId: arn, clientRequestToken: token, secretString: "new é")
        #expect(try await aws.call(put, region: Self.home).versionId == token)
        let new = try await aws.call(
            GetSecretValue(secretId: "db", versionStage: "AWSCURRENT"), region: Self.home)
        #expect(new.secretString == "new é" && new.versionStages == ["AWSCURRENT"])
        #expect(try await aws.call(DescribeSecret(secretId: "db"), region: Self.home).name == "db")
        let missing = try await failure { () async throws(AWSError) in
            try await aws.call(GetSecretValue(secretId: "nobody"), region: Self.home)
        }
        #expect(missing.code == "ResourceNotFoundException" && missing.kind == .notFound)
    }

    private func networks(_ aws: AWSClient, acl: String, group: String) async throws {
        func entry(_ action: String) -> CreateNetworkAclEntry {
            CreateNetworkAclEntry(
                networkAclId: acl, ruleNumber: 90, protocol: "6", ruleAction: action, egress: false,
                cidrBlock: "10.0.0.0/8", portRange: PortRange(from: 5432, to: 5432))
        }
        _ = try await aws.call(entry("deny"), region: Self.home)
        let describe = DescribeNetworkAcls(networkAclIds: [acl])
        let rule = try await aws.all(describe, region: Self.home).first?.entries.first { $0.ruleNumber == 90 }
        #expect(rule?.ruleAction == "deny" && rule?.portRange?.from == 5432 && rule?.egress == false)
        _ = try await aws.call(
            DeleteNetworkAclEntry(networkAclId: acl, ruleNumber: 90, egress: false), region: Self.home)
        let left = try await aws.all(describe, region: Self.home).first?.entries
        #expect(left?.contains { $0.ruleNumber == 90 } == false)
        let permission = IPPermission(
            ipProtocol: "tcp", fromPort: 443, toPort: 443, ipRanges: [IPRange(cidrIp: "192.0.2.0/24")])
        _ = try await aws.call(
            AuthorizeSecurityGroupEgress(groupId: group, ipPermissions: [permission]), region: Self.home)
        let rules = try await aws.all(
            DescribeSecurityGroupRules(filters: [Filter(name: "group-id", values: [group])]),
            region: Self.home)
        #expect(rules.contains { $0.isEgress == true && $0.cidrIpv4 == "192.0.2.0/24" })
        _ = try await aws.call(
            RevokeSecurityGroupEgress(groupId: group, ipPermissions: [permission]), region: Self.home)
    }

    private func counts(_ aws: AWSClient) async throws {
        let updated = try await aws.call(
            UpdateService(service: "web", cluster: "apps", desiredCount: 3), region: Self.home)
        #expect(updated.desiredCount == 3)
        let described = try await aws.call(
            DescribeServices(services: ["web", "nobody"], cluster: "apps"), region: Self.home)
        #expect(described.services.map(\.serviceName) == ["web"])
        #expect(described.failures.map(\.reason) == ["MISSING"])
        _ = try await aws.call(
            SetDesiredCapacity(autoScalingGroupName: "web", desiredCapacity: 2), region: Self.home)
        _ = try await aws.call(
            UpdateAutoScalingGroup(autoScalingGroupName: "web", maxSize: 6), region: Self.home)
        let groups = try await aws.all(
            DescribeAutoScalingGroups(autoScalingGroupNames: ["web", "nobody"]), region: Self.home)
        #expect(groups.map(\.desiredCapacity) == [2] && groups.map(\.maxSize) == [6])
    }

    private func zones(_ aws: AWSClient, check: String) async throws {
        #expect(try await aws.all(ListHostedZones(), region: Self.home).map(\.name) == ["example.com."])
        _ = try await aws.call(
            UpdateHealthCheck(healthCheckId: check, failureThreshold: 2, inverted: true), region: Self.home)
        let checks = try await aws.all(ListHealthChecks(), region: Self.home)
        #expect(checks.map(\.id) == [check])
        #expect(checks.first?.healthCheckConfig?.inverted == true)
    }
}

import HTTPTransport
import Testing

@testable import AWS

/// Against a server that speaks AWS's protocols, over real HTTP.
@Suite("Against moto", .serialized)
struct MotoTests {
    @Test("instances of two Regions are described page by page, and a replica is promoted")
    func databases() async throws {
        let moto = try await MotoServer.start()
        let arn = try await moto.boto3(
            """
            def make(n):
                made = aws("rds").create_db_instance(DBInstanceIdentifier=n, DBInstanceClass="db.m5.large",
                    Engine="postgres", AllocatedStorage=20, BackupRetentionPeriod=1)
                return made["DBInstance"]["DBInstanceArn"]
            arns = [make("db-%02d" % n) for n in range(25)]
            aws("rds", "eu-central-1").create_db_instance_read_replica(
                DBInstanceIdentifier="replica", SourceDBInstanceIdentifier=arns[0])
            print(arns[0])
            """)
        let aws = moto.client()
        let all = try await aws.pages(DescribeDBInstances(maxRecords: 20), region: "eu-west-1")
        #expect(all.map(\.dbInstances.count) == [20, 5])
        let source = try #require(all.first?.dbInstances.first { $0.dbInstanceArn == arn })
        #expect(source.dbInstanceStatus == "available")
        #expect(source.readReplicaDBInstanceIdentifiers.count == 1)

        let filtered = DescribeDBInstances(filters: [Filter(name: "db-instance-id", values: ["replica"])])
        let replica = try #require(try await aws.all(filtered, region: "eu-central-1").first)
        #expect(replica.readReplicaSourceDBInstanceIdentifier == arn)
        #expect(try await aws.all(filtered, region: "eu-west-1").isEmpty)
        let promoted = try await aws.call(
            PromoteReadReplica(dbInstanceIdentifier: "replica", backupRetentionPeriod: 1),
            region: "eu-central-1")
        #expect(promoted.dbInstanceIdentifier == "replica")

        let error = try await failure { () async throws(AWSError) in
            try await aws.call(DescribeDBInstances(dbInstanceIdentifier: "nobody"), region: "eu-west-1")
        }
        #expect(error.kind == .notFound)
        // An operation that moto lacks ends in a page of HTML.
        let absent = try await failure { () async throws(AWSError) in
            try await aws.call(
                SwitchoverGlobalCluster(globalClusterIdentifier: "g", targetDbClusterIdentifier: "arn:x"),
                region: "eu-west-1")
        }
        #expect(absent.kind == .serverFault)
        #expect(absent.outcome == .unknown)
    }

    @Test("record sets are upserted, listed, and replaced only where they are as expected")
    func records() async throws {
        let moto = try await MotoServer.start()
        let zone = try await moto.boto3(
            """
            made = aws("route53").create_hosted_zone(Name="example.com", CallerReference="1")
            print(made["HostedZone"]["Id"])
            """)
        let aws = moto.client()
        let old = ResourceRecordSet(
            name: "db.example.com.", type: "CNAME", ttl: 30,
            resourceRecords: [ResourceRecord(value: "orders.eu-west-1.example.net")])
        let change = try await aws.call(
            ChangeResourceRecordSets(
                hostedZoneId: zone, changes: [RecordChange(.upsert, old)], comment: "dr & test"),
            region: "eu-west-1")
        #expect(try await aws.call(GetChange(id: change.id), region: "eu-west-1").status == "INSYNC")
        let listing = ListResourceRecordSets(hostedZoneId: zone, maxItems: 1)
        let listed = try await aws.all(listing, region: "eu-west-1")
        #expect(listed.contains(old))
        #expect(listed.count >= 3)

        var new = old
        new.resourceRecords = [ResourceRecord(value: "orders.eu-central-1.example.net")]
        _ = try await aws.call(
            ChangeResourceRecordSets(
                hostedZoneId: zone, changes: [RecordChange(.delete, old), RecordChange(.create, new)]),
            region: "eu-west-1")
        #expect(try await aws.all(listing, region: "eu-west-1").contains(new))
        let found = try await aws.call(GetHostedZone(id: zone), region: "eu-west-1")
        #expect(found.hostedZone.name == "example.com.")
    }

    @Test("metrics, messages, leases, security groups and roles")
    func otherServices() async throws {
        let moto = try await MotoServer.start()
        let aws = moto.client()
        let now = try #require(WallTime(iso8601: "2026-01-02T03:04:00Z"))
        _ = try await aws.call(
            PutMetricData(
                namespace: "Drctl", metricData: [MetricDatum(metricName: "Lag", timestamp: now, value: 1.5)]),
            region: "eu-west-1")
        let lag = MetricStat(
            metric: Metric(namespace: "Drctl", metricName: "Lag"), period: 60, stat: "Maximum")
        let data = try await aws.all(
            GetMetricData(
                queries: [MetricDataQuery(id: "lag", metricStat: lag)], startTime: now - .seconds(300),
                endTime: now + .seconds(300)), region: "eu-west-1")
        #expect(data.first?.values == [1.5])
        #expect(data.first?.statusCode == "Complete")

        let made = try await moto.boto3(
            """
            topic = aws("sns").create_topic(Name="dr")["TopicArn"]
            group = aws("ec2").create_security_group(GroupName="db", Description="db")["GroupId"]
            aws("dynamodb").create_table(TableName="lease", BillingMode="PAY_PER_REQUEST",
                KeySchema=[dict(AttributeName="pk", KeyType="HASH")],
                AttributeDefinitions=[dict(AttributeName="pk", AttributeType="S")])
            print(topic, group)
            """
        ).split(separator: " ").map(String.init)
        let message = Publish(topicArn: made[0], message: "a & b\nc", subject: "dr")
        #expect(try await aws.call(message, region: "eu-west-1").messageId.isEmpty == false)
        #expect(
            try await aws.call(GetTopicAttributes(topicArn: made[0]), region: "eu-west-1")
                .attributes["TopicArn"] == made[0])
        try await fence(aws, group: made[1])
        try await lease(aws)
        let issued = try await aws.call(
            AssumeRole(roleArn: "arn:aws:iam::123456789012:role/dr", roleSessionName: "drctl"),
            region: "eu-west-1")
        #expect(issued.expiration > now)
    }

    private func fence(_ aws: AWSClient, group: String) async throws {
        let permission = IPPermission(
            ipProtocol: "tcp", fromPort: 5432, toPort: 5432, ipRanges: [IPRange(cidrIp: "10.0.0.0/8")])
        _ = try await aws.call(
            AuthorizeSecurityGroupIngress(groupId: group, ipPermissions: [permission]), region: "eu-west-1")
        let describe = DescribeSecurityGroups(groupIds: [group])
        #expect(try await aws.all(describe, region: "eu-west-1").first?.ipPermissions == [permission])
        let dryRun = try await failure { () async throws(AWSError) in
            try await aws.call(
                RevokeSecurityGroupIngress(groupId: group, ipPermissions: [permission], dryRun: true),
                region: "eu-west-1")
        }
        #expect(dryRun.isDryRunPermission)
        _ = try await aws.call(
            RevokeSecurityGroupIngress(groupId: group, ipPermissions: [permission]), region: "eu-west-1")
        #expect(try await aws.all(describe, region: "eu-west-1").first?.ipPermissions == [])
    }

    private func lease(_ aws: AWSClient) async throws {
        let take = UpdateItem(
            tableName: "lease", key: ["pk": .string("controller")],
            updateExpression: "SET #o=:me, epoch=if_not_exists(epoch,:z)+:one",
            conditionExpression: "attribute_not_exists(pk)", expressionAttributeNames: ["#o": "owner"],
            expressionAttributeValues: [":me": .string("a"), ":z": .number(0), ":one": .number(1)])
        #expect(try await aws.call(take, region: "eu-west-1")["epoch"] == .number(1))
        let refusal = try await failure { () async throws(AWSError) in
            try await aws.call(take, region: "eu-west-1")
        }
        #expect(refusal.isConditionalCheckFailure)
        let held = try await aws.call(
            GetItem(tableName: "lease", key: ["pk": .string("controller")]), region: "eu-west-1")
        #expect(held?["owner"]?.string == "a")
    }

    @Test("with authentication on, our signature is accepted in every protocol and a wrong secret is refused")
    func signatures() async throws {
        let moto = try await MotoServer.start()
        let made = try await moto.boto3(
            """
            import json
            iam = aws("iam")
            iam.create_user(UserName="dr")
            iam.put_user_policy(UserName="dr", PolicyName="p", PolicyDocument=json.dumps(dict(
                Version="2012-10-17", Statement=[dict(Effect="Allow", Resource="*", Action=[
                    "rds:*", "route53:*", "dynamodb:*", "sts:*", "ec2:*"])])))
            key = iam.create_access_key(UserName="dr")["AccessKey"]
            zone = aws("route53").create_hosted_zone(Name="example.com", CallerReference="1")["HostedZone"]
            aws("dynamodb").create_table(TableName="lease", BillingMode="PAY_PER_REQUEST",
                KeySchema=[dict(AttributeName="pk", KeyType="HASH")],
                AttributeDefinitions=[dict(AttributeName="pk", AttributeType="S")])
            print(key["AccessKeyId"], key["SecretAccessKey"], zone["Id"])
            """
        ).split(separator: " ").map(String.init)
        #expect(try await moto.post("/moto-api/reset-auth", "0") == 200)
        let good = moto.client(Credentials(accessKeyID: made[0], secretAccessKey: made[1]))
        _ = try await good.call(DescribeDBInstances(marker: nil), region: "eu-west-1")
        _ = try await good.call(DescribeSecurityGroups(), region: "eu-west-1")
        // A GET without a query, and one whose query needs escaping.
        _ = try await good.call(GetHostedZone(id: made[2]), region: "eu-west-1")
        _ = try await good.call(
            ListResourceRecordSets(
                hostedZoneId: made[2], startRecordName: "*.example.com.", startRecordType: "TXT",
                startRecordIdentifier: "a b+c/é"),
            region: "eu-west-1")
        _ = try await good.call(GetItem(tableName: "lease", key: ["pk": .string("é")]), region: "eu-west-1")

        let wrong = moto.client(Credentials(accessKeyID: made[0], secretAccessKey: made[1] + "x"))
        let refused = try await failure { () async throws(AWSError) in
            try await wrong.call(DescribeDBInstances(), region: "eu-west-1")
        }
        #expect(refused.code == "SignatureDoesNotMatch")
        #expect(refused.kind == .credentialsRejected)
        let denied = try await failure { () async throws(AWSError) in
            try await good.call(
                GetTopicAttributes(topicArn: "arn:aws:sns:eu-west-1:1:t"), region: "eu-west-1")
        }
        #expect(denied.kind == .accessDenied)
    }
}

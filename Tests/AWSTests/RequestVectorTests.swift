import Testing

@testable import AWS

@Suite("Requests are what botocore sends")
struct RequestVectorTests {
    @Test(
        "the same method, URL, headers and body, byte for byte", arguments: try Vectors.cases("requests.json")
    )
    func sameBytes(recorded: JSONValue) throws {
        let name = try #require(recorded["case"]?.string)
        let operation = try #require(Self.operations[name], "there is no operation for \(name)")
        let request = operation.request()
        let type = type(of: operation)
        let endpoint = try EndpointResolver().endpoint(for: type.service, region: "eu-west-1")

        #expect(type.name == recorded["operation"]?.string)
        #expect(request.method == recorded["method"]?.string)
        #expect(endpoint.url + request.target == recorded["url"]?.string)
        for header in request.headers {
            #expect(recorded["headers"]?[header.name.lowercased()]?.string == header.value)
        }
        #expect(recorded["headers"]?.members?.count == request.headers.count)
        let body = try #require(recorded["body"]?.string)
        if case .json = type.service.wireProtocol {
            // botocore puts a space after each comma and colon; here none.
            #expect(try JSONReader.parse(request.body) == JSONReader.parse(Array(body.utf8)))
        } else {
            #expect(String(decoding: request.body, as: UTF8.self) == body)
        }
    }

    @Test("every operation of the list below is recorded")
    func nothingUnrecorded() throws {
        let recorded = Set(try Vectors.cases("requests.json").compactMap { $0["case"]?.string })
        #expect(recorded == Set(Self.operations.keys))
    }

    private static let start = WallTime(unixSeconds: 1_767_323_045)
    private static let fraction = WallTime(unixSeconds: 1_767_323_045.678)
    private static let filter = Filter(name: "db-instance-id", values: ["orders", "orders-replica"])
    private static let cluster = "arn:aws:rds:eu-central-1:111122223333:cluster:orders-eu"
    private static let topic = "arn:aws:sns:eu-west-1:111122223333:dr"
    private static let role = "arn:aws:iam::111122223333:role/dr"
    private static let permission = IPPermission(
        ipProtocol: "tcp", fromPort: 5432, toPort: 5432,
        userIdGroupPairs: [UserIDGroupPair(groupId: "sg-2", userId: "111122223333", description: "apps")],
        ipRanges: [IPRange(cidrIp: "10.0.0.0/8", description: "office"), IPRange(cidrIp: "192.0.2.0/24")],
        ipv6Ranges: [IPv6Range(cidrIpv6: "2001:db8::/32")],
        prefixListIds: [PrefixListID(prefixListId: "pl-1")])

    /// The inputs of `Vectors/inputs.py`, under the same names.
    static let operations: [String: any Operation] = [
        rds, others, RDSRequests.operations, CloudWatchRequests.operations, EC2Requests.operations,
        AutoScalingRequests.operations, SecretsManagerRequests.operations, ECSRequests.operations,
        RoutingControlRequests.operations, RegionSwitchRequests.operations,
    ].reduce(into: [:]) { all, some in all.merge(some) { $1 } }

    private static let rds: [String: any Operation] = [
        "all instances": DescribeDBInstances(),
        "one instance": DescribeDBInstances(dbInstanceIdentifier: "orders"),
        "a page of filtered instances": DescribeDBInstances(
            filters: [filter, Filter(name: "engine", values: ["postgres"])], maxRecords: 100,
            marker: "a b+c/=~*é"),
        "clusters": DescribeDBClusters(filters: [Filter(name: "db-cluster-id", values: ["orders-eu"])]),
        "one cluster": DescribeDBClusters(dbClusterIdentifier: "orders-eu", maxRecords: 20),
        "global clusters": DescribeGlobalClusters(globalClusterIdentifier: "orders"),
        "idle global clusters": DescribeGlobalClusters(maxRecords: 100, marker: "m"),
        "events": DescribeEvents(
            sourceIdentifier: "orders", sourceType: "db-instance", startTime: start, endTime: fraction,
            eventCategories: ["failover", "notification"]),
        "events of an hour": DescribeEvents(durationMinutes: 60, maxRecords: 20),
        "promotion": PromoteReadReplica(dbInstanceIdentifier: "orders-replica"),
        "promotion with backups": PromoteReadReplica(
            dbInstanceIdentifier: "o", backupRetentionPeriod: 7, preferredBackupWindow: "03:00-04:00"),
        "reboot": RebootDBInstance(dbInstanceIdentifier: "orders", forceFailover: false),
        "isolation of an instance": ModifyDBInstance(
            dbInstanceIdentifier: "orders", vpcSecurityGroupIds: ["sg-0", "sg-1"], applyImmediately: true),
        "backups on": ModifyDBInstance(
            dbInstanceIdentifier: "orders", backupRetentionPeriod: 1, deletionProtection: true),
        "isolation of a cluster": ModifyDBCluster(
            dbClusterIdentifier: "orders-eu", vpcSecurityGroupIds: ["sg-0"], applyImmediately: true),
        "detach": RemoveFromGlobalCluster(globalClusterIdentifier: "orders", dbClusterIdentifier: cluster),
        "global failover": FailoverGlobalCluster(
            globalClusterIdentifier: "orders", targetDbClusterIdentifier: cluster, allowDataLoss: true),
        "global switchover": SwitchoverGlobalCluster(
            globalClusterIdentifier: "orders", targetDbClusterIdentifier: cluster),
    ]

    private static let others: [String: any Operation] = [
        "lag and an expression": GetMetricData(
            queries: [
                MetricDataQuery(
                    id: "lag",
                    metricStat: MetricStat(
                        metric: Metric(
                            namespace: "AWS/RDS", metricName: "ReplicaLag",
                            dimensions: [Dimension(name: "DBInstanceIdentifier", value: "orders-replica")]),
                        period: 60, stat: "Maximum"), returnData: false),
                MetricDataQuery(id: "e1", expression: "lag * 2", label: "twice", period: 60),
            ], startTime: start, endTime: fraction, scanBy: "TimestampDescending", maxDatapoints: 100,
            nextToken: "t"),
        "samples": PutMetricData(
            namespace: "Drctl",
            metricData: [
                MetricDatum(
                    metricName: "Lag", dimensions: [Dimension(name: "Workload", value: "orders")],
                    timestamp: start, value: 1.5, unit: "Seconds", storageResolution: 60),
                MetricDatum(metricName: "Up", value: 1),
            ]),
        "alarms": DescribeAlarms(alarmNames: ["lag", "up"], maxRecords: 100),
        "alarms on expressions and on alarms": DescribeAlarms(maxRecords: 50),
        "alarms in a state": DescribeAlarms(
            alarmNamePrefix: "dr-", alarmTypes: ["CompositeAlarm"], stateValue: "ALARM", nextToken: "t"),
        "change": GetChange(id: "/change/C1"),
        "health check": GetHealthCheck(healthCheckId: "aaaaaaaa-0000-0000-0000-000000000001"),
        "health check status": GetHealthCheckStatus(healthCheckId: "h/é"),
        "hosted zone": GetHostedZone(id: "/hostedzone/Z1"),
        "zones": ListHostedZonesByName(dnsName: "example.com.", maxItems: 1),
        "record sets": ListResourceRecordSets(hostedZoneId: "Z1"),
        "record sets from a place on": ListResourceRecordSets(
            hostedZoneId: "/hostedzone/Z123", startRecordName: "*.db.example.com.", startRecordType: "CNAME",
            startRecordIdentifier: "a b", maxItems: 300),
        "upsert": ChangeResourceRecordSets(
            hostedZoneId: "Z1", changes: [RecordChange(.upsert, RecordExamples.weighted)],
            comment: "dr: orders to eu-central-1"),
        "exact replacement": ChangeResourceRecordSets(
            hostedZoneId: "/hostedzone/Z1",
            changes: [
                RecordChange(.delete, RecordExamples.everything), RecordChange(.create, RecordExamples.alias),
            ]),
        "message": Publish(topicArn: topic, message: "line one\nline two & é", subject: "dr"),
        "message with attributes": Publish(
            topicArn: topic + ".fifo", message: "m",
            messageAttributes: [MessageAttribute(name: "workload", stringValue: "orders")],
            messageDeduplicationId: "d", messageGroupId: "g"),
        "confirmation": ConfirmSubscription(
            topicArn: topic, token: "2336412f37", authenticateOnUnsubscribe: true),
        "topic": GetTopicAttributes(topicArn: topic),
        "role": AssumeRole(
            roleArn: role, roleSessionName: "drctl", durationSeconds: 900, externalId: "x=1"),
        "role by token": AssumeRoleWithWebIdentity(
            roleArn: role, roleSessionName: "drctl", webIdentityToken: "e.y.J"),
        "caller": GetCallerIdentity(),
        "what a role may do": SimulatePrincipalPolicy(
            policySourceArn: role, actionNames: ["rds:PromoteReadReplica", "rds:RebootDBInstance"],
            resourceArns: ["arn:aws:rds:eu-west-1:111122223333:db:orders"],
            contextEntries: [.init(name: "cloudwatch:namespace", values: ["drctl"])], maxItems: 100,
            marker: "m"),
        "groups by id": DescribeSecurityGroups(groupIds: ["sg-1", "sg-2"]),
        "groups by filter": DescribeSecurityGroups(
            filters: [Filter(name: "vpc-id", values: ["vpc-1", "vpc-2"])], maxResults: 1000, nextToken: "t"),
        "revocation": RevokeSecurityGroupIngress(groupId: "sg-1", ipPermissions: [permission]),
        "revocation by rule": RevokeSecurityGroupIngress(
            groupId: "sg-1", securityGroupRuleIds: ["sgr-1", "sgr-2"], dryRun: true),
        "authorization": AuthorizeSecurityGroupIngress(groupId: "sg-1", ipPermissions: [permission]),
        "lease": GetItem(tableName: "dr-lease", key: ["pk": .string("controller")]),
        "lease renewal": UpdateItem(
            tableName: "dr-lease", key: ["pk": .string("controller")],
            updateExpression: "SET #o=:me, epoch=epoch+:one", conditionExpression: "rvn=:seen",
            expressionAttributeNames: ["#o": "owner"],
            expressionAttributeValues: [":me": .string("node-a"), ":one": .number(1), ":seen": .string("u1")]),
        "fenced batch": TransactWriteItems(
            [
                .check(
                    .init(
                        tableName: "drctl", key: ["pk": .string("lease"), "sk": .number(0)],
                        conditionExpression: "epoch = :epoch",
                        expressionAttributeValues: [":epoch": .number(3)])),
                .put(
                    tableName: "drctl",
                    item: ["pk": .string("record"), "sk": .number(9), "bodies": .list([.string("{}")])],
                    condition: "attribute_not_exists(pk)"),
            ], clientRequestToken: "t-1"),
        "batches": Query(
            tableName: "drctl", keyConditionExpression: "pk = :pk AND sk > :after",
            expressionAttributeValues: [":pk": .string("record"), ":after": .number(6)],
            scanIndexForward: false, limit: 2,
            exclusiveStartKey: ["pk": .string("record"), "sk": .number(5)]),
        "table": DescribeTable(tableName: "drctl"),
        "item": PutItem(tableName: "drctl", item: ["pk": .string("é"), "n": .number(1)]),
        "item on a condition": PutItem(
            tableName: "drctl", item: ["pk": .string("a")], conditionExpression: "#o <> :me",
            expressionAttributeNames: ["#o": "owner"], expressionAttributeValues: [":me": .string("b")]),
        "items of one moment": TransactGetItems([
            .init(tableName: "drctl", key: ["pk": .string("a")]),
            .init(tableName: "drctl", key: ["pk": .string("b")]),
        ]),
        "transaction that updates": TransactWriteItems(
            [
                .update(
                    .init(
                        tableName: "drctl", key: ["pk": .string("a")], updateExpression: "SET #o=:me",
                        conditionExpression: "epoch=:e", expressionAttributeNames: ["#o": "owner"],
                        expressionAttributeValues: [":e": .number(3), ":me": .string("b")]))
            ], clientRequestToken: "t-2"),
        "function": Invoke(functionName: "promote", payload: Array("{\"workload\":\"é\"}".utf8)),
        "function in the background": Invoke(
            functionName: "arn:aws:lambda:eu-west-1:123456789012:function:promote", invocationType: "Event",
            qualifier: "live&1", payload: Array("{}".utf8)),
        "all zones": ListHostedZones(),
        "a page of zones": ListHostedZones(marker: "Z1 é", maxItems: 7),
        "all health checks": ListHealthChecks(),
        "a page of health checks": ListHealthChecks(marker: "h/1", maxItems: 7),
        "health check turned off": UpdateHealthCheck(
            healthCheckId: "aaaaaaaa-0000-0000-0000-000000000001", healthCheckVersion: 3, failureThreshold: 2,
            inverted: false, disabled: true),
    ]
}

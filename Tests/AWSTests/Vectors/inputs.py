"""The inputs of generate.py: service, operation, name of the case, arguments, and the answer to read (None
for one made from the model). The test builds the same inputs in Swift, under the same names."""

from datetime import datetime, timezone

START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc)
FRACTION = datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=timezone.utc)
FILTER = {"Name": "db-instance-id", "Values": ["orders", "orders-replica"]}

RECORD = {
    "Name": "db.example.com.",
    "Type": "CNAME",
    "SetIdentifier": "eu-west-1 & <more>",
    "Weight": 0,
    "TTL": 30,
    "ResourceRecords": [{"Value": "orders.x.eu-west-1.rds.amazonaws.com"}],
    "HealthCheckId": "aaaaaaaa-0000-0000-0000-000000000001",
}
ALIAS = {
    "Name": "\\052.example.com.",
    "Type": "A",
    "SetIdentifier": "primary",
    "Failover": "PRIMARY",
    "AliasTarget": {"HostedZoneId": "Z2", "DNSName": "lb.example.com.", "EvaluateTargetHealth": True},
}
EVERYTHING = {
    "Name": "geo.example.com.",
    "Type": "TXT",
    "SetIdentifier": "é",
    "Weight": 7,
    "Region": "eu-west-1",
    "GeoLocation": {"ContinentCode": "EU", "CountryCode": "DE", "SubdivisionCode": "BY"},
    "Failover": "SECONDARY",
    "MultiValueAnswer": False,
    "TTL": 300,
    "ResourceRecords": [{"Value": '"a \\"quoted\\" text"'}, {"Value": '"two"'}],
    "AliasTarget": {"HostedZoneId": "Z2", "DNSName": "x.", "EvaluateTargetHealth": False},
    "HealthCheckId": "h",
    "TrafficPolicyInstanceId": "tp",
    "CidrRoutingConfig": {"CollectionId": "c" * 8 + "-1111-2222-3333-444444444444", "LocationName": "home"},
    "GeoProximityLocation": {
        "AWSRegion": "eu-west-1",
        "LocalZoneGroup": "lz",
        "Coordinates": {"Latitude": "48.10", "Longitude": "-11.50"},
        "Bias": -5,
    },
}
PERMISSION = {
    "IpProtocol": "tcp",
    "FromPort": 5432,
    "ToPort": 5432,
    "UserIdGroupPairs": [{"GroupId": "sg-2", "UserId": "111122223333", "Description": "apps"}],
    "IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": "office"}, {"CidrIp": "192.0.2.0/24"}],
    "Ipv6Ranges": [{"CidrIpv6": "2001:db8::/32"}],
    "PrefixListIds": [{"PrefixListId": "pl-1"}],
}
GLOBAL = "arn:aws:rds:eu-central-1:111122223333:cluster:orders-eu"

# An idle global cluster: its failover state is an empty element, and one element name has two meanings.
IDLE_GLOBAL = """<DescribeGlobalClustersResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/">
<DescribeGlobalClustersResult><GlobalClusters><GlobalClusterMember>
<GlobalClusterIdentifier>orders</GlobalClusterIdentifier><Status>available</Status><FailoverState/>
<GlobalClusterMembers>
<GlobalClusterMember><IsWriter>true</IsWriter><DBClusterArn>arn:1</DBClusterArn>
<Readers><member>arn:2</member></Readers></GlobalClusterMember>
<GlobalClusterMember><IsWriter>false</IsWriter><DBClusterArn>arn:2</DBClusterArn><Readers/>
</GlobalClusterMember></GlobalClusterMembers></GlobalClusterMember></GlobalClusters>
</DescribeGlobalClustersResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>
</DescribeGlobalClustersResponse>"""
# As a page comes with both types: metric math, a band, a query in SQL, a composite alarm that is off.
MADE_ALARMS = """<DescribeAlarmsResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/">
<DescribeAlarmsResult><CompositeAlarms><member><ActionsEnabled>false</ActionsEnabled><AlarmActions/>
<AlarmArn>arn:aws:cloudwatch:eu-west-1:111122223333:alarm:orders: all</AlarmArn><AlarmName>orders: all</AlarmName>
<AlarmRule>(ALARM(&quot;orders, math&quot;) OR OK(band)) AND NOT ALARM(arn:aws:cloudwatch:eu-west-1:111122223333:alarm:sql)</AlarmRule>
<InsufficientDataActions/><OKActions/><StateValue>OK</StateValue></member></CompositeAlarms>
<MetricAlarms><member><ActionsEnabled>true</ActionsEnabled><AlarmName>orders, math</AlarmName><Dimensions/>
<EvaluationPeriods>3</EvaluationPeriods><Metrics><member><Expression>m1/m2</Expression><Id>e1</Id>
<ReturnData>true</ReturnData></member><member><Id>m1</Id><MetricStat><Metric><Dimensions><member>
<Name>DBInstanceIdentifier</Name><Value>orders</Value></member></Dimensions><MetricName>ReadLatency</MetricName>
<Namespace>AWS/RDS</Namespace></Metric><Period>60</Period><Stat>p99</Stat></MetricStat><ReturnData>false</ReturnData>
</member><member><Id>m2</Id><MetricStat><Metric><Dimensions/><MetricName>Requests</MetricName>
<Namespace>Shop</Namespace></Metric><Period>60</Period><Stat>Sum</Stat></MetricStat><ReturnData>false</ReturnData>
</member></Metrics></member><member><AlarmName>band</AlarmName><Metrics><member>
<Expression>ANOMALY_DETECTION_BAND(m1, 2)</Expression><Id>ad1</Id></member></Metrics>
<ThresholdMetricId>ad1</ThresholdMetricId></member><member><AlarmName>sql</AlarmName><Metrics><member>
<Expression>SELECT MAX(CPUUtilization) FROM SCHEMA(&quot;AWS/RDS&quot;, DBInstanceIdentifier)</Expression><Id>q1</Id>
<Period>300</Period></member></Metrics></member></MetricAlarms><NextToken>next</NextToken></DescribeAlarmsResult>
<ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></DescribeAlarmsResponse>"""
EMPTY_PAGE = """<DescribeDBInstancesResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/">
<DescribeDBInstancesResult><DBInstances/></DescribeDBInstancesResult>
<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></DescribeDBInstancesResponse>"""
LEASE = """{"Item":{"pk":{"S":"controller"},"epoch":{"N":"12"},"live":{"BOOL":true},
"past":{"L":[{"NULL":true}]},"by":{"M":{"host":{"S":"\\u00e9\\ud83d\\ude00"}}}}}"""
RENEWED = '{"Attributes":{"pk":{"S":"controller"},"epoch":{"N":"13"}}}'
WRITTEN = "{}"
TWO_ITEMS = '{"Responses":[{"Item":{"pk":{"S":"a"}}},{}]}'
BATCHES = """{"Items":[{"pk":{"S":"record"},"sk":{"N":"7"}},{"pk":{"S":"record"},"sk":{"N":"9"}}],"Count":2,
"LastEvaluatedKey":{"pk":{"S":"record"},"sk":{"N":"9"}}}"""
TABLE = """{"Table":{"TableStatus":"ACTIVE","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},
{"AttributeName":"sk","KeyType":"RANGE"}],
"AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},
{"AttributeName":"sk","AttributeType":"N"},{"AttributeName":"other","AttributeType":"S"}],
"Replicas":[{"RegionName":"eu-west-1"}],"MultiRegionConsistency":"STRONG","DeletionProtectionEnabled":true}}"""

CASES = [
    ("rds", "DescribeDBInstances", "all instances", {}, None),
    ("rds", "DescribeDBInstances", "one instance", {"DBInstanceIdentifier": "orders"}, EMPTY_PAGE),
    (
        "rds",
        "DescribeDBInstances",
        "a page of filtered instances",
        {
            "Filters": [FILTER, {"Name": "engine", "Values": ["postgres"]}],
            "MaxRecords": 100,
            "Marker": "a b+c/=~*é",
        },
        EMPTY_PAGE,
    ),
    (
        "rds",
        "DescribeDBClusters",
        "clusters",
        {"Filters": [{"Name": "db-cluster-id", "Values": ["orders-eu"]}]},
        None,
    ),
    (
        "rds",
        "DescribeDBClusters",
        "one cluster",
        {"DBClusterIdentifier": "orders-eu", "MaxRecords": 20},
        None,
    ),
    ("rds", "DescribeGlobalClusters", "global clusters", {"GlobalClusterIdentifier": "orders"}, None),
    (
        "rds",
        "DescribeGlobalClusters",
        "idle global clusters",
        {"MaxRecords": 100, "Marker": "m"},
        IDLE_GLOBAL,
    ),
    (
        "rds",
        "DescribeEvents",
        "events",
        {
            "SourceIdentifier": "orders",
            "SourceType": "db-instance",
            "StartTime": START,
            "EndTime": FRACTION,
            "EventCategories": ["failover", "notification"],
        },
        None,
    ),
    ("rds", "DescribeEvents", "events of an hour", {"Duration": 60, "MaxRecords": 20}, None),
    ("rds", "PromoteReadReplica", "promotion", {"DBInstanceIdentifier": "orders-replica"}, None),
    (
        "rds",
        "PromoteReadReplica",
        "promotion with backups",
        {"DBInstanceIdentifier": "o", "BackupRetentionPeriod": 7, "PreferredBackupWindow": "03:00-04:00"},
        None,
    ),
    ("rds", "RebootDBInstance", "reboot", {"DBInstanceIdentifier": "orders", "ForceFailover": False}, None),
    (
        "rds",
        "ModifyDBInstance",
        "isolation of an instance",
        {"DBInstanceIdentifier": "orders", "VpcSecurityGroupIds": ["sg-0", "sg-1"], "ApplyImmediately": True},
        None,
    ),
    (
        "rds",
        "ModifyDBInstance",
        "backups on",
        {"DBInstanceIdentifier": "orders", "BackupRetentionPeriod": 1, "DeletionProtection": True},
        None,
    ),
    (
        "rds",
        "ModifyDBCluster",
        "isolation of a cluster",
        {"DBClusterIdentifier": "orders-eu", "ApplyImmediately": True, "VpcSecurityGroupIds": ["sg-0"]},
        None,
    ),
    (
        "rds",
        "RemoveFromGlobalCluster",
        "detach",
        {"GlobalClusterIdentifier": "orders", "DbClusterIdentifier": GLOBAL},
        None,
    ),
    (
        "rds",
        "FailoverGlobalCluster",
        "global failover",
        {"GlobalClusterIdentifier": "orders", "TargetDbClusterIdentifier": GLOBAL, "AllowDataLoss": True},
        None,
    ),
    (
        "rds",
        "SwitchoverGlobalCluster",
        "global switchover",
        {"GlobalClusterIdentifier": "orders", "TargetDbClusterIdentifier": GLOBAL},
        None,
    ),
    (
        "cloudwatch",
        "GetMetricData",
        "lag and an expression",
        {
            "MetricDataQueries": [
                {
                    "Id": "lag",
                    "MetricStat": {
                        "Metric": {
                            "Namespace": "AWS/RDS",
                            "MetricName": "ReplicaLag",
                            "Dimensions": [{"Name": "DBInstanceIdentifier", "Value": "orders-replica"}],
                        },
                        "Period": 60,
                        "Stat": "Maximum",
                    },
                    "ReturnData": False,
                },
                {"Id": "e1", "Expression": "lag * 2", "Label": "twice", "Period": 60},
            ],
            "StartTime": START,
            "EndTime": FRACTION,
            "NextToken": "t",
            "ScanBy": "TimestampDescending",
            "MaxDatapoints": 100,
        },
        None,
    ),
    (
        "cloudwatch",
        "PutMetricData",
        "samples",
        {
            "Namespace": "Drctl",
            "MetricData": [
                {
                    "MetricName": "Lag",
                    "Dimensions": [{"Name": "Workload", "Value": "orders"}],
                    "Timestamp": START,
                    "Value": 1.5,
                    "Unit": "Seconds",
                    "StorageResolution": 60,
                },
                {"MetricName": "Up", "Value": 1.0},
            ],
        },
        None,
    ),
    (
        "cloudwatch",
        "DescribeAlarms",
        "alarms",
        {"AlarmNames": ["lag", "up"], "AlarmTypes": ["MetricAlarm", "CompositeAlarm"], "MaxRecords": 100},
        None,
    ),
    (
        "cloudwatch",
        "DescribeAlarms",
        "alarms in a state",
        {"AlarmNamePrefix": "dr-", "AlarmTypes": ["CompositeAlarm"], "StateValue": "ALARM", "NextToken": "t"},
        None,
    ),
    (
        "cloudwatch",
        "DescribeAlarms",
        "alarms on expressions and on alarms",
        {"AlarmTypes": ["MetricAlarm", "CompositeAlarm"], "MaxRecords": 50},
        MADE_ALARMS,
    ),
    ("route53", "GetChange", "change", {"Id": "/change/C1"}, None),
    (
        "route53",
        "GetHealthCheck",
        "health check",
        {"HealthCheckId": "aaaaaaaa-0000-0000-0000-000000000001"},
        None,
    ),
    ("route53", "GetHealthCheckStatus", "health check status", {"HealthCheckId": "h/é"}, None),
    ("route53", "GetHostedZone", "hosted zone", {"Id": "/hostedzone/Z1"}, None),
    ("route53", "ListHostedZonesByName", "zones", {"DNSName": "example.com.", "MaxItems": "1"}, None),
    ("route53", "ListResourceRecordSets", "record sets", {"HostedZoneId": "Z1"}, None),
    (
        "route53",
        "ListResourceRecordSets",
        "record sets from a place on",
        {
            "HostedZoneId": "/hostedzone/Z123",
            "StartRecordName": "*.db.example.com.",
            "StartRecordType": "CNAME",
            "StartRecordIdentifier": "a b",
            "MaxItems": "300",
        },
        None,
    ),
    (
        "route53",
        "ChangeResourceRecordSets",
        "upsert",
        {
            "HostedZoneId": "Z1",
            "ChangeBatch": {
                "Comment": "dr: orders to eu-central-1",
                "Changes": [{"Action": "UPSERT", "ResourceRecordSet": RECORD}],
            },
        },
        None,
    ),
    (
        "route53",
        "ChangeResourceRecordSets",
        "exact replacement",
        {
            "HostedZoneId": "/hostedzone/Z1",
            "ChangeBatch": {
                "Changes": [
                    {"Action": "DELETE", "ResourceRecordSet": EVERYTHING},
                    {"Action": "CREATE", "ResourceRecordSet": ALIAS},
                ]
            },
        },
        None,
    ),
    (
        "sns",
        "Publish",
        "message",
        {
            "TopicArn": "arn:aws:sns:eu-west-1:111122223333:dr",
            "Message": "line one\nline two & é",
            "Subject": "dr",
        },
        None,
    ),
    (
        "sns",
        "Publish",
        "message with attributes",
        {
            "TopicArn": "arn:aws:sns:eu-west-1:111122223333:dr.fifo",
            "Message": "m",
            "MessageAttributes": {"workload": {"DataType": "String", "StringValue": "orders"}},
            "MessageDeduplicationId": "d",
            "MessageGroupId": "g",
        },
        None,
    ),
    (
        "sns",
        "ConfirmSubscription",
        "confirmation",
        {
            "TopicArn": "arn:aws:sns:eu-west-1:111122223333:dr",
            "Token": "2336412f37",
            "AuthenticateOnUnsubscribe": "true",
        },
        None,
    ),
    ("sns", "GetTopicAttributes", "topic", {"TopicArn": "arn:aws:sns:eu-west-1:111122223333:dr"}, None),
    (
        "sts",
        "AssumeRole",
        "role",
        {
            "RoleArn": "arn:aws:iam::111122223333:role/dr",
            "RoleSessionName": "drctl",
            "DurationSeconds": 900,
            "ExternalId": "x=1",
        },
        None,
    ),
    (
        "sts",
        "AssumeRoleWithWebIdentity",
        "role by token",
        {
            "RoleArn": "arn:aws:iam::111122223333:role/dr",
            "RoleSessionName": "drctl",
            "WebIdentityToken": "e.y.J",
        },
        None,
    ),
    ("sts", "GetCallerIdentity", "caller", {}, None),
    (
        "iam",
        "SimulatePrincipalPolicy",
        "what a role may do",
        {
            "PolicySourceArn": "arn:aws:iam::111122223333:role/dr",
            "ActionNames": ["rds:PromoteReadReplica", "rds:RebootDBInstance"],
            "ResourceArns": ["arn:aws:rds:eu-west-1:111122223333:db:orders"],
            "ContextEntries": [
                {
                    "ContextKeyName": "cloudwatch:namespace",
                    "ContextKeyValues": ["drctl"],
                    "ContextKeyType": "string",
                }
            ],
            "MaxItems": 100,
            "Marker": "m",
        },
        None,
    ),
    ("ec2", "DescribeSecurityGroups", "groups by id", {"GroupIds": ["sg-1", "sg-2"]}, None),
    (
        "ec2",
        "DescribeSecurityGroups",
        "groups by filter",
        {"Filters": [{"Name": "vpc-id", "Values": ["vpc-1", "vpc-2"]}], "MaxResults": 1000, "NextToken": "t"},
        None,
    ),
    (
        "ec2",
        "RevokeSecurityGroupIngress",
        "revocation",
        {"GroupId": "sg-1", "IpPermissions": [PERMISSION]},
        None,
    ),
    (
        "ec2",
        "RevokeSecurityGroupIngress",
        "revocation by rule",
        {"GroupId": "sg-1", "SecurityGroupRuleIds": ["sgr-1", "sgr-2"], "DryRun": True},
        None,
    ),
    (
        "ec2",
        "AuthorizeSecurityGroupIngress",
        "authorization",
        {"GroupId": "sg-1", "IpPermissions": [PERMISSION]},
        None,
    ),
    (
        "dynamodb",
        "GetItem",
        "lease",
        {"TableName": "dr-lease", "Key": {"pk": {"S": "controller"}}, "ConsistentRead": True},
        LEASE,
    ),
    (
        "dynamodb",
        "UpdateItem",
        "lease renewal",
        {
            "TableName": "dr-lease",
            "Key": {"pk": {"S": "controller"}},
            "UpdateExpression": "SET #o=:me, epoch=epoch+:one",
            "ConditionExpression": "rvn=:seen",
            "ExpressionAttributeNames": {"#o": "owner"},
            "ExpressionAttributeValues": {":me": {"S": "node-a"}, ":one": {"N": "1"}, ":seen": {"S": "u1"}},
            "ReturnValues": "ALL_NEW",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        },
        RENEWED,
    ),
    (
        "dynamodb",
        "TransactWriteItems",
        "fenced batch",
        {
            "TransactItems": [
                {
                    "ConditionCheck": {
                        "Key": {"pk": {"S": "lease"}, "sk": {"N": "0"}},
                        "ConditionExpression": "epoch = :epoch",
                        "TableName": "drctl",
                        "ExpressionAttributeValues": {":epoch": {"N": "3"}},
                    }
                },
                {
                    "Put": {
                        "Item": {"bodies": {"L": [{"S": "{}"}]}, "pk": {"S": "record"}, "sk": {"N": "9"}},
                        "TableName": "drctl",
                        "ConditionExpression": "attribute_not_exists(pk)",
                    }
                },
            ],
            "ClientRequestToken": "t-1",
        },
        WRITTEN,
    ),
    (
        "dynamodb",
        "Query",
        "batches",
        {
            "TableName": "drctl",
            "KeyConditionExpression": "pk = :pk AND sk > :after",
            "ExpressionAttributeValues": {":after": {"N": "6"}, ":pk": {"S": "record"}},
            "ScanIndexForward": False,
            "Limit": 2,
            "ConsistentRead": True,
            "ExclusiveStartKey": {"pk": {"S": "record"}, "sk": {"N": "5"}},
        },
        BATCHES,
    ),
    ("dynamodb", "DescribeTable", "table", {"TableName": "drctl"}, TABLE),
    (
        "dynamodb",
        "PutItem",
        "item",
        {
            "TableName": "drctl",
            "Item": {"n": {"N": "1"}, "pk": {"S": "é"}},
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        },
        WRITTEN,
    ),
    (
        "dynamodb",
        "PutItem",
        "item on a condition",
        {
            "TableName": "drctl",
            "Item": {"pk": {"S": "a"}},
            "ConditionExpression": "#o <> :me",
            "ExpressionAttributeNames": {"#o": "owner"},
            "ExpressionAttributeValues": {":me": {"S": "b"}},
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        },
        WRITTEN,
    ),
    (
        "dynamodb",
        "TransactGetItems",
        "items of one moment",
        {
            "TransactItems": [
                {"Get": {"Key": {"pk": {"S": name}}, "TableName": "drctl"}} for name in ("a", "b")
            ]
        },
        TWO_ITEMS,
    ),
    (
        "dynamodb",
        "TransactWriteItems",
        "transaction that updates",
        {
            "TransactItems": [
                {
                    "Update": {
                        "Key": {"pk": {"S": "a"}},
                        "UpdateExpression": "SET #o=:me",
                        "TableName": "drctl",
                        "ConditionExpression": "epoch=:e",
                        "ExpressionAttributeNames": {"#o": "owner"},
                        "ExpressionAttributeValues": {":e": {"N": "3"}, ":me": {"S": "b"}},
                    }
                }
            ],
            "ClientRequestToken": "t-2",
        },
        WRITTEN,
    ),
    (
        "lambda",
        "Invoke",
        "function",
        {"FunctionName": "promote", "Payload": '{"workload":"é"}'.encode()},
        '{"ok":true}',
    ),
    (
        "lambda",
        "Invoke",
        "function in the background",
        {
            "FunctionName": "arn:aws:lambda:eu-west-1:123456789012:function:promote",
            "InvocationType": "Event",
            "Qualifier": "live&1",
            "Payload": b"{}",
        },
        "",
    ),
    ("route53", "ListHostedZones", "all zones", {}, None),
    ("route53", "ListHostedZones", "a page of zones", {"Marker": "Z1 é", "MaxItems": "7"}, None),
    ("route53", "ListHealthChecks", "all health checks", {}, None),
    ("route53", "ListHealthChecks", "a page of health checks", {"Marker": "h/1", "MaxItems": "7"}, None),
    (
        "route53",
        "UpdateHealthCheck",
        "health check turned off",
        {
            "HealthCheckId": "aaaaaaaa-0000-0000-0000-000000000001",
            "HealthCheckVersion": 3,
            "FailureThreshold": 2,
            "Inverted": False,
            "Disabled": True,
        },
        None,
    ),
]

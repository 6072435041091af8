"""What both sides get: an RDS request of 1.5 kB, and answers of RDS and CloudWatch."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from urllib.parse import urlencode

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def rds_request() -> bytes:
    """DescribeDBInstances for as many names as fit into 1.5 kB."""
    fields = {
        "Action": "DescribeDBInstances",
        "Version": "2014-10-31",
        "Filters.Filter.1.Name": "db-instance-id",
    }
    body = b""
    for number in range(1, 100):
        fields[f"Filters.Filter.1.Values.Value.{number}"] = f"orders-production-{number}-a"
        longer = urlencode(fields).encode()
        if len(longer) > 1500:
            break
        body = longer
    return body


def instances(identifiers: list[str], region: str) -> bytes:
    """The answer to DescribeDBInstances."""
    found = "".join(_instance(region).replace("@ID@", name) for name in identifiers)
    return (
        '<DescribeDBInstancesResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/">'
        f"<DescribeDBInstancesResult><DBInstances>{found}</DBInstances></DescribeDBInstancesResult>"
        "<ResponseMetadata><RequestId>7d0c5b3e-0000-4000-8000-000000000000</RequestId></ResponseMetadata>"
        "</DescribeDBInstancesResponse>"
    ).encode()


def metrics(queries: list[tuple[str, str]]) -> bytes:
    """The answer to GetMetricData for (id, metric name): a sample a minute for a quarter of an hour."""
    found = "".join(
        f"<member><Id>{query}</Id><Label>{name}</Label><StatusCode>Complete</StatusCode>{_samples(name)}</member>"
        for query, name in queries
    )
    return (
        '<GetMetricDataResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><GetMetricDataResult>'
        f"<Messages/><MetricDataResults>{found}</MetricDataResults></GetMetricDataResult><ResponseMetadata>"
        "<RequestId>7d0c5b3e-0000-4000-8000-000000000001</RequestId></ResponseMetadata></GetMetricDataResponse>"
    ).encode()


@cache
def _samples(name: str) -> str:
    moments = [NOW.replace(second=0) - timedelta(minutes=minute) for minute in range(15)]
    value = "1.0" if name == "HealthCheckStatus" else "0.276"
    times = "".join(f"<member>{moment:%Y-%m-%dT%H:%M:%SZ}</member>" for moment in moments)
    return f"<Timestamps>{times}</Timestamps><Values>{f'<member>{value}</member>' * 15}</Values>"


@cache
def _instance(region: str) -> str:
    """As RDS describes an instance of PostgreSQL with every part that it has by default."""
    return _INSTANCE.replace("@REGION@", region).replace("\n", "")


_INSTANCE = """<DBInstance>
<DBInstanceIdentifier>@ID@</DBInstanceIdentifier><DBInstanceClass>db.r6g.large</DBInstanceClass>
<Engine>postgres</Engine><DBInstanceStatus>available</DBInstanceStatus><MasterUsername>app</MasterUsername>
<DBName>orders</DBName><Endpoint><Address>@ID@.c0ffee0000.@REGION@.rds.amazonaws.com</Address><Port>5432</Port>
<HostedZoneId>Z2R2ITUGPM61AM</HostedZoneId></Endpoint><AllocatedStorage>100</AllocatedStorage>
<InstanceCreateTime>2025-03-01T08:15:30.123Z</InstanceCreateTime>
<PreferredBackupWindow>03:00-03:30</PreferredBackupWindow><BackupRetentionPeriod>7</BackupRetentionPeriod>
<DBSecurityGroups/><VpcSecurityGroups><VpcSecurityGroupMembership><VpcSecurityGroupId>sg-0123456789abcdef0
</VpcSecurityGroupId><Status>active</Status></VpcSecurityGroupMembership></VpcSecurityGroups><DBParameterGroups>
<DBParameterGroup><DBParameterGroupName>default.postgres16</DBParameterGroupName>
<ParameterApplyStatus>in-sync</ParameterApplyStatus></DBParameterGroup></DBParameterGroups>
<AvailabilityZone>@REGION@a</AvailabilityZone><DBSubnetGroup><DBSubnetGroupName>private</DBSubnetGroupName>
<DBSubnetGroupDescription>private subnets</DBSubnetGroupDescription><VpcId>vpc-0123456789abcdef0</VpcId>
<SubnetGroupStatus>Complete</SubnetGroupStatus><Subnets><Subnet><SubnetIdentifier>subnet-00000000000000001
</SubnetIdentifier><SubnetAvailabilityZone><Name>@REGION@a</Name></SubnetAvailabilityZone><SubnetOutpost/>
<SubnetStatus>Active</SubnetStatus></Subnet><Subnet><SubnetIdentifier>subnet-00000000000000002</SubnetIdentifier>
<SubnetAvailabilityZone><Name>@REGION@b</Name></SubnetAvailabilityZone><SubnetOutpost/>
<SubnetStatus>Active</SubnetStatus></Subnet><Subnet><SubnetIdentifier>subnet-00000000000000003</SubnetIdentifier>
<SubnetAvailabilityZone><Name>@REGION@c</Name></SubnetAvailabilityZone><SubnetOutpost/>
<SubnetStatus>Active</SubnetStatus></Subnet></Subnets></DBSubnetGroup>
<PreferredMaintenanceWindow>sun:05:00-sun:05:30</PreferredMaintenanceWindow><PendingModifiedValues/>
<LatestRestorableTime>2026-01-02T03:00:00Z</LatestRestorableTime><MultiAZ>true</MultiAZ>
<EngineVersion>16.4</EngineVersion><AutoMinorVersionUpgrade>false</AutoMinorVersionUpgrade>
<ReadReplicaDBInstanceIdentifiers/><LicenseModel>postgresql-license</LicenseModel><Iops>3000</Iops>
<OptionGroupMemberships><OptionGroupMembership><OptionGroupName>default:postgres-16</OptionGroupName>
<Status>in-sync</Status></OptionGroupMembership></OptionGroupMemberships>
<SecondaryAvailabilityZone>@REGION@b</SecondaryAvailabilityZone><PubliclyAccessible>false</PubliclyAccessible>
<StorageType>gp3</StorageType><DbInstancePort>0</DbInstancePort><StorageEncrypted>true</StorageEncrypted>
<KmsKeyId>arn:aws:kms:@REGION@:123456789012:key/00000000-0000-4000-8000-000000000000</KmsKeyId>
<DbiResourceId>db-ABCDEFGHIJKLMNOPQRSTUVWXYZ</DbiResourceId>
<CACertificateIdentifier>rds-ca-rsa2048-g1</CACertificateIdentifier><DomainMemberships/>
<CopyTagsToSnapshot>true</CopyTagsToSnapshot><MonitoringInterval>60</MonitoringInterval>
<EnhancedMonitoringResourceArn>arn:aws:logs:@REGION@:123456789012:log-group:RDSOSMetrics:log-stream:db-ABCDEFGH
</EnhancedMonitoringResourceArn><MonitoringRoleArn>arn:aws:iam::123456789012:role/monitoring</MonitoringRoleArn>
<PromotionTier>1</PromotionTier><DBInstanceArn>arn:aws:rds:@REGION@:123456789012:db:@ID@</DBInstanceArn>
<IAMDatabaseAuthenticationEnabled>true</IAMDatabaseAuthenticationEnabled>
<DatabaseInsightsMode>standard</DatabaseInsightsMode><PerformanceInsightsEnabled>true</PerformanceInsightsEnabled>
<PerformanceInsightsRetentionPeriod>7</PerformanceInsightsRetentionPeriod><DeletionProtection>true
</DeletionProtection><AssociatedRoles/><MaxAllocatedStorage>1000</MaxAllocatedStorage><TagList>
<Tag><Key>team</Key><Value>orders</Value></Tag><Tag><Key>env</Key><Value>production</Value></Tag></TagList>
<CustomerOwnedIpEnabled>false</CustomerOwnedIpEnabled><NetworkType>IPV4</NetworkType>
<ActivityStreamStatus>stopped</ActivityStreamStatus><BackupTarget>region</BackupTarget>
<CertificateDetails><CAIdentifier>rds-ca-rsa2048-g1</CAIdentifier><ValidTill>2027-03-01T08:15:30Z</ValidTill>
</CertificateDetails><StorageThroughput>125</StorageThroughput><DedicatedLogVolume>false</DedicatedLogVolume>
<EngineLifecycleSupport>open-source-rds-extended-support-disabled</EngineLifecycleSupport></DBInstance>"""

/// Answers of AWS as they come over the wire, put together from literal pieces.
enum Documents {
    static func query(_ action: String, _ result: String) -> String {
        """
        <\(action)Response xmlns="http://example.amazonaws.com/doc/"><\(action)Result>\(result)</\(action)Result>\
        <ResponseMetadata><RequestId>11111111-aaaa-bbbb-cccc-222222222222</RequestId></ResponseMetadata>\
        </\(action)Response>
        """
    }

    static func instances(_ instances: String...) -> String {
        query("DescribeDBInstances", "<DBInstances>\(instances.joined())</DBInstances>")
    }

    static func instance(_ id: String, status: String = "available", _ more: String = "") -> String {
        """
        <DBInstance><DBInstanceIdentifier>\(id)</DBInstanceIdentifier>\
        <DBInstanceStatus>\(status)</DBInstanceStatus><DbiResourceId>db-\(id.uppercased())</DbiResourceId>\
        <DBInstanceArn>arn:aws:rds:eu-west-1:123456789012:db:\(id)</DBInstanceArn>\
        <Engine>postgres</Engine><EngineVersion>16.4</EngineVersion>\
        <Endpoint><Address>\(id).example.rds.amazonaws.com</Address><Port>5432</Port></Endpoint>\
        <VpcSecurityGroups><VpcSecurityGroupMembership><VpcSecurityGroupId>sg-1</VpcSecurityGroupId>\
        <Status>active</Status></VpcSecurityGroupMembership></VpcSecurityGroups>\(more)</DBInstance>
        """
    }

    static let replicaSource = """
        <ReadReplicaSourceDBInstanceIdentifier>arn:aws:rds:eu-west-1:123456789012:db:orders-w\
        </ReadReplicaSourceDBInstanceIdentifier>
        """

    static func replication(_ entries: (status: String, normal: Bool)...) -> String {
        let infos = entries.map {
            """
            <DBInstanceStatusInfo><StatusType>read replication</StatusType><Normal>\($0.normal)</Normal>\
            <Status>\($0.status)</Status></DBInstanceStatusInfo>
            """
        }
        return "<StatusInfos>\(infos.joined())</StatusInfos>"
    }

    static func clusters(_ clusters: String...) -> String {
        query("DescribeDBClusters", "<DBClusters>\(clusters.joined())</DBClusters>")
    }

    static func clusterARN(_ id: String) -> String { "arn:aws:rds:eu-west-1:123456789012:cluster:\(id)" }

    static func cluster(
        _ id: String, status: String = "available", instances: Int = 2, _ more: String = ""
    ) -> String {
        let members = (0..<instances).map {
            """
            <DBClusterMember><DBInstanceIdentifier>\(id)-\($0)</DBInstanceIdentifier>\
            <IsClusterWriter>\($0 == 0)</IsClusterWriter></DBClusterMember>
            """
        }
        return """
            <DBCluster><DBClusterIdentifier>\(id)</DBClusterIdentifier><Status>\(status)</Status>\
            <DbClusterResourceId>cluster-\(id.uppercased())</DbClusterResourceId>\
            <DBClusterArn>\(clusterARN(id))</DBClusterArn><Engine>aurora-postgresql</Engine>\
            <EngineVersion>16.4</EngineVersion><Endpoint>\(id).example.rds.amazonaws.com</Endpoint>\
            <Port>5432</Port><DBClusterMembers>\(members.joined())</DBClusterMembers>\
            <VpcSecurityGroups><VpcSecurityGroupMembership><VpcSecurityGroupId>sg-2</VpcSecurityGroupId>\
            <Status>active</Status></VpcSecurityGroupMembership></VpcSecurityGroups>\(more)</DBCluster>
            """
    }

    static func globals(_ globals: String...) -> String {
        query("DescribeGlobalClusters", "<GlobalClusters>\(globals.joined())</GlobalClusters>")
    }

    static func global(
        _ id: String, _ members: (id: String, isWriter: Bool, sync: String?)..., failover: String = ""
    ) -> String {
        let entries = members.map {
            """
            <GlobalClusterMember><DBClusterArn>\(clusterARN($0.id))</DBClusterArn><Readers/>\
            <IsWriter>\($0.isWriter)</IsWriter>\
            \($0.sync.map { "<SynchronizationStatus>\($0)</SynchronizationStatus>" } ?? "")</GlobalClusterMember>
            """
        }
        return """
            <GlobalClusterMember><GlobalClusterIdentifier>\(id)</GlobalClusterIdentifier>\
            <GlobalClusterResourceId>cluster-g</GlobalClusterResourceId>\
            <GlobalClusterArn>arn:aws:rds::123456789012:global-cluster:\(id)</GlobalClusterArn>\
            <Status>available</Status><Engine>aurora-postgresql</Engine>\
            <FailoverState>\(failover)</FailoverState>\
            <GlobalClusterMembers>\(entries.joined())</GlobalClusterMembers></GlobalClusterMember>
            """
    }

    static func metrics(_ results: String...) -> String {
        query("GetMetricData", "<MetricDataResults>\(results.joined())</MetricDataResults>")
    }

    static func metric(
        _ id: String, _ samples: (time: String, value: Double)..., status: String = "Complete"
    ) -> String {
        metric(id, samples, status: status)
    }

    static func metric(
        _ id: String, _ samples: [(time: String, value: Double)], status: String = "Complete"
    ) -> String {
        """
        <member><Id>\(id)</Id><Label>\(id)</Label>\
        <Timestamps>\(samples.map { "<member>\($0.time)</member>" }.joined())</Timestamps>\
        <Values>\(samples.map { "<member>\($0.value)</member>" }.joined())</Values>\
        <StatusCode>\(status)</StatusCode></member>
        """
    }

    static func healthCheckStatus(_ reports: (status: String, time: String)...) -> String {
        let observations = reports.map {
            """
            <HealthCheckObservation><Region>us-east-1</Region><IPAddress>15.177.2.1</IPAddress>\
            <StatusReport><Status>\($0.status)</Status><CheckedTime>\($0.time)</CheckedTime></StatusReport>\
            </HealthCheckObservation>
            """
        }
        return """
            <GetHealthCheckStatusResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/">\
            <HealthCheckObservations>\(observations.joined())</HealthCheckObservations>\
            </GetHealthCheckStatusResponse>
            """
    }
}

@testable import AWS

/// The inputs of `Vectors/more_inputs.py` for RDS, under the same names.
enum RDSRequests {
    private static let start = WallTime(unixSeconds: 1_767_323_045)

    static let operations: [String: any Operation] = [
        "DescribeDBSnapshots in full": DescribeDBSnapshots(
            dbInstanceIdentifier: "DBInstanceIdentifier & é",
            dbSnapshotIdentifier: "DBSnapshotIdentifier & é", snapshotType: "SnapshotType & é",
            filters: [Filter(name: "engine", values: ["postgres", "x y"])], maxRecords: 100,
            marker: "Marker & é", includeShared: true, includePublic: true, dbiResourceId: "DbiResourceId & é"
        ),
        "DescribeDBSnapshots in brief": DescribeDBSnapshots(),
        "CreateDBSnapshot in full": CreateDBSnapshot(
            dbSnapshotIdentifier: "DBSnapshotIdentifier & é",
            dbInstanceIdentifier: "DBInstanceIdentifier & é",
            tags: [RDSTag(key: "a b", value: "é&"), RDSTag(key: "empty", value: "")]),
        "CreateDBSnapshot in brief": CreateDBSnapshot(
            dbSnapshotIdentifier: "DBSnapshotIdentifier & é", dbInstanceIdentifier: "DBInstanceIdentifier & é"
        ),
        "CopyDBSnapshot in full": CopyDBSnapshot(
            sourceDBSnapshotIdentifier: "SourceDBSnapshotIdentifier & é",
            targetDBSnapshotIdentifier: "TargetDBSnapshotIdentifier & é", kmsKeyId: "KmsKeyId & é",
            tags: [RDSTag(key: "a b", value: "é&"), RDSTag(key: "empty", value: "")], copyTags: true,
            preSignedUrl: "https://rds.eu-west-1.amazonaws.com/?Action=CopyDBSnapshot&X-Amz-Signature=0",
            optionGroupName: "OptionGroupName & é"),
        "CopyDBSnapshot in brief": CopyDBSnapshot(
            sourceDBSnapshotIdentifier: "SourceDBSnapshotIdentifier & é",
            targetDBSnapshotIdentifier: "TargetDBSnapshotIdentifier & é"),
        "DescribeDBClusterSnapshots in full": DescribeDBClusterSnapshots(
            dbClusterIdentifier: "DBClusterIdentifier & é",
            dbClusterSnapshotIdentifier: "DBClusterSnapshotIdentifier & é", snapshotType: "SnapshotType & é",
            filters: [Filter(name: "engine", values: ["postgres", "x y"])], maxRecords: 100,
            marker: "Marker & é", includeShared: true, includePublic: true,
            dbClusterResourceId: "DbClusterResourceId & é"),
        "DescribeDBClusterSnapshots in brief": DescribeDBClusterSnapshots(),
        "CreateDBClusterSnapshot in full": CreateDBClusterSnapshot(
            dbClusterSnapshotIdentifier: "DBClusterSnapshotIdentifier & é",
            dbClusterIdentifier: "DBClusterIdentifier & é",
            tags: [RDSTag(key: "a b", value: "é&"), RDSTag(key: "empty", value: "")]),
        "CreateDBClusterSnapshot in brief": CreateDBClusterSnapshot(
            dbClusterSnapshotIdentifier: "DBClusterSnapshotIdentifier & é",
            dbClusterIdentifier: "DBClusterIdentifier & é"),
        "CopyDBClusterSnapshot in full": CopyDBClusterSnapshot(
            sourceDBClusterSnapshotIdentifier: "SourceDBClusterSnapshotIdentifier & é",
            targetDBClusterSnapshotIdentifier: "TargetDBClusterSnapshotIdentifier & é",
            kmsKeyId: "KmsKeyId & é",
            preSignedUrl: "https://rds.eu-west-1.amazonaws.com/?Action=CopyDBSnapshot&X-Amz-Signature=0",
            copyTags: true, tags: [RDSTag(key: "a b", value: "é&"), RDSTag(key: "empty", value: "")]),
        "CopyDBClusterSnapshot in brief": CopyDBClusterSnapshot(
            sourceDBClusterSnapshotIdentifier: "SourceDBClusterSnapshotIdentifier & é",
            targetDBClusterSnapshotIdentifier: "TargetDBClusterSnapshotIdentifier & é"),
        "DescribeDBInstanceAutomatedBackups in full": DescribeDBInstanceAutomatedBackups(
            dbiResourceId: "DbiResourceId & é", dbInstanceIdentifier: "DBInstanceIdentifier & é",
            filters: [Filter(name: "engine", values: ["postgres", "x y"])], maxRecords: 100,
            marker: "Marker & é",
            dbInstanceAutomatedBackupsArn:
                "arn:aws:dbinstanceautomatedbackupsarn:eu-west-1:123456789012:x/é&1"),
        "DescribeDBInstanceAutomatedBackups in brief": DescribeDBInstanceAutomatedBackups(),
        "StartDBInstanceAutomatedBackupsReplication in full": StartDBInstanceAutomatedBackupsReplication(
            sourceDBInstanceArn: "arn:aws:sourcedbinstancearn:eu-west-1:123456789012:x/é&1",
            backupRetentionPeriod: 7, kmsKeyId: "KmsKeyId & é",
            preSignedUrl: "https://rds.eu-west-1.amazonaws.com/?Action=CopyDBSnapshot&X-Amz-Signature=0"),
        "StartDBInstanceAutomatedBackupsReplication in brief": StartDBInstanceAutomatedBackupsReplication(
            sourceDBInstanceArn: "arn:aws:sourcedbinstancearn:eu-west-1:123456789012:x/é&1"),
        "StopDBInstanceAutomatedBackupsReplication in full": StopDBInstanceAutomatedBackupsReplication(
            sourceDBInstanceArn: "arn:aws:sourcedbinstancearn:eu-west-1:123456789012:x/é&1"),
        "RestoreDBInstanceToPointInTime in full": RestoreDBInstanceToPointInTime(
            targetDBInstanceIdentifier: "orders-restored",
            sourceDBInstanceIdentifier: "SourceDBInstanceIdentifier & é", restoreTime: start,
            useLatestRestorableTime: true, dbInstanceClass: "DBInstanceClass & é", port: 5432,
            dbSubnetGroupName: "DBSubnetGroupName & é", multiAZ: true, publiclyAccessible: true,
            vpcSecurityGroupIds: ["VpcSecurityGroupId & é"], dbParameterGroupName: "DBParameterGroupName & é",
            deletionProtection: true, sourceDbiResourceId: "SourceDbiResourceId & é",
            sourceDBInstanceAutomatedBackupsArn:
                "arn:aws:sourcedbinstanceautomatedbackupsarn:eu-west-1:123456789012:x/é&1"),
        "RestoreDBInstanceToPointInTime in brief": RestoreDBInstanceToPointInTime(
            targetDBInstanceIdentifier: "orders-restored"),
        "CreateDBInstanceReadReplica in full": CreateDBInstanceReadReplica(
            dbInstanceIdentifier: "DBInstanceIdentifier & é",
            sourceDBInstanceIdentifier: "SourceDBInstanceIdentifier & é",
            dbInstanceClass: "DBInstanceClass & é", availabilityZone: "AvailabilityZone & é", port: 5432,
            multiAZ: true, autoMinorVersionUpgrade: true, iops: 7, optionGroupName: "OptionGroupName & é",
            dbParameterGroupName: "DBParameterGroupName & é", publiclyAccessible: true,
            tags: [RDSTag(key: "a b", value: "é&"), RDSTag(key: "empty", value: "")],
            dbSubnetGroupName: "DBSubnetGroupName & é", vpcSecurityGroupIds: ["VpcSecurityGroupId & é"],
            storageType: "StorageType & é", copyTagsToSnapshot: true, kmsKeyId: "KmsKeyId & é",
            preSignedUrl: "https://rds.eu-west-1.amazonaws.com/?Action=CopyDBSnapshot&X-Amz-Signature=0",
            deletionProtection: true, maxAllocatedStorage: 7),
        "CreateDBInstanceReadReplica in brief": CreateDBInstanceReadReplica(
            dbInstanceIdentifier: "DBInstanceIdentifier & é"),
        "PromoteReadReplicaDBCluster in full": PromoteReadReplicaDBCluster(
            dbClusterIdentifier: "DBClusterIdentifier & é"),
        "AddTagsToResource in full": AddTagsToResource(
            resourceName: "ResourceName & é",
            tags: [RDSTag(key: "a b", value: "é&"), RDSTag(key: "empty", value: "")]),
        "RemoveTagsFromResource in full": RemoveTagsFromResource(
            resourceName: "ResourceName & é", tagKeys: ["TagKey & é"]),
        "ListTagsForResource in full": ListTagsForResource(resourceName: "ResourceName & é"),
    ]
}
